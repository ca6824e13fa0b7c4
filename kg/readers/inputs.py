"""From what the user names (files, folders, patterns, ``-``) to the files to read."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import KgError, Messages

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read."""

    path: Path | None
    """None for standard input."""
    name: str
    """As messages call it: the path as the user gave it."""
    label: str
    """As the graph calls it: the file's name, or its path below the folder that the user named, with ``/``.
    It does not depend on where the folder lies, so that graphs built elsewhere are the same."""


def expand(inputs: Sequence[str | Path]) -> list[Input]:
    """The files that the inputs name, in the order given, each once.

    Parameters
    ----------
    inputs : files, folders (all files below, in the order of their paths, without hidden ones), patterns
        such as ``"exports/**/*.bib"``, or ``"-"`` for standard input.

    Raises
    ------
    KgError : where nothing is given, a path does not exist, a pattern matches nothing, or a folder holds no file.
    """
    if not inputs:
        raise KgError(Messages.NO_INPUT)
    found: dict[Path | None, Input] = {}
    for given in inputs:
        for one in _expand_one(given):
            found.setdefault(one.path.resolve() if one.path else None, one)
    return list(found.values())


def digest(path: Path) -> str | None:
    """SHA-256 of a file as it lies on the disk, as 64 hexadecimal digits; None for what is no regular file.

    Reading a pipe to its end would leave nothing for the reader, so pipes have none.
    """
    if not path.is_file():
        return None
    with path.open("rb") as file:
        whole = hashlib.sha256()
        while chunk := file.read(1 << 20):
            whole.update(chunk)
    return whole.hexdigest()


def _expand_one(given: str | Path) -> Iterator[Input]:
    if given == STANDARD_INPUT:
        yield Input(None, "standard input", "stdin")
        return
    path, name = Path(given), str(given)
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL
        exists = is_folder = False
    if is_folder:
        yield from _folder(path, path)
    elif exists:
        yield Input(path, name, path.name)
    elif glob.has_magic(name):
        yield from _pattern(name)
    else:
        raise KgError(Messages.NO_SUCH_PATH, name)


def _folder(folder: Path, root: Path) -> Iterator[Input]:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not _hidden(p.relative_to(folder)))
    if not files:
        raise KgError(Messages.EMPTY_FOLDER, folder)
    for path in files:
        yield Input(path, str(path), path.relative_to(root).as_posix())


def _pattern(pattern: str) -> Iterator[Input]:
    fixed = Path(pattern)
    while glob.has_magic(str(fixed)):
        fixed = fixed.parent
    matches = sorted(Path(p) for p in glob.glob(pattern, recursive=True))  # noqa: PTH207 - may be absolute
    files = [p for p in matches if p.is_file()]
    # A pattern like "exports/*" that matches folders means what is in them.
    inside = [i for p in matches if p.is_dir() and any(p.iterdir()) for i in _folder_or_nothing(p, fixed)]
    if not files and not inside:
        raise KgError(Messages.NO_MATCH, pattern)
    yield from (Input(p, str(p), p.relative_to(fixed).as_posix()) for p in files)
    yield from inside


def _folder_or_nothing(folder: Path, root: Path) -> Iterator[Input]:
    try:
        yield from _folder(folder, root)
    except KgError:
        return


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
