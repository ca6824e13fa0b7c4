"""Small graphs to export: one with every field filled and hostile texts, and one around any given text."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.records import Entity, EntityMention, Evidence, Link, Listing, Paper, Result, Statement

HOSTILE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> \"q\" \\ \u202eRTL\u202c \x00\x07\x1b[31m\ufffe \ud800 ]]> --> 'x"
)
"""Formula, HTML, quotes, a backslash, marks of direction, control characters, a lone surrogate."""

any_text = st.text(st.characters(codec=None), min_size=1, max_size=40)
"""Any code points, lone surrogates among them."""


def graph_around(label: str, sentence: str, base_iri: str = "https://w3id.org/paper-kg/") -> KnowledgeGraph:
    """A graph whose every text is ``label`` or ``sentence``."""
    paper = Paper(
        id="paper/arxiv/2506.05904",
        title=label,
        abstract=sentence,
        authors=(label, "Ada Lovelace"),
        date="2025-06-06",
        arxiv_id="2506.05904",
        doi="10.1145/3292500.3330701",
        url="https://arxiv.org/abs/2506.05904",
        categories=("cs.CL", "cs.LG"),
        listings=(Listing("000.txt", "--06-10", 3), Listing("001.txt", None, 1)),
        sources=("000.txt:7", label),
        kinds=("model", "benchmark"),
        links=(Link("https://github.com/x/y", "code", 0, 1), Link(f"https://x.org/{label}", "data", 0, 1)),
    )
    bare = Paper("paper/title/second", "Second", "It uses GPT-4.")
    start = len(label) + 1
    evidence = Evidence(paper.id, start, start + len(sentence), ((start, start + 1),), 0.93004999)
    worse = Evidence(bare.id, 7, 21, ((15, 20),), 0.5)
    entities = (
        Entity("model/gpt-4", "Model", label, (f"{label}s", "GPT-4")),
        Entity("benchmark/c%2B%2B-eval", "Benchmark", "C++ Eval", ()),
        Entity("metric/pass%401", "Metric", "pass@1", ()),
    )
    statements = (
        Statement(paper.id, "introduces", "model/gpt-4", (evidence,)),
        Statement(bare.id, "uses", "model/gpt-4", (worse,)),
        Statement(paper.id, "mentions", "model/gpt-4", (evidence,)),
        Statement("model/gpt-4", "evaluatedOn", "benchmark/c%2B%2B-eval", (evidence, worse)),
    )
    results = (
        Result("result/1", paper.id, "model/gpt-4", None, "metric/pass%401", "7.6%", 7.6, "%", "improvement", evidence),
        Result("result/2", paper.id, None, None, None, label, None, None, "absolute", evidence),
    )
    mention = EntityMention(paper.id, "model/gpt-4", 0, len(label), label, (0, len(label)), 0.8)
    return KnowledgeGraph((paper, bare), entities, (mention,), statements, results, base_iri=base_iri, generator=label)
