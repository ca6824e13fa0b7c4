"""Parquet files."""

from __future__ import annotations

import datetime
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from .reading import lines, read, read_bytes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    table = pa.table(
        {
            "Title": [f"T{i}" for i in range(2500)],
            "summary": [None if i == 7 else f"A{i}" for i in range(2500)],
            "authors": [["A. One", "B. Two"]] * 2500,
            "published": [datetime.datetime(2024, 3, 11, 9)] * 2500,
            "embedding": [[0.5] * 8] * 2500,
        }
    )
    pq.write_table(table, tmp_path / "papers.parquet", row_group_size=600)
    return tmp_path / "papers.parquet"


def test_records(file: Path) -> None:
    papers, problems = read(file)
    assert len(papers) == 2499
    assert lines(problems) == ["papers.parquet#8: no abstract; nothing to do: the record is left out"]
    assert papers[0].authors == ("A. One", "B. Two")
    assert papers[0].date == "2024-03-11"
    assert papers[-1].sources == ("papers.parquet#2500",)


def test_under_another_name_and_packed(file: Path, tmp_path: Path) -> None:
    papers, _ = read_bytes(tmp_path, gzip.compress(file.read_bytes()), "a.csv")
    assert len(papers) == 2499


def test_no_usable_column(file: Path) -> None:
    papers, problems = read(file, columns={"abstract": "text"})
    assert papers == []
    assert lines(problems) == [
        "papers.parquet: no column for abstract; found: Title, summary, authors, published, embedding; "
        "name it with --map abstract=COLUMN"
    ]


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_cut_off(file: Path, tmp_path: Path, share: float) -> None:
    data = file.read_bytes()
    papers, problems = read_bytes(tmp_path, data[: int(len(data) * share)])
    assert papers == []
    assert len(problems) == 1
    assert "not valid Parquet" in str(problems[0])


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    table = pa.table({"title": pa.array([b"T\xff"], pa.binary()), "abstract": pa.array([b"A\xc3\xa9"], pa.binary())})
    pq.write_table(table, tmp_path / "a.parquet")
    papers, _ = read(tmp_path / "a.parquet")
    assert [(p.title, p.abstract) for p in papers] == [("T\ufffd", "Aé")]
