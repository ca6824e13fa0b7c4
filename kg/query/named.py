"""The named queries: ``ontology/queries/NAME.rq``, each with its question as the first comment line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.resources import ONTOLOGY

FOLDER = ONTOLOGY / "queries"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A SPARQL query with a name and the question it answers."""

    name: str
    question: str
    text: str


@lru_cache(maxsize=1)
def named_queries() -> dict[str, NamedQuery]:
    """All named queries by name, sorted.

    >>> named_queries()["top-benchmarks"].question
    'Which benchmarks do most papers evaluate on?'
    """
    found = {}
    for path in sorted(FOLDER.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found[path.stem] = NamedQuery(path.stem, text.splitlines()[0].lstrip("# "), text)
    return found
