"""CSV and TSV in their dialects."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import lines, read_bytes


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_dialects(tmp_path: Path, separator: str, end: str) -> None:
    rows = [["Title", "Abstract", "Year"], ["A, B; C", '"line one\nline ""two"" | x"', "2020"], ["D", "E", ""]]
    rows[1][0] = f'"{rows[1][0]}"'
    papers, problems = read_bytes(tmp_path, end.join(separator.join(row) for row in rows))
    assert not problems
    assert [(p.title, p.abstract, p.date) for p in papers] == [
        ("A, B; C", 'line one\nline "two" | x', "2020"),
        ("D", "E", None),
    ]


def test_places_are_lines(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, 'title,abstract\nA,"one\ntwo\nthree"\n\nB,x\n', "a.csv")
    assert [p.sources for p in papers] == [("a.csv:2",), ("a.csv:6",)]


def test_rows_that_do_not_fit_the_header(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "title,abstract\nA,we did this, and that\nB\nC,c,,\nD,d\n")
    assert [p.title for p in papers] == ["C", "D"]
    assert lines(problems) == [
        "input:2: not a record of a paper (3 cells under 2 columns); correct it; the rest is read",
        "input:3: no abstract; nothing to do: the record is left out",
    ]


def test_a_short_row_alone_does_not_make_the_column_missing(tmp_path: Path) -> None:
    _, problems = read_bytes(tmp_path, "title,abstract\nA\n")
    assert lines(problems) == ["input:2: no abstract; nothing to do: the record is left out"]


def test_no_usable_column(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "title,year,venue\nA,2020,ACL\n", "a.csv")
    assert papers == []
    assert lines(problems) == [
        "a.csv: no column for abstract; found: title, year, venue; name it with --map abstract=COLUMN"
    ]
    assert problems[0].whole_file


def test_a_header_alone(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "title,abstract\n", "a.csv")
    assert papers == []
    assert lines(problems) == ["a.csv: no paper was found in the input; check that it holds titles and abstracts"]


def test_a_quote_that_never_closes(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, 'title,abstract\nA,a\nB,"' + "x\n" * (9 << 20))
    assert [p.title for p in papers] == ["A"]
    assert problems[0].whole_file
    assert "input:3: not valid CSV (field larger than field limit" in str(problems[0])


def test_long_abstracts(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, "title,abstract\nA," + "x" * 200_000 + "\n")
    assert not problems
    assert len(papers[0].abstract) == 200_000
