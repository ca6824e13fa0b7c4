"""Decompression as a stream: gzip, xz and Zstandard, told apart by their first bytes."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, NamedTuple

import zstandard

CHUNK = 1 << 16
"""Bytes moved at a time; keeps memory flat whatever the size of the file."""

RATIO_LIMIT = 200
"""How many times its compressed size a file may unfold to. Text packs 3 to 20 times; only a file made
to exhaust the machine (a "zip bomb") packs hundreds of times."""

RATIO_FREE = 64 << 20
"""Bytes that may come out before the ratio counts, since a small file may be very regular."""

XZ_MEMORY = 256 << 20
"""Bytes of memory that an xz stream may ask for; ``xz -9`` asks for 65 MiB."""

_ZSTD_SLICE = 1 << 10
"""Bytes fed to Zstandard at once. It cannot be told to stop early, and unfolds at most 32 MiB of these."""


class DamagedError(Exception):
    """The compressed data is cut off or corrupt; what came before it has been yielded."""


class BombError(Exception):
    """The data unfolds beyond :data:`RATIO_LIMIT`."""


Feed = Callable[[Any, bytes], Generator[bytes, None, bytes]]
"""Gives bytes to a decoder, yields what comes out, returns what lies behind the end of the frame."""


def _feed_zlib(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    while data and not decoder.eof:
        yield decoder.decompress(data, CHUNK)
        data = decoder.unconsumed_tail
    return bytes(decoder.unused_data)


def _feed_lzma(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    yield decoder.decompress(data, CHUNK)
    while not decoder.eof and not decoder.needs_input:
        yield decoder.decompress(b"", CHUNK)
    return bytes(decoder.unused_data)


def _feed_zstd(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    for start in range(0, len(data), _ZSTD_SLICE):
        yield decoder.decompress(data[start : start + _ZSTD_SLICE])
        if decoder.eof:
            return bytes(decoder.unused_data) + data[start + _ZSTD_SLICE :]
    return b""


class Codec(NamedTuple):
    """A compressed format."""

    magic: bytes
    decoder: Callable[[], Any]
    feed: Feed


CODECS = (
    Codec(b"\x1f\x8b", lambda: zlib.decompressobj(31), _feed_zlib),
    Codec(b"\xfd7zXZ\x00", lambda: lzma.LZMADecompressor(memlimit=XZ_MEMORY), _feed_lzma),
    Codec(b"\x28\xb5\x2f\xfd", lambda: zstandard.ZstdDecompressor().decompressobj(), _feed_zstd),
)

SUFFIXES = (".gz", ".xz", ".zst")
"""What compression adds to a file's name."""


def codec_of(start: bytes) -> Codec | None:
    """The compressed format whose magic bytes ``start`` begins with, or None."""
    return next((c for c in CODECS if start.startswith(c.magic)), None)


def decompressed(chunks: Iterable[bytes], codec: Codec) -> Iterator[bytes]:
    """Unfold compressed chunks of any size into chunks of plain bytes; frames may follow each other.

    Raises
    ------
    DamagedError : where the data is corrupt or ends within a frame, after all that could be read.
    BombError : where more than :data:`RATIO_FREE` bytes came out at more than :data:`RATIO_LIMIT` to one.
    """
    taken = given = 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for chunk in chunks:
            taken += len(chunk)
            yield chunk

    try:
        for out in _frames(counted(), codec):
            given += len(out)
            if given > max(RATIO_FREE, RATIO_LIMIT * taken):
                raise BombError
            if out:
                yield out
    except (zlib.error, lzma.LZMAError, zstandard.ZstdError, MemoryError) as error:
        raise DamagedError(str(error).lower() or "asks for too much memory") from None


def _frames(chunks: Iterable[bytes], codec: Codec) -> Iterator[bytes]:
    decoder = None
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder is None:
                rest = rest.lstrip(b"\0")  # padding between frames, which gzip and xz allow
                if not rest:
                    break
                decoder = codec.decoder()
            rest = yield from codec.feed(decoder, rest)
            if decoder.eof:
                decoder = None
    if decoder is not None:
        raise DamagedError("it ends too early")
