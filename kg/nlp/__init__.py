"""Reading abstracts: papers in, extractions out.

The pipeline is one spaCy ``Language`` of components with factories; :func:`load` gives it to those
who want ``Doc`` objects, :func:`extract` reads papers to records. spaCy is imported when either is
first called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.records import Extraction, Paper

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["extract", "generator", "load"]

BATCH = 32
"""Papers that are read at a time."""


def load(path: Path | None = None) -> Language:
    """Load a pipeline.

    Parameters
    ----------
    path : its folder; the shipped one unless given.

    Raises
    ------
    KgError : the folder holds no such pipeline.
    """
    from kg.nlp.pipeline import load_pipeline

    return load_pipeline(path)


def extract(
    papers: Iterable[Paper], nlp: Language | None = None, *, processes: int = 1, batch_size: int = BATCH
) -> Iterator[Extraction]:
    """Read papers.

    Parameters
    ----------
    papers : any number; read as they are needed.
    nlp : a pipeline; the shipped one unless given.
    processes : worker processes; 1 reads in this one.
    batch_size : papers that are read at a time.

    Returns
    -------
    One extraction for each paper, in the same order. Offsets count characters of
    :attr:`kg.records.Paper.text`.
    """
    from kg.nlp.run import run

    return run(papers, nlp or load(), processes, batch_size)


def generator(nlp: Language) -> str:
    """Name and version of what reads: the package's version and a digest of the pipeline's files."""
    from kg import __version__

    return f"kg {__version__}, model {str(nlp.meta.get('kg_digest', 'unsaved'))[:12]}"
