"""JSON Lines, arrays, wrappers, and the JSON that arXiv's users have."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from kg.readers.source import RECORD_LIMIT

from .reading import DATA, lines, read, read_bytes

GOOD = '{"title": "A", "abstract": "B"}'


def test_records_of_arxiv_as_they_are() -> None:
    papers, problems = read(DATA / "arxiv-20.jsonl")
    raw = [json.loads(line) for line in (DATA / "arxiv-20.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not problems
    assert len(papers) == 20
    for paper, record in zip(papers, raw, strict=True):
        assert (paper.id, paper.title, paper.abstract) == (record["id"], record["title"], record["abstract"])
        assert paper.arxiv_id == record["id"]
        assert list(paper.authors) == record["authors"]
        assert list(paper.categories) == record["categories"]
    assert any("\n" in p.abstract for p in papers)
    assert papers[0].sources == ("arxiv-20.jsonl:1",)


def test_records_of_the_oai_dump(tmp_path: Path) -> None:
    papers, problems = read(DATA / "arxiv-oai.jsonl")
    assert not problems
    first, second = papers
    assert first.id == first.arxiv_id == "0704.0001"
    assert first.title == "Calculation of prompt diphoton production cross sections at Tevatron and\n  LHC energies"
    assert first.abstract.startswith("  A fully differential calculation")
    assert first.abstract.endswith("\n")
    assert first.authors == ("C. Balázs", "E. L. Berger", "P. M. Nadolsky", "C. -P. Yuan")
    assert first.doi == "10.1103/physrevd.76.013009"
    assert first.date == "2007-04-02"
    assert first.categories == ("hep-ph",)
    assert second.categories == ("math.CO", "cs.CG")


def test_the_documents_of_the_gold_data() -> None:
    papers, problems = read(DATA.parent.parent / "data" / "gold" / "train.docs.jsonl")
    assert not problems
    assert len(papers) == 1500
    assert (papers[0].id, papers[0].arxiv_id) == ("33a040aadea9", "2506.05904")


def test_bad_lines_are_told_and_left_out(tmp_path: Path) -> None:
    rows = [
        GOOD,
        "not json",
        "",
        "[1, 2]",
        '"text"',
        "null",
        '{"title": "C", "abstract": " "}',
        '{"abstract": "no title"}',
        '{"title": "cut", "abst',
        "[" * 100_000,
        '{"id": ' + "9" * 5000 + "}",
        GOOD,
    ]
    papers, problems = read_bytes(tmp_path, "\n".join(rows))
    assert [p.sources for p in papers] == [("input:1",), ("input:12",)]
    assert lines(problems) == [
        "input:2: not a record of a paper (not JSON: expecting value at character 1); correct it; the rest is read",
        "input:4: not a record of a paper (an array, not an object); correct it; the rest is read",
        "input:5: not a record of a paper (a string, not an object); correct it; the rest is read",
        "input:6: not a record of a paper (null, not an object); correct it; the rest is read",
        "input:7: no abstract; nothing to do: the record is left out",
        "input:8: no title; nothing to do: the record is left out",
        "input:9: not a record of a paper (not JSON: unterminated string starting at character 18); "
        "correct it; the rest is read",
        "input:10: not a record of a paper (not JSON: nested too deep); correct it; the rest is read",
        "input:11: not a record of a paper (not JSON: a number too long); correct it; the rest is read",
    ]
    assert not any(p.whole_file for p in problems)


def test_a_large_file_with_one_bad_line(tmp_path: Path) -> None:
    count, bad = 200_000, 123_456
    path = tmp_path / "large.jsonl"
    with path.open("w") as file:
        for i in range(1, count + 1):
            file.write("{oops\n" if i == bad else f'{{"id": "{i}", "title": "T{i}", "abstract": "A{i}"}}\n')
    start = time.perf_counter()
    papers, problems = read(path)
    assert len(papers) == count - 1
    assert [str(p).partition(": ")[0].rpartition("/")[2] for p in problems] == [f"large.jsonl:{bad}"]
    assert time.perf_counter() - start < 60


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, f'{GOOD}\n{{"title": "{"x" * (RECORD_LIMIT + 1)}"}}\n{GOOD}\n')
    assert [p.sources for p in papers] == [("input:1",), ("input:3",)]
    assert lines(problems) == ["input:2: the line is larger than the limit of 16,777,216 characters; split it"]


def test_other_line_separators_are_text(tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, '{"title": "a\u2028b", "abstract": "c\u0085d"}\r\n' + GOOD)
    assert [(p.title, p.abstract) for p in papers] == [("a\u2028b", "c\u0085d"), ("A", "B")]


RECORDS = [{"title": f"T{i}", "abstract": f"A{i}", "authors": [{"name": "x"}]} for i in range(3)]


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize(
    "value",
    [
        RECORDS,
        {"papers": RECORDS},
        {"total": 3, "note": [1, 2], "papers": RECORDS},
        {"response": {"numFound": 3, "docs": RECORDS}},
        {f"x{i}": r for i, r in enumerate(RECORDS)},
    ],
    ids=["array", "wrapper", "wrapper with more", "wrapper in a wrapper", "by identifier"],
)
def test_json_in_one_piece(tmp_path: Path, value: object, indent: int | None) -> None:
    papers, problems = read_bytes(tmp_path, json.dumps(value, indent=indent))
    assert not problems
    assert [(p.title, p.abstract, p.authors) for p in papers] == [(f"T{i}", f"A{i}", ("x",)) for i in range(3)]
    assert [p.sources for p in papers] == [(f"input#{i}",) for i in (1, 2, 3)]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_record(tmp_path: Path, indent: int | None) -> None:
    papers, problems = read_bytes(tmp_path, json.dumps(RECORDS[0], indent=indent))
    assert not problems
    assert [p.title for p in papers] == ["T0"]


def test_a_wrapper_whose_records_do_not_fit_what_is_looked_at(tmp_path: Path) -> None:
    big = [{"title": f"T{i}", "abstract": "A" * 200_000} for i in range(3)]
    for value in (big, {"papers": big}, {"total": 3, "papers": big}):
        papers, problems = read_bytes(tmp_path, json.dumps(value))
        assert not problems
        assert [len(p.abstract) for p in papers] == [200_000] * 3


def test_one_line_longer_than_what_is_looked_at(tmp_path: Path) -> None:
    row = json.dumps({"title": "T", "abstract": "A" * 200_000})
    papers, problems = read_bytes(tmp_path, f"{row}\n{row}\n")
    assert not problems
    assert [len(p.abstract) for p in papers] == [200_000, 200_000]


def test_what_stands_before_a_fault_is_read(tmp_path: Path) -> None:
    for value in (RECORDS, {"papers": RECORDS}):
        papers, problems = read_bytes(tmp_path, json.dumps(value)[:-20])
        assert [p.title for p in papers] == ["T0", "T1"]
        assert problems[0].whole_file
        assert "not valid JSON" in str(problems[0])


def test_elements_that_are_no_records(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, f"[{GOOD}, 5, [], {GOOD}]")
    assert [p.sources for p in papers] == [("input#1",), ("input#4",)]
    assert lines(problems) == [
        "input#2: not a record of a paper (a number, not an object); correct it; the rest is read",
        "input#3: not a record of a paper (an array, not an object); correct it; the rest is read",
    ]


@pytest.mark.parametrize("text", ["[]", "{}", '{"papers": []}', '{"a": {"b": {"c": 1}}}'])
def test_json_without_a_paper(tmp_path: Path, text: str) -> None:
    papers, problems = read_bytes(tmp_path, text, "a.json")
    assert papers == []
    assert len(problems) == 1
    assert problems[0].whole_file
