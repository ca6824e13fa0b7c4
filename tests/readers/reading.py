"""Ways for the tests to read something and to see what was reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kg import readers
from kg.errors import Problem
from kg.readers.detect import detect
from kg.readers.source import Source
from kg.records import Paper

DATA = Path(__file__).parent.parent / "data"

Outcome = tuple[list[Paper], list[Problem]]


def read(*inputs: Path | str, **options: Any) -> Outcome:
    """The papers of inputs, and the problems."""
    problems: list[Problem] = []
    return list(readers.read(inputs, report=problems.append, **options)), problems


def read_bytes(folder: Path, data: bytes | str, name: str = "input", **options: Any) -> Outcome:
    """The papers of a file with this content."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read(path, **options)


def source_of(data: bytes | str, name: str = "input", **options: Any) -> Source:
    """A source that is not on the disk."""
    return Source(name, [data.encode() if isinstance(data, str) else data], **options)


def format_of(data: bytes | str, name: str = "input", **options: Any) -> str:
    """The name of the format that is detected, or the message where it is none."""
    found = detect(source_of(data, name, **options))
    return found.what if not hasattr(found, "name") else found.name


def lines(problems: list[Problem]) -> list[str]:
    """The messages, with the name of the file alone."""
    return [str(replace(p, where=Path(p.where).name)) for p in problems]
