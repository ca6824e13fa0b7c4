"""UTF-8, with or without mark, UTF-16 with one, and what is neither."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.readers.encoding import as_utf8

from .reading import lines, read_bytes

CSV = "title,abstract\nÜber 😀,naïve “quotes”\n"


def test_marks_are_no_part_of_the_text(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        papers, problems = read_bytes(tmp_path, CSV.encode(encoding))
        assert [(p.title, p.abstract) for p in papers] == [("Über 😀", "naïve “quotes”")]
        assert not problems


def test_broken_utf8_is_replaced_and_told_once(tmp_path: Path) -> None:
    papers, problems = read_bytes(tmp_path, b"title,abstract\nCaf\xe9,na\xefve\n")
    assert [(p.title, p.abstract) for p in papers] == [("Caf\ufffd", "na\ufffdve")]
    assert lines(problems) == [
        "input: not UTF-8 from byte 18 on; what could not be read became U+FFFD; save the file as UTF-8"
    ]


def test_the_offset_counts_from_the_start_of_a_large_file(tmp_path: Path) -> None:
    data = b'{"title": "T", "abstract": "' + "é".encode() * 200_000 + b'\xff"}\n'
    papers, problems = read_bytes(tmp_path, data)
    assert papers[0].abstract == "é" * 200_000 + "\ufffd"
    assert f"from byte {data.index(0xFF)} on" in str(problems[0])


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.integers(3, 9))
def test_any_text_in_any_chunks(text: str, encoding: str, size: int) -> None:
    data = ("x" + text).encode(encoding)
    broken: list[int] = []
    chunks = (data[i : i + size] for i in range(0, len(data), size))
    assert b"".join(as_utf8(chunks, broken.append)).decode() == "x" + text
    assert not broken


@given(st.binary(), st.integers(3, 9))
def test_any_bytes_become_valid_utf8(data: bytes, size: int) -> None:
    broken: list[int] = []
    whole = b"".join(as_utf8((data[i : i + size] for i in range(0, len(data), size)), broken.append))
    whole.decode()
    assert len(broken) <= 1
    if not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        assert whole == data.decode("utf-8", "replace").encode()
        if broken:
            data[: broken[0]].decode()  # what stands before is good
