"""Packed files read like plain ones; damaged ones give what they hold."""

from __future__ import annotations

import gzip
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.compression import CODECS, DamagedError, codec_of, decompressed

from .reading import lines, read_bytes

Pack = Callable[[bytes], bytes]

PACKERS: dict[str, Pack] = {"gz": gzip.compress, "xz": lzma.compress, "zst": zstandard.compress}

RECORDS = "".join(f'{{"title": "Title {i}", "abstract": "{os.urandom(40).hex()}"}}\n' for i in range(3000))


@pytest.fixture(params=PACKERS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return PACKERS[request.param]


def test_told_by_content_not_by_name(tmp_path: Path, pack: Pack) -> None:
    papers, problems = read_bytes(tmp_path, pack(RECORDS.encode()), "misleading.txt")
    assert len(papers) == 3000
    assert not problems


def test_files_packed_one_after_another(tmp_path: Path, pack: Pack) -> None:
    half = len(RECORDS) // 2
    papers, problems = read_bytes(tmp_path, pack(RECORDS[:half].encode()) + pack(RECORDS[half:].encode()))
    assert len(papers) == 3000
    assert not problems


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_cut_off(tmp_path: Path, pack: Pack, share: float) -> None:
    packed = pack(RECORDS.encode())
    papers, problems = read_bytes(tmp_path, packed[: int(len(packed) * share)])
    assert lines(problems) == [
        "input: the compressed file is damaged or cut off (it ends too early); "
        "fetch it again; what came before was kept"
    ]
    assert problems[0].whole_file
    # xz and Zstandard hand out whole blocks
    assert len(papers) > (3000 * share * 0.9 if packed[0] == 0x1F else 3000 * share - 2200)
    assert [p.title for p in papers] == [f"Title {i}" for i in range(len(papers))]


def test_corrupt(tmp_path: Path, pack: Pack) -> None:
    packed = bytearray(pack(RECORDS.encode()))
    packed[len(packed) // 2 :] = os.urandom(len(packed) // 2)
    _, problems = read_bytes(tmp_path, bytes(packed))
    assert any("damaged or cut off" in str(p) for p in problems)


def test_the_half_record_where_a_table_breaks_off_is_no_paper(tmp_path: Path) -> None:
    table = "title,abstract\n" + "".join(f"Title {i},{os.urandom(40).hex()}\n" for i in range(3000))
    papers, _ = read_bytes(tmp_path, gzip.compress(table.encode())[:60_000])
    assert 100 < len(papers) < 3000
    assert {len(p.abstract) for p in papers} == {80}


def test_a_file_made_to_exhaust_the_machine_is_refused(tmp_path: Path) -> None:
    bomb = zstandard.compress(b'{"title": "T", "abstract": "A"}\n' + b" " * (70 << 20))
    assert len(bomb) < 100_000
    papers, problems = read_bytes(tmp_path, bomb)
    assert len(papers) == 1
    assert "input: the unpacked file is larger than the limit of 200 times its compressed size; split it" in lines(
        problems
    )


@given(st.binary(max_size=2000), st.sampled_from(sorted(PACKERS)), st.integers(1, 50))
def test_chunks_of_any_size(data: bytes, name: str, size: int) -> None:
    packed = PACKERS[name](data)
    codec = codec_of(packed)
    assert codec is not None
    assert b"".join(decompressed((packed[i : i + size] for i in range(0, len(packed), size)), codec)) == data


@given(st.binary(max_size=300), st.sampled_from(CODECS))
def test_any_bytes_behind_the_magic_ones(data: bytes, codec: object) -> None:
    try:
        list(decompressed([codec.magic + data], codec))  # type: ignore[attr-defined, arg-type]
    except DamagedError as error:
        assert str(error)
