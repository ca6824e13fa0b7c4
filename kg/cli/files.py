"""Commands whose work is between files: ``extract`` and ``eval``."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg import readers
from kg.annotations import Json, read_lines, to_json
from kg.cli.terminal import Progress
from kg.errors import KgError, Messages, Problem, raise_problem
from kg.evaluate import Score, evaluate
from kg.records import Paper


def extract_to(
    out: Path | None,
    inputs: Sequence[str],
    year: int | None,
    columns: Mapping[str, str],
    strict: bool,
    progress: Progress,
) -> bool:
    """Write one line for each paper, in the order and with the ids of the input; returns whether an input
    could not be read to its end."""
    failed: list[Problem] = []

    def note(found: Problem) -> None:
        if strict:
            raise_problem(found)
        failed.append(found)
        progress.problem(found)

    papers = readers.read(inputs, year=year, columns=columns, report=note)
    written = 0
    with _complete(out) as file:
        for line in _extracted(papers):
            print(json.dumps(line, ensure_ascii=False), file=file)
            written += 1
            progress("extract", written, 0)
        if not written:
            raise KgError(failed[0] if len(failed) == 1 else Messages.NO_PAPERS)
    return any(p.whole_file for p in failed)


def _extracted(papers: Iterator[Paper]) -> Iterator[Json]:
    from kg import nlp

    return map(to_json, nlp.extract(papers, nlp.load()))


@contextmanager
def _complete(path: Path | None) -> Iterator[TextIO]:
    """A text file that appears when it is complete, or not at all; standard output for None."""
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield sys.stdout
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as e:
        raise KgError(Messages.CANNOT_WRITE, path, reason=e.strerror) from None
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)  # as open() would have made it
        part.replace(path)
    except OSError as e:
        raise KgError(Messages.CANNOT_WRITE, path, reason=e.strerror) from None
    finally:
        part.unlink(missing_ok=True)


def documents_beside(gold: Path) -> Path:
    """Where the documents of a file of annotations lie: ``dev.docs.jsonl`` beside ``dev.jsonl``."""
    return gold.with_name(gold.name.removesuffix(".jsonl") + ".docs.jsonl")


def evaluate_files(gold: Path, predicted: Path | None, docs: Path, progress: Progress) -> dict[str, Score]:
    """Score a file of predictions, or (None) what the extractor makes of the documents."""
    annotations = read_lines(gold)
    papers = list(readers.read([docs], report=raise_problem))
    texts = {p.id: p.text for p in papers}
    if predicted is not None:
        return evaluate(annotations, read_lines(predicted), texts)
    found = {}
    for line in _extracted(p for p in iter(papers) if p.id in annotations):
        found[line["id"]] = line
        progress("extract", len(found), len(annotations))
    return evaluate(annotations, found, texts)
