"""A knowledge graph of machine-learning research, read from abstracts.

>>> import kg
>>> g = kg.build(["papers.jsonl"], out="outputs")     # doctest: +SKIP
>>> g = kg.load("outputs")                            # doctest: +SKIP
>>> [e.label for e in g.entities(type="Benchmark")]   # doctest: +SKIP

Importing the package is cheap: what a function needs is loaded when it is first called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.export.parquet import read as load
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.nlp import extract
    from kg.pipeline import build
    from kg.readers import read

__version__ = "0.1.0"

__all__ = ["KgError", "KnowledgeGraph", "build", "extract", "load", "read"]

_HOMES = {
    "KgError": ("kg.errors", "KgError"),
    "KnowledgeGraph": ("kg.graph", "KnowledgeGraph"),
    "build": ("kg.pipeline", "build"),
    "extract": ("kg.nlp", "extract"),
    "load": ("kg.export.parquet", "read"),
    "read": ("kg.readers", "read"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
