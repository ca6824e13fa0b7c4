"""What the commands print. Text from papers is never taken for markup."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.errors import KgError, Messages
from kg.evaluate import Score
from kg.graph import KnowledgeGraph
from kg.pipeline import Run
from kg.query import Answer, NamedQuery
from kg.records import Entity, Evidence, Paper, Statement
from kg.vocabulary import vocabulary

FORMATS = ("table", "csv", "tsv", "json", "xml")
_EXAMPLES = ("top-benchmarks", "what-outperforms", "leaderboard")
_QUOTES = 3
_TOP = 10
_WIDTH_WHEN_PIPED = 120


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False, width=None if sys.stdout.isatty() else _WIDTH_WHEN_PIPED)


def built(counts: Mapping[str, Any], run: Run, out: Path) -> None:
    """The end of a build: what there is now, and what to do with it."""
    console = _console()
    seconds = sum(run.seconds.values())
    papers = _counted(counts["papers"], "paper")
    if run.listings != counts["papers"]:
        papers += f" ({_counted(run.listings, 'listing')})"
    console.print(
        f"{papers}, {_counted(counts['entities'], 'entity')}, {_counted(counts['statements'], 'statement')}, "
        f"{_counted(counts['results'], 'result')} in {seconds:.1f} s"
    )
    if run.problem_count:
        problems = _counted(run.problem_count, "problem")
        console.print(f"{problems} with the input; {out / 'report.json'} says which", markup=False)
    console.print("\nOpen")
    for name, what in (
        ("index.html", "the graph, in a browser"),
        ("graph.ttl", "the graph as RDF (also .nq, .jsonld, .graphml, .gexf)"),
        ("nodes.csv", "tables (also edges, mentions, results; .parquet)"),
    ):
        console.print(f"  {out / name}  {what}", markup=False, soft_wrap=True)
    console.print("\nTry")
    for name in _EXAMPLES:
        console.print(f"  {_program()} query {out} {name}", markup=False, soft_wrap=True)


def _counted(count: int, noun: str) -> str:
    """``1 entity``, ``2,228 entities``."""
    if count != 1:
        noun = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {noun}"


def _program() -> str:
    """How the user can call this command again: by its name where the shell would find it, else by its path."""
    return "kg" if shutil.which("kg") or not sys.argv[0].endswith("kg") else sys.argv[0]


def named_queries(queries: Mapping[str, NamedQuery]) -> None:
    """Names and questions."""
    table = Table("name", "question", box=None)
    for name, q in queries.items():
        table.add_row(Text(name), Text(q.question))
    _console().print(table)


def answer(found: Answer, format_: str) -> None:
    """An answer to a query: a table, or bytes in a standard format."""
    if format_ != "table":
        sys.stdout.buffer.write(found.serialize(format_))
        sys.stdout.buffer.flush()
        return
    table = Table(box=None)
    for column in found.columns:
        table.add_column(Text(column))
    for row in found.table():
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


def json_lines(data: object) -> None:
    """Any data as indented JSON."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


def scores(levels: Mapping[str, Score], *, as_json: bool) -> None:
    """A table of all levels, in percent."""
    if as_json:
        figures = {
            name: {
                "p": round(s.precision, 2), "r": round(s.recall, 2), "f": round(s.f1, 2),
                "gold": s.gold, "pred": s.predicted,
            }
            for name, s in levels.items()
        }  # fmt: skip
        print(json.dumps(figures))
        return
    print(f"{'level':22}{'P':>8}{'R':>8}{'F1':>8}{'gold':>8}{'pred':>8}")
    for name, s in levels.items():
        print(f"{name:22}{s.precision:8.2f}{s.recall:8.2f}{s.f1:8.2f}{s.gold:8d}{s.predicted:8d}")


def thing(graph: KnowledgeGraph, folder: Path, name: str) -> None:
    """All that the graph knows of what is called ``name``; raises KgError where nothing is."""
    found = graph.find(name)
    if not found:
        near = ", ".join(graph.similar_names(name))
        hint = f"similar: {near}" if near else f"try: kg stats {folder}"
        raise KgError(Messages.NO_ENTITY, folder, name=name, near=hint)
    console = _console()
    for number, one in enumerate(found):
        if number:
            console.print()
        _entity(console, graph, one) if isinstance(one, Entity) else _paper(console, graph, one)


def _entity(console: Console, graph: KnowledgeGraph, e: Entity) -> None:
    console.print(Text.assemble((e.label, "bold"), f"  {e.type}  {graph.iri(e.id)}"), soft_wrap=True)
    if e.aliases:
        console.print(Text("also: " + ", ".join(e.aliases)))
    console.print(_counted(len(graph.papers_of(e.id)), "paper"))
    roles = [s for s in graph.statements(object=e.id) if s.predicate in vocabulary().roles]
    for role, edge in vocabulary().roles.items():
        _statements(console, graph, f"{edge.label} it", [s for s in roles if s.predicate == role], "subject")
    for relation, edge in vocabulary().relations.items():
        _statements(console, graph, edge.label, list(graph.statements(subject=e.id, predicate=relation)), "object")
        back = f"{edge.label} it" if edge.label.endswith("s") else f"… {edge.label} it"
        _statements(console, graph, back, list(graph.statements(object=e.id, predicate=relation)), "subject")
    results = list(graph.results(e.id))
    if results:
        console.print(Text("results", "bold"))
    for r in results:
        slots = [graph.label(x) for x in (r.subject, r.dataset, r.metric) if x]
        console.print(Text(f"  {r.value} ({r.kind})  {' · '.join(slots)}"))
        _quote(console, graph, r.evidence)


def _statements(console: Console, graph: KnowledgeGraph, title: str, found: list[Statement], end: str) -> None:
    if not found:
        return
    console.print(Text(f"{title} ({len(found)})", "bold"))
    found.sort(key=lambda s: (-len(s.papers), -s.score, s.subject, s.object))
    for s in found[:_TOP]:
        console.print(Text(f"  {graph.label(getattr(s, end))}"))
        for evidence in s.evidence[:_QUOTES]:
            _quote(console, graph, evidence)
    if len(found) > _TOP:
        console.print(Text(f"  and {len(found) - _TOP} more", "dim"))


def _quote(console: Console, graph: KnowledgeGraph, evidence: Evidence) -> None:
    text = Text(" ".join(graph.quote(evidence).split()), "dim")
    source = graph.paper(evidence.paper)
    console.print(Text.assemble("    “", text, f"” — {source.title} ({evidence.score:.2f})"))


def _paper(console: Console, graph: KnowledgeGraph, p: Paper) -> None:
    console.print(Text.assemble((p.title, "bold"), f"  {graph.iri(p.id)}"), soft_wrap=True)
    facts = [", ".join(p.authors), p.date or "", ", ".join(p.kinds), *(f"{x.page} {x.date or ''}" for x in p.listings)]
    for fact in filter(None, facts):
        console.print(Text(fact))
    console.print(Text(" ".join(p.abstract.split()), "dim"))
    said = list(graph.statements(subject=p.id))
    for role, edge in vocabulary().roles.items():
        labels = [f"{graph.label(s.object)} ({graph.entity(s.object).type})" for s in said if s.predicate == role]
        if labels:
            console.print(Text.assemble((edge.label, "bold"), ": " + ", ".join(labels)))
    for r in graph.results(p.id):
        slots = [graph.label(x) for x in (r.subject, r.dataset, r.metric) if x]
        console.print(Text.assemble((f"{r.value} ({r.kind})", "bold"), f": {' · '.join(slots)}"))


def stats(graph: KnowledgeGraph) -> None:
    """Counts, and the entities of each type that most papers speak of."""
    from kg.pipeline import counts

    console = _console()
    numbers: dict[str, Any] = counts(graph)
    table = Table("", "count", box=None)
    table.columns[1].justify = "right"
    for name, count in _flat(numbers):
        table.add_row(name, f"{count:,}")
    console.print(table)
    top = Counter({e.id: len(graph.papers_of(e.id)) for e in graph.entities()})
    for type_ in vocabulary().types:
        ids = sorted((e.id for e in graph.entities(type_)), key=lambda i: (-top[i], i))[:_TOP]
        if ids:
            named = ", ".join(f"{graph.label(i)} ({top[i]})" for i in ids)
            console.print(Text.assemble((f"{type_}: ", "bold"), named))


def _flat(numbers: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    for name, value in numbers.items():
        if isinstance(value, Mapping):
            yield from ((f"  {inner}", count) for inner, count in value.items())
        else:
            yield name, value
