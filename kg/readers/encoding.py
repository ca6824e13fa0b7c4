"""Bytes of unknown encoding to UTF-8, as a stream."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
"""Byte order marks, and the encoding of what follows."""


def encoding_of(start: bytes) -> tuple[str, int]:
    """Encoding that the first bytes declare, and the length in bytes of the mark that does; else UTF-8 and 0."""
    return next(((name, len(mark)) for mark, name in BOMS if start.startswith(mark)), ("utf-8", 0))


def as_utf8(chunks: Iterable[bytes], broken: Callable[[int], None]) -> Iterator[bytes]:
    """Turn UTF-8 or UTF-16 with a byte order mark, or bare UTF-8, into valid UTF-8 without a mark.

    Parameters
    ----------
    chunks : the bytes; the first chunk holds at least three unless the whole is shorter.
    broken : called once, with the offset in bytes of the first place that cannot be decoded. Such places
        become U+FFFD.
    """
    decoder: codecs.IncrementalDecoder | None = None
    encoding, position = "utf-8", 0
    for chunk in _with_end(chunks):
        data = chunk
        if decoder is None:
            encoding, position = encoding_of(data)
            data = data[position:]
            decoder = codecs.getincrementaldecoder(encoding)("strict")
        held = decoder.getstate()[0]
        try:
            text = decoder.decode(data, final=not chunk)
        except UnicodeDecodeError as error:
            broken(position - len(held) + error.start)
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            text = decoder.decode(held + data, final=not chunk)
        position += len(data)
        yield text.encode("utf-8")


def _with_end(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks that are not empty, and an empty one that tells the decoder of the end."""
    yield from (c for c in chunks if c)
    yield b""
