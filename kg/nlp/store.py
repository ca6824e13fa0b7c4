"""How a component keeps what it learned: named parts, as files of its folder or as bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import srsly

from kg.nlp.lexicon import Lexicon
from kg.nlp.linear import LinearModel

Part = LinearModel | Lexicon


class Store:
    """Gives a component the four methods by which spaCy saves and loads.

    A subclass names its parts and their classes in :attr:`PARTS`; an untrained component has none.
    """

    PARTS: ClassVar[dict[str, type[LinearModel] | type[Lexicon]]] = {}

    def __init__(self) -> None:
        self.parts: dict[str, Part] = {}

    def linear(self, name: str) -> LinearModel:
        """A part that is a classifier."""
        part = self.parts[name]
        assert isinstance(part, LinearModel)  # noqa: S101 - PARTS says so
        return part

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the parts into a folder, which is made."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in self.parts.items():
            part.to_disk(folder, name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Store:
        """Read the parts from a folder."""
        self.parts = {name: cls.from_disk(Path(path), name) for name, cls in self.PARTS.items()}
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The parts as one string."""
        return bytes(srsly.msgpack_dumps({name: part.to_bytes() for name, part in self.parts.items()}))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Store:
        """Read what :meth:`to_bytes` gave."""
        raw = srsly.msgpack_loads(data)
        self.parts = {name: self.PARTS[name].from_bytes(part) for name, part in raw.items()}
        return self
