"""Whatever is thrown at it, reading gives papers and one-line messages, never a traceback."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, raise_problem
from kg.readers import read as read_papers
from kg.readers.detect import FORMATS, Format, detect

from .reading import lines, read, read_bytes, source_of

ABSTRACTS = {
    "one word": "Word",
    "200,000 characters": "We present a model. " * 10_000,
    "Chinese": "我们提出了一种新的语言模型，它在多个基准上优于以前的模型。",
    "pure LaTeX": r"\begin{align} \sum_{i=1}^{n} \frac{x_i}{\sqrt{2\pi}} & \leq \mathcal{O}(n^2) \\ \end{align}",
    "a script": "<script>alert('x')</script><img src=x onerror=alert(1)> ]]> --> &amp;",
    "quotes and backslashes": 'He said "no", \'yes\' and \\" \\n \\\\ “…” `x`',
    "newlines": "\n\nOne\r\ntwo\rthree\n\n\n",
    "control characters": "a\x00b\x01c\x1bd\x7fe\x85f\u2028g\u202eh\u200bi\ufeffj",
    "emoji": "👩‍🔬 writes 🏳️‍🌈 \U0010ffff",
}


@pytest.mark.parametrize("name", ABSTRACTS)
def test_any_abstract_is_kept_exactly(tmp_path: Path, name: str) -> None:
    abstract = ABSTRACTS[name]
    papers, problems = read_bytes(tmp_path, json.dumps({"id": "1", "title": abstract[:300], "abstract": abstract}))
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [(abstract[:300], abstract)]


@pytest.mark.parametrize("name", [n for n in ABSTRACTS if n not in ("newlines", "control characters")])
def test_any_abstract_as_plain_text(tmp_path: Path, name: str) -> None:
    papers, problems = read_bytes(tmp_path, ABSTRACTS[name], "a.txt")
    assert not problems
    assert [(p.title, p.abstract) for p in papers] == [("", ABSTRACTS[name].strip())]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a.bin: the file is empty; leave it out, or export it again"),
        (b" \n \n", "a.bin: the file is empty; leave it out, or export it again"),
        (bytes(1000), "a.bin: not text, and no format that kg reads; export it as JSON Lines, CSV or BibTeX"),
        (b"<html>", "a.bin: the format was not recognised; see docs/formats.md for what kg reads"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, message: str) -> None:
    papers, problems = read_bytes(tmp_path, data, "a.bin")
    assert papers == []
    assert lines(problems) == [message]
    assert problems[0].whole_file


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "1.jsonl").write_text('{"title": "A", "abstract": "B"}')
    (tmp_path / "2.bin").write_bytes(bytes(1000))
    (tmp_path / "3.csv").write_text("title,abstract\nC,D\n")
    papers, problems = read(tmp_path)
    assert [p.title for p in papers] == ["A", "C"]
    assert len(problems) == 1


def test_a_file_that_goes_away(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text(f"{name} says something.")
    problems: list[object] = []
    papers = read_papers([tmp_path], report=problems.append)
    next(papers)
    (tmp_path / "2.txt").unlink()
    assert list(papers) == []
    assert "2.txt: cannot be read (No such file or directory)" in str(problems[0])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"title": "A", "abstract": "B"}\noops\n', "not a record of a paper"),
        (b'{"title": "A", "abstract": "B"}\n{"title": "C\xff", "abstract": "D"}\n', "not UTF-8 from byte 44"),
        (gzip.compress(b'{"title": "A", "abstract": "B"}\n')[:-4], "damaged or cut off"),
        (b"title,year\nA,2020\n", "no column for abstract"),
        (b"PAR1", "not valid Parquet"),
    ],
)
def test_strict_runs_end_at_the_first_problem(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(KgError, match=message):
        list(read_papers([tmp_path / "a"], report=raise_problem))


STARTS = [
    b"",
    b"PAR1",
    b"\x1f\x8b\x08",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"\xff\xfe",
    b'{"title": "',
    b'[{"title": ',
    b"title,abstract\n",
    b"@article{a, title = {",
    b"TY  - JOUR\n",
    b"<feed>",
    b"<?xml version='1.0'?><feed><entry>",
    b"new\n\nSubscribe\n\n",
]
PIECES = [b"{", b"}", b"[", b"]", b'"', b"'", b",", b"=", b"@", b"\\", b"%", b"$", b"\n", b"\r", b"<", b">", b"&",
          b"\0", b"title", b"abstract", b"ER  - ", b"AB  - ", b"</feed>", b"<entry>", b"<summary>", b"@string{",
          b"Mar 11\n", b"\\emph{", b"\\href", b"1e999", b"<![CDATA[", b"&#xD800;",
          b"\xed\xa0\x80", "é".encode()]  # fmt: skip
HOSTILE = st.builds(
    lambda start, parts: start + b"".join(parts),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(PIECES) | st.binary(max_size=6), max_size=40),
)


@given(HOSTILE)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_without_a_traceback(data: bytes) -> None:
    problems: list[object] = []
    source = source_of(data, report=problems.append)
    found = detect(source)
    if isinstance(found, Format):
        for paper in found.read(source):
            paper.text.encode()
            assert paper.abstract.strip()
    assert all("\n" not in str(p) for p in problems)


@pytest.mark.parametrize("one", FORMATS, ids=lambda f: f.name)
@given(HOSTILE)
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_by_every_reader_without_a_traceback(one: Format, data: bytes) -> None:
    for paper in one.read(source_of(data)):
        paper.text.encode()
