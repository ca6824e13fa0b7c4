"""One abstract in a text file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers.plain import split

from .reading import read_bytes

ABSTRACT = "We present PAL. " * 20 + "It works."


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        (f"PAL: a title\n\n{ABSTRACT}\n", "PAL: a title", ABSTRACT),
        (f"\r\nPAL: a title\r\n\r\n\r\n{ABSTRACT}\r\n", "PAL: a title", ABSTRACT),
        (f"Title: PAL\nAbstract: {ABSTRACT}", "PAL", ABSTRACT),
        (f"# PAL\n\n## Abstract\n\n{ABSTRACT}", "PAL", ABSTRACT),
        (f"PAL\nAbstract\n{ABSTRACT}", "PAL", ABSTRACT),
        (f"PAL\n\nAbstract — {ABSTRACT}", "PAL", ABSTRACT),
        (ABSTRACT, "", ABSTRACT),
        (f"Abstract\n\n{ABSTRACT}", "", ABSTRACT),
        (f"{ABSTRACT}\n\n{ABSTRACT}", "", f"{ABSTRACT}\n\n{ABSTRACT}"),
        ("We present PAL.\n\nIt works.", "", "We present PAL.\n\nIt works."),
        ("We present PAL,\nwhich works.", "", "We present PAL,\nwhich works."),
        ("Word", "", "Word"),
        ("Abstract reasoning is hard.", "", "Abstract reasoning is hard."),
        ("标题\n\n我们提出了一种新的模型。", "标题", "我们提出了一种新的模型。"),
        ("", "", ""),
    ],
)
def test_title_and_abstract(text: str, title: str, abstract: str) -> None:
    assert split(text) == (title, abstract)


def test_a_book_is_no_abstract(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "word " * 300_000, "book.txt")
    assert papers == []
    assert "the file is larger than the limit of 1,000,000 characters" in str(problems[0])


def test_only_a_heading(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "Abstract:\n", "a.txt")
    assert papers == []
    assert [p.what for p in problems] == ["no abstract"]
