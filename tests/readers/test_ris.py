"""RIS as reference managers write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import lines, read_bytes

RECORD = """TY  - JOUR
TI  - A title
AU  - Doe, Jane
AU  - Roe, Rick
AB  - First line
goes on here.
PY  - 2024
DA  - 2024/03/11/
DO  - 10.1000/ABC
UR  - https://arxiv.org/abs/2403.12345v2
KW  - nlp
KW  - question answering
ER  -
"""

OLD = "TY  - CONF\nID  - 77\nT1  - Old style\nA1  - Doe, Jane\nN2  - Text of it\nY1  - 2003///\nER  - \n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_records(tmp_path: Path, end: str) -> None:
    papers, problems = read_bytes(tmp_path, (RECORD + "\n" + OLD).replace("\n", end), "a.ris")
    assert not problems
    new, old = papers
    assert (new.id, new.title, new.abstract) == ("2403.12345", "A title", "First line goes on here.")
    assert (new.authors, new.date, new.doi) == (("Jane Doe", "Rick Roe"), "2024-03-11", "10.1000/abc")
    assert (new.arxiv_id, new.url) == ("2403.12345", "https://arxiv.org/abs/2403.12345v2")
    assert new.categories == ("nlp", "question answering")
    assert (old.id, old.title, old.abstract) == ("77", "Old style", "Text of it")
    assert (old.authors, old.date) == (("Jane Doe",), "2003")
    assert [p.sources for p in papers] == [("a.ris:1",), ("a.ris:15",)]


def test_a_record_without_abstract_or_end(tmp_path: Path) -> None:
    text = "TY  - JOUR\nTI  - A\nER  - \n" + OLD.replace("ER  - \n", "") + OLD.replace("ER  - \n", "")
    papers, problems = read_bytes(tmp_path, text, "a.ris")
    assert [p.sources for p in papers] == [("a.ris:4",), ("a.ris:10",)]
    assert lines(problems) == ["a.ris:1: no abstract; nothing to do: the record is left out"]
