"""Column names found by themselves, and what is done where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.readers.columns import FIELDS, PATIENCE, find

from .reading import lines, read, read_bytes


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["title", "abstract"], {"title": ("title",), "abstract": ("abstract",)}),
        (["TITLE", "Summary"], {"title": ("TITLE",), "abstract": ("Summary",)}),
        (["arXiv-ID", "paperId"], {"id": ("paperId",), "arxiv_id": ("arXiv-ID",)}),
        (["year", "published", "update_date"], {"date": ("published", "year", "update_date")}),
        (["authors", "authors_parsed"], {"authors": ("authors_parsed", "authors")}),
        (["score", "", "名前"], {}),
    ],
)  # fmt: skip
def test_usual_names(names: list[str], found: dict[str, tuple[str, ...]]) -> None:
    assert find(names) == found


def test_a_stated_column_is_the_only_one() -> None:
    stated = {"abstract": "description", "title": "missing"}
    assert find(["title", "abstract", "Description"], stated) == {"abstract": ("Description",)}
    assert find(["description", "Description"], stated) == {"abstract": ("description",)}


@pytest.mark.parametrize("stated", [{"titel": "name"}, {"title": ""}])
def test_an_unknown_field_is_told_before_anything_is_read(tmp_path: Path, stated: dict[str, str]) -> None:
    with pytest.raises(KgError, match=r"is not FIELD=COLUMN with a field of title, abstract, id"):
        read_bytes(tmp_path, "x", columns=stated)


def test_every_field_can_be_stated(tmp_path: Path) -> None:
    values = {
        "title": "T",
        "abstract": "A",
        "id": "7",
        "arxiv_id": "2506.05904v3",
        "doi": "https://doi.org/10.1145/X",
        "authors": "A. One; B. Two",
        "date": "2024-03-11",
        "url": "https://a.org/b",
        "categories": "cs.CL cs.LG",
    }
    assert set(values) == set(FIELDS)
    row = {f"column {field}!": value for field, value in values.items()}
    (paper,), problems = read_bytes(tmp_path, json.dumps(row), columns={f: f"column {f}!" for f in values})
    assert not problems
    assert (paper.id, paper.title, paper.abstract, paper.arxiv_id) == ("7", "T", "A", "2506.05904")
    assert (paper.doi, paper.authors, paper.date) == ("10.1145/x", ("A. One", "B. Two"), "2024-03-11")
    assert (paper.url, paper.categories) == ("https://a.org/b", ("cs.CL", "cs.LG"))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": "mine", "arxiv": "2506.05904v2", "doi": "10.1/X"}, "mine"),
        ({"id": 42}, "42"),
        ({"id": "", "arxiv": "2506.05904v2", "doi": "10.1145/X"}, "2506.05904"),
        ({"url": "https://arxiv.org/abs/2506.05904v2"}, "2506.05904"),
        ({"doi": "https://doi.org/10.1145/X"}, "10.1145/x"),
        ({}, "title:e3b98a4da31a"),
    ],
)
def test_the_identifier_is_the_best_that_there_is(tmp_path: Path, record: dict[str, object], expected: str) -> None:
    papers, _ = read_bytes(tmp_path, json.dumps({"title": "T", "abstract": "A", **record}))
    assert [p.id for p in papers] == [expected]


def test_an_arxiv_identifier_is_found_wherever_it_stands(tmp_path: Path) -> None:
    for record in (
        {"id": "http://arxiv.org/abs/2506.05904v1"},
        {"eprint": "arXiv:2506.05904"},
        {"link": "https://arxiv.org/pdf/2506.05904v2"},
        {"doi": "10.48550/arXiv.2506.05904"},
    ):
        (paper,), _ = read_bytes(tmp_path, json.dumps({"title": "T", "abstract": "A", **record}))
        assert paper.arxiv_id == "2506.05904"


def test_an_empty_column_gives_way_to_the_next(tmp_path: Path) -> None:
    row = {"title": "T", "abstract": None, "summary": "S", "published": "soon", "year": 2024, "url": "-", "link": "x:y"}
    (paper,), _ = read_bytes(tmp_path, json.dumps(row))
    assert (paper.abstract, paper.date, paper.url) == ("S", "2024", None)


def test_a_file_without_the_column_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f'{{"name": "N{i}", "Text": "x"}}\n' for i in range(3 * PATIENCE))
    papers, problems = read_bytes(tmp_path, rows)
    assert papers == []
    assert lines(problems) == [
        "input: no column for title and abstract; found: name, Text; "
        "name it with --map title=COLUMN --map abstract=COLUMN"
    ]
    assert problems[0].whole_file
    papers, problems = read(tmp_path / "input", columns={"title": "name", "abstract": "Text"})
    assert len(papers) == 3 * PATIENCE
    assert not problems


def test_records_that_lack_what_others_have_are_told_one_by_one(tmp_path: Path) -> None:
    rows = ['{"title": "A"}', '{"title": "B", "abstract": "b"}', '{"title": "C"}', '{"abstract": "d"}']
    papers, problems = read_bytes(tmp_path, "\n".join(rows))
    assert [p.title for p in papers] == ["B"]
    assert [line.partition(";")[0] for line in lines(problems)] == [
        "input:1: no abstract",
        "input:3: no abstract",
        "input:4: no title",
    ]
