"""Writes a graph to files. Every exporter is a module with ``write(graph, path)``."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

from kg.errors import KgError, Messages
from kg.graph import KnowledgeGraph

Writer = Callable[[KnowledgeGraph, Path], None]

__all__ = ["EXPORTERS", "write_all"]


def _exporter(module: str) -> Writer:
    """The ``write`` of a module of this package, imported when it is first called."""

    def write(graph: KnowledgeGraph, path: Path) -> None:
        import_module(f"kg.export.{module}").write(graph, path)

    return write


EXPORTERS: dict[str, Writer] = {
    "index.html": _exporter("html"),
    "graph.ttl": _exporter("turtle"),
    "graph.nq": _exporter("nquads"),
    "graph.jsonld": _exporter("jsonld"),
    "graph.graphml": _exporter("graphml"),
    "graph.gexf": _exporter("gexf"),
    **{f"{table}.csv": _exporter("delimited") for table in ("nodes", "edges", "mentions", "results")},
    **{f"{table}.parquet": _exporter("parquet") for table in ("nodes", "edges", "mentions", "results")},
}
"""File name → what writes it."""


def write_all(
    graph: KnowledgeGraph,
    folder: Path,
    extra: Mapping[str, Callable[[], bytes]] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write every file of :data:`EXPORTERS`, complete or not at all.

    All files are written into a hidden folder inside ``folder`` first and moved into place once all
    are on the disk; what lay there before under the same names is replaced. When anything fails
    before, ``folder`` is as it was.

    Parameters
    ----------
    folder : made where it does not exist, with the folders above it.
    extra : further files by name; each function gives the bytes, and is called after the files before are written.
    progress : called with the name of each file before it is written.

    Returns
    -------
    The paths of the files, in the order of :data:`EXPORTERS`, then of ``extra``.

    Raises
    ------
    KgError : the folder or a file cannot be written, or the base IRI is none.
    """
    extra = extra or {}
    names = [*EXPORTERS, *extra]
    with _problems_at(folder):
        if folder.exists() and not folder.is_dir():
            raise KgError(Messages.NOT_A_FOLDER, folder)
    with _staging(folder, names) as staging:
        for name in names:
            if progress is not None:
                progress(name)
            path = staging / name
            with _problems_at(folder / name):
                if name in extra:
                    path.write_bytes(extra[name]())
                else:
                    EXPORTERS[name](graph, path)
                _sync(path)
    return [folder / name for name in names]


@contextmanager
def _staging(folder: Path, names: list[str]) -> Iterator[Path]:
    """A folder to write ``names`` to. At the end they are moved to ``folder``; after an error it is as it was."""
    made = [p for p in (folder, *folder.parents) if not p.exists()]
    try:
        with _problems_at(folder):
            folder.mkdir(parents=True, exist_ok=True)
            blocked = [folder / name for name in names if (folder / name).is_dir()]
            if blocked:
                raise KgError(Messages.CANNOT_WRITE, blocked[0], reason="a folder of that name is in the way")
            staging = tempfile.TemporaryDirectory(prefix=".kg-", dir=folder, ignore_cleanup_errors=True)
        with staging:
            yield Path(staging.name)
            with _problems_at(folder), _no_interrupt():
                for name in names:
                    (Path(staging.name) / name).replace(folder / name)
                _sync(folder)
    except BaseException:
        for new in made:
            with suppress(OSError):  # not empty, or never made
                new.rmdir()
        raise


@contextmanager
def _problems_at(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        reason = os.strerror(e.errno) if e.errno else str(e)
        raise KgError(Messages.CANNOT_WRITE, path, reason=reason) from None


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Pass over Ctrl-C for the few milliseconds of moving, so that old and new files never mix."""
    if threading.current_thread() is not threading.main_thread():  # only there can it arrive
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _sync(path: Path) -> None:
    """Make sure that a file, or the list of a folder's files, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
