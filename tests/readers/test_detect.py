"""The format is told by the content; the name counts only where the content leaves it open."""

from __future__ import annotations

import pytest

from .reading import DATA, format_of

ABSTRACT = "We present a model, which works; it is good. " * 10

EXAMPLES = {
    "JSON Lines": [
        '{"title": "A"}\n{"title": "B"}',
        '\n{"title": "A", "abstract": "B, C"}',
        'oops\n{"a": 1}\n{"a": 2}',
    ],
    "JSON": [
        '{"n": 2, "papers": [{"title": "0", "abstract": "{"}, {"title": "{", "abstract": "0"}]}',
        '[\n {"title": "A"}\n]',
        '{\n "papers": []}',
        '{"papers": [{"title": "A"}]}',
        "[]",
    ],
    "CSV": ["title,abstract\nA,B", "Abstract;Title\r\nA;B", "id\ttitle\n1\tA", "name|score\na|1\nb|2"],
    "BibTeX": [
        "@article{a, title={A}}",
        "% a comment\n\n@string{x = {y}}\n@misc {a,\n title = 1}",
        "@article(a, title={A})",
    ],
    "RIS": ["TY  - JOUR\nTI  - A\nER  - \n", "\n\nTY  - JOUR\r\nTI  - A"],
    "Atom": ['<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "<feed></feed>"],
    "Parquet": ["PAR1\0\0\0"],
    "plain text": [
        "word",
        ABSTRACT,
        f"A title\n\n{ABSTRACT}",
        "<script>alert(1)</script>",
        r"{\bf We} prove $\sum_i x_i$.",
        "[1] We present a model.",
        "We present a model,\nwhich works.",
        "我们提出了一种新的模型。",
        "Mail us @home{now}, please.",
    ],
    "the format was not recognised": ["<!DOCTYPE html><p>x", "<?xml version='1.0'?><a/>", "<html>"],
    "the file is empty": ["", " \n\t\r\n"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in EXAMPLES.items() for text in texts])
def test_by_content(name: str, text: str) -> None:
    assert format_of(text) == name
    assert format_of(text, "misleading.zip") == name
    assert format_of(text.encode("utf-16")) == name or name == "Parquet"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.csv", "CSV"),
        ("a.TSV", "CSV"),
        ("a.bib", "BibTeX"),
        ("a.ris.gz", "RIS"),
        ("a.json", "JSON"),
        ("a.jsonl.zst", "JSON Lines"),
        ("a.parquet", "plain text"),
        ("a.txt", "plain text"),
    ],
)
def test_the_name_decides_what_the_content_leaves_open(file: str, name: str) -> None:
    assert format_of("We present a model.", file) == name


def test_a_name_does_not_outweigh_the_content() -> None:
    assert format_of((DATA / "arxiv-20.jsonl").read_bytes(), "a.csv") == "JSON Lines"
    assert format_of("@article{a, title={A}}", "a.txt") == "BibTeX"


def test_stated_columns_tell_a_table() -> None:
    text = "Überschrift,Kurz!\nA,B"
    assert format_of(text) == "plain text"
    assert format_of(text, columns={"title": "Überschrift", "abstract": "Kurz!"}) == "CSV"


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x8f\x9d\x00\xc1stream" * 50,
        b"PK\x03\x04\x14\x00\x00\x00\x08\x00" * 20,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        "text".encode("utf-32"),
        b"\0" * 100_000,
    ],
)
def test_binary_files(data: bytes) -> None:
    assert format_of(data) == "not text, and no format that kg reads"


def test_a_few_control_characters_do_not_make_a_text_binary() -> None:
    assert format_of(f"{ABSTRACT}\0\x01\x02\x1b[0m") == "plain text"
    assert format_of("title,abstract\n\x01\x02,\x03\x04\x05") == "CSV"
    assert format_of(ABSTRACT.encode() + b" caf\xe9") == "plain text"
