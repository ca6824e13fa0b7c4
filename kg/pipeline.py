"""The main job: inputs → papers → extractions → entities and statements → graph → files."""

from __future__ import annotations

import json
import platform
import resource
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from kg import __version__, readers
from kg.errors import KgError, Messages, Problem, Report, ignore, raise_problem
from kg.graph import KnowledgeGraph
from kg.records import Extraction, Paper
from kg.resolve import merge_papers, resolve
from kg.resources import SAMPLE
from kg.vocabulary import BASE_IRI

Progress = Callable[[str, int, int], None]
"""Is told a stage's name, how much of it is done, and of how much (0 where that is not known)."""

REPORTED_PROBLEMS = 1000
"""At most so many problems are listed in ``report.json``; all are counted."""


def _silent(stage: str, done: int, total: int) -> None:
    """A :data:`Progress` that shows nothing."""


@dataclass
class Run:
    """What happened in a build: what ``report.json`` tells."""

    inputs: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    incomplete: bool = False
    """True where a whole input, or the rest of one, could not be read."""
    listings: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def note(self, found: Problem) -> None:
        """Take a problem that does not stop the build."""
        self.problem_count += 1
        self.incomplete |= found.whole_file
        if len(self.problems) < REPORTED_PROBLEMS:
            self.problems.append(found)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Measure a stage, in seconds of wall-clock time."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(time.perf_counter() - start, 3)


def build(
    inputs: Sequence[str | Path] = (),
    *,
    sample: bool = False,
    out: str | Path | None = None,
    year: int | None = None,
    columns: Mapping[str, str] | None = None,
    min_score: float = 0.0,
    base_iri: str = BASE_IRI,
    strict: bool = False,
    report: Report = ignore,
    progress: Progress = _silent,
    run: Run | None = None,
) -> KnowledgeGraph:
    """Build the knowledge graph of papers.

    Parameters
    ----------
    inputs : files, folders, globs, or ``"-"`` for standard input; see :func:`kg.readers.read`.
    sample : add the bundled sample, five pages of trending papers.
    out : folder to write every export to; nothing is written if None.
    year : year of pages whose date has none.
    columns : column names of fields, such as ``{"abstract": "description"}``.
    min_score : entities, roles, relations and results below this probability are left out.
    base_iri : IRI that, followed by a node id, names the node in RDF.
    strict : raise on the first problem with a record instead of reporting it.
    report : takes each problem that does not stop the build.
    progress : is told how far each stage is.
    run : filled with counts and timings, for callers that show them.

    Raises
    ------
    KgError : an input does not exist, no paper was found, or the folder cannot be written.
    """
    run = run or Run()
    files: list[str | Path] = [*inputs, *([SAMPLE] if sample else [])]

    def note(found: Problem) -> None:
        (raise_problem if strict else run.note)(found)
        report(found)

    expanded = readers.expand(files)
    run.inputs = [{"name": f.label, "sha256": readers.digest(f.path) if f.path else None} for f in expanded]
    with run.timed("read"):
        papers = _merged(readers.read(files, year=year, columns=columns, report=note), run, progress)
    if not papers:
        # Where every input failed, the problem that was reported says why; this line says what it means.
        raise KgError(run.problems[0] if run.problem_count == 1 else Messages.NO_PAPERS)
    with run.timed("load"):
        from kg import nlp

        language = nlp.load()
    with run.timed("extract"):
        found: list[tuple[Paper, Extraction]] = []
        for paper, extraction in zip(papers, nlp.extract(papers, language), strict=True):
            done = replace(paper, kinds=extraction.kinds, links=extraction.links)
            found.append((done, _confident(extraction, min_score)))
            progress("extract", len(found), len(papers))
    with run.timed("resolve"):
        progress("resolve", 0, 0)
        r = resolve(found)
        graph = KnowledgeGraph(
            (p for p, _ in found),
            r.entities,
            r.mentions,
            r.statements,
            r.results,
            base_iri=base_iri,
            generator=nlp.generator(language),
        )
    if out is not None:
        _write(graph, Path(out), run, progress)
    return graph


def _merged(listed: Iterator[Paper], run: Run, progress: Progress) -> list[Paper]:
    def counted() -> Iterator[Paper]:
        for paper in listed:
            run.listings += 1
            progress("read", run.listings, 0)
            yield paper

    return merge_papers(counted())


def _confident(extraction: Extraction, least: float) -> Extraction:
    """The part of an extraction whose scores are at least ``least``."""
    entities = tuple(
        replace(e, roles=tuple(r for r in e.roles if r.score >= least)) for e in extraction.entities if e.score >= least
    )
    kept = {e.id for e in entities} | {None}
    return replace(
        extraction,
        entities=entities,
        relations=tuple(r for r in extraction.relations if r.score >= least and {r.subject, r.object} <= kept),
        results=tuple(r for r in extraction.results if r.score >= least and {r.subject, r.dataset, r.metric} <= kept),
    )


def _write(graph: KnowledgeGraph, folder: Path, run: Run, progress: Progress) -> None:
    from kg.export import EXPORTERS, write_all

    done: list[str] = []

    def wrote(name: str) -> None:
        done.append(name)
        progress("write", min(len(done), len(EXPORTERS)), len(EXPORTERS))

    def report_json() -> bytes:  # made last, so that it can tell how long writing took
        run.seconds["write"] = round(time.perf_counter() - start, 3)
        return (json.dumps(summary(graph, run), indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")

    start = time.perf_counter()
    write_all(graph, folder, extra={"report.json": report_json}, progress=wrote)


def summary(graph: KnowledgeGraph, run: Run) -> dict[str, object]:
    """What ``report.json`` holds; of two builds of the same input, ``timings`` and ``peak_memory_mb`` differ."""
    packages = ("spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "pyarrow")
    return {
        "kg": __version__,
        "generator": graph.generator,
        "versions": {"python": platform.python_version(), **{p: version(p) for p in packages}},
        "inputs": run.inputs,
        "counts": {"listings": run.listings, **counts(graph)},
        "skipped": {
            "count": run.problem_count,
            "incomplete": run.incomplete,
            "problems": [{"where": p.where, "what": p.what, "todo": p.todo} for p in run.problems],
        },
        "timings": run.seconds,
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MAXRSS_PER_MB),
    }


_MAXRSS_PER_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10


def counts(graph: KnowledgeGraph) -> dict[str, object]:
    """How much of what a graph holds, as nested numbers."""
    types: dict[str, int] = {}
    for e in graph.entities():
        types[e.type] = types.get(e.type, 0) + 1
    predicates: dict[str, int] = {}
    for s in graph.statements():
        predicates[s.predicate] = predicates.get(s.predicate, 0) + 1
    return {
        "papers": sum(1 for _ in graph.papers()),
        "entities": sum(types.values()),
        "entities_by_type": dict(sorted(types.items())),
        "mentions": sum(1 for _ in graph.mentions()),
        "statements": sum(predicates.values()),
        "statements_by_predicate": dict(sorted(predicates.items())),
        "results": sum(1 for _ in graph.results()),
    }
