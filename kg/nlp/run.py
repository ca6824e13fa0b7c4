"""Running the pipeline over papers, in this process or in several."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

import spacy
from spacy.language import Language
from thinc.api import Config

from kg.nlp.convert import to_extraction
from kg.nlp.text import flat_paper
from kg.records import Extraction, Paper

_AHEAD = 2
"""Batches in waiting for each worker: keeps them busy and bounds the memory."""

_worker: list[Language] = []
"""The pipeline of a worker process."""


def run(papers: Iterable[Paper], nlp: Language, processes: int, batch_size: int) -> Iterator[Extraction]:
    """One extraction for each paper, in order; see :func:`kg.nlp.extract`."""
    batches = _batched(papers, max(1, batch_size))
    if processes <= 1:
        for batch in batches:
            yield from _read(nlp, batch)
        return
    context = multiprocessing.get_context("spawn")
    settings = (nlp.config.to_str(), nlp.to_bytes())
    with ProcessPoolExecutor(processes, context, _start_worker, settings) as pool:
        waiting: deque[Future[list[Extraction]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_read_in_worker, batch))
            if len(waiting) > processes * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _batched(papers: Iterable[Paper], size: int) -> Iterator[list[Paper]]:
    source = iter(papers)
    while batch := list(islice(source, size)):
        yield batch


def _read(nlp: Language, papers: list[Paper]) -> list[Extraction]:
    texts = [flat_paper(p.title, p.abstract) for p in papers]
    nlp.max_length = max(nlp.max_length, *map(len, texts))
    docs = nlp.pipe(texts, batch_size=len(texts))
    return [to_extraction(doc, paper.id) for doc, paper in zip(docs, papers, strict=True)]


def _start_worker(config: str, data: bytes) -> None:
    import kg.nlp.pipeline  # makes the factories known

    assert kg.nlp.pipeline.FACTORIES  # noqa: S101
    nlp = spacy.util.load_model_from_config(Config().from_str(config, interpolate=False))
    nlp.from_bytes(data)
    _worker[:] = [nlp]


def _read_in_worker(papers: list[Paper]) -> list[Extraction]:
    return _read(_worker[0], papers)
