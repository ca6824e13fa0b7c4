"""A file on its way into a reader: decompressed, decoded, bounded, and able to report what is wrong with it."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, TextIO, TypeVar

from kg.errors import Message, Messages, Problem, Report, ignore, problem
from kg.readers.compression import CHUNK, RATIO_LIMIT, BombError, DamagedError, codec_of, decompressed
from kg.readers.encoding import as_utf8, encoding_of
from kg.readers.inputs import Input

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEAD = 1 << 16
"""Bytes that are looked at to tell the format."""

RECORD_LIMIT = 16 << 20
"""Characters of one record. The longest abstracts have some thousand; a longer "record" is a lost line end
or quote, and would fill the memory."""

TEXT_LIMIT = 64 << 20
"""Characters of a file that can only be read as a whole (a page, BibTeX, a feed, an object in JSON)."""

SPOOL = 32 << 20
"""Bytes of a file that must be read back and forth held in memory; more go to a temporary file."""

T = TypeVar("T")


class Source:
    """One input of a reader.

    Parameters
    ----------
    name : what messages call it.
    label : what the graph calls it; see :class:`kg.readers.inputs.Input`.
    chunks : its bytes as they are stored, compressed or not.
    path : where they are stored, if they are a file that can be read again.
    year : year of dates that lack one.
    columns : column name of a field, where the user stated it.
    report : takes the problems that do not stop the run.
    """

    def __init__(
        self,
        name: str,
        chunks: Iterable[bytes],
        *,
        label: str | None = None,
        path: Path | None = None,
        year: int | None = None,
        columns: Mapping[str, str] | None = None,
        report: Report = ignore,
    ) -> None:
        self.name = name
        self.label = name if label is None else label
        self.year = year
        self.columns = dict(columns or {})
        self.cut = False
        """True from where the input broke off: the record that was being read then is not complete."""
        self.problems = 0
        """How many were reported."""
        self._report = report
        stored = iter(chunks)
        start, stored = _take(self._readable(stored), CHUNK)
        codec = codec_of(start)
        self._path = path if codec is None else None
        plain = stored if codec is None else self._guarded(decompressed(stored, codec))
        self.head, self._chunks = _take(plain, HEAD)

    @property
    def head_text(self) -> str:
        """The head as text; its last character may be broken."""
        encoding, mark = encoding_of(self.head)
        return self.head[mark:].decode(encoding, "replace")

    # Problems

    def tell(self, message: Message, place: str = "", *, whole_file: bool = False, **fields: object) -> None:
        """Report a problem; ``place`` is what follows the name: ``:12`` (a line) or ``#3`` (a record)."""
        self.pass_on(problem(message, self.name + place, whole_file=whole_file, **fields))

    def pass_on(self, found: Problem) -> None:
        """Report a problem that was made before."""
        self.problems += 1
        self._report(found)

    # Ways to read; use one, once

    def binary(self) -> BinaryIO:
        """The decompressed bytes as a stream."""
        return io.BufferedReader(_ChunkReader(self._chunks), CHUNK)

    def seekable(self) -> IO[bytes]:
        """The decompressed bytes as a file that can be read back and forth."""
        if self._path is not None:
            return self._path.open("rb")
        spool = tempfile.SpooledTemporaryFile(SPOOL)  # noqa: SIM115 - the caller closes it
        spool.writelines(self._chunks)
        spool.seek(0)
        return spool

    def text(self, newline: str = "") -> TextIO:
        """The decoded text as a stream, with its line ends as they are.

        ``newline`` is ``""`` where any line end closes a line, ``"\\n"`` where only that one does.
        """
        chunks = as_utf8(self._chunks, lambda byte: self.tell(Messages.NOT_UTF8, byte=byte))
        return io.TextIOWrapper(io.BufferedReader(_ChunkReader(chunks), CHUNK), "utf-8", newline=newline)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Lines with their numbers from 1; one beyond :data:`RECORD_LIMIT` is reported and left out."""
        text, number = self.text(newline="\n"), 0
        while line := text.readline(RECORD_LIMIT):
            number += 1
            if len(line) == RECORD_LIMIT and not line.endswith("\n"):
                while (rest := text.readline(RECORD_LIMIT)) and not rest.endswith("\n"):
                    pass
                self.tell(Messages.TOO_LARGE, f":{number}", what="the line", limit=f"{RECORD_LIMIT:,} characters")
            else:
                yield number, line

    def whole_text(self, limit: int = TEXT_LIMIT) -> str:
        """All the text; where it has more than ``limit`` characters that is reported, and the text is empty."""
        text = self.text().read(limit + 1)
        if len(text) <= limit:
            return text
        self.tell(Messages.TOO_LARGE, whole_file=True, what="the file", limit=f"{limit:,} characters")
        return ""

    def complete(self, records: Iterable[T]) -> Iterator[T]:
        """The records, without the last one if the input broke off while that was read."""
        previous: list[T] = []
        for record in records:
            yield from previous
            previous = [record]
        if not self.cut:
            yield from previous

    # What can go wrong below

    def _readable(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from chunks
        except OSError as error:
            self.cut = True
            self.tell(Messages.UNREADABLE, whole_file=True, reason=error.strerror or str(error))

    def _guarded(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        try:
            yield from chunks
        except DamagedError as error:
            self.cut = True
            self.tell(Messages.TRUNCATED, whole_file=True, reason=error)
        except BombError:
            self.cut = True
            limit = f"{RATIO_LIMIT} times its compressed size"
            self.tell(Messages.TOO_LARGE, whole_file=True, what="the unpacked file", limit=limit)


@contextmanager
def open_source(
    given: Input, *, year: int | None = None, columns: Mapping[str, str] | None = None, report: Report = ignore
) -> Iterator[Source]:
    """Open a file or standard input; a file that cannot be opened is reported and reads as empty."""
    regular = given.path if given.path is not None and given.path.is_file() else None

    def source(chunks: Iterable[bytes]) -> Source:
        return Source(given.name, chunks, label=given.label, path=regular, year=year, columns=columns, report=report)

    if given.path is None:
        yield source(_chunks_of(sys.stdin.buffer))
        return
    try:
        file = given.path.open("rb")
    except OSError as error:
        yield source(_failing(error))
        return
    with file:
        yield source(_chunks_of(file))


def _chunks_of(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def _failing(error: OSError) -> Iterator[bytes]:
    raise error
    yield b""  # makes this a generator, so that the error shows where all others of reading do


def _take(chunks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, at least ``size`` unless there are fewer, and all chunks again."""
    taken: list[bytes] = []
    length = 0
    for chunk in chunks:
        taken.append(chunk)
        length += len(chunk)
        if length >= size:
            break
    start = b"".join(taken)
    return start, chain([start] if start else [], chunks)


class _ChunkReader(io.RawIOBase):
    """Chunks of bytes as a file, so that the standard library's readers can work on them."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
