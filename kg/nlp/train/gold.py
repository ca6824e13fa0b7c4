"""The gold annotations as training examples."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.annotations import occurrences
from kg.nlp.text import flat_paper

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """An annotated abstract."""

    id: str
    title: str
    abstract: str
    annotation: Json
    """In the format of the guidelines, section 8."""

    @property
    def text(self) -> str:
        """What the pipeline reads."""
        return flat_paper(self.title, self.abstract)

    @property
    def mentions(self) -> list[tuple[int, int, str, str]]:
        """Start, end (characters), type and entity id of every occurrence of a form, by position."""
        types = {e["id"]: e["type"] for e in self.annotation["entities"]}
        return [(s, e, types[i], i) for s, e, i in occurrences(self.text, self.annotation["entities"])]


def read_gold(annotations: Path) -> list[GoldDocument]:
    """Read annotations and the documents beside them.

    Parameters
    ----------
    annotations : ``NAME.jsonl``; the documents are in ``NAME.docs.jsonl`` beside it.
    """
    documents = {d["id"]: d for d in _read(annotations.with_suffix(".docs.jsonl"))}
    return [
        GoldDocument(a["id"], documents[a["id"]]["title"], documents[a["id"]]["abstract"], a)
        for a in _read(annotations)
    ]


def _read(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
