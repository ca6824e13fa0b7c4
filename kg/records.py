"""The frozen record types that cross the borders between the parts of ``kg``.

Offsets everywhere count **characters (Unicode code points)** of :attr:`Paper.text`, that is of
``title + "\\n" + abstract`` exactly as the input gave them. Scores are probabilities from 0 to 1.
Sequences are tuples, so every record is hashable and can be shared between processes.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end (exclusive), in characters of :attr:`Paper.text`."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One appearance of a paper on a page of trending papers."""

    page: str
    """File name of the page."""
    date: str | None
    """``YYYY-MM-DD``; ``--MM-DD`` where the page gives no year; None where it gives no date."""
    position: int
    """Rank on the page, from 1."""


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that an abstract gives."""

    url: str
    kind: str
    """``code``, ``data`` or ``page``."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as read. Readers fill what the input states and leave the rest empty."""

    id: str
    """As the input gives it, else made by the reader; in a graph the node id, ``paper/…``."""
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    date: str | None = None
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    arxiv_id: str | None = None
    """Without version: ``2506.05904`` or ``cs/0301012``."""
    doi: str | None = None
    """Lower case, without resolver: ``10.1145/3292500.3330701``."""
    url: str | None = None
    categories: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()
    sources: tuple[str, ...] = ()
    """Where it was read: ``file:line`` or ``file#record``."""
    kinds: tuple[str, ...] = ()
    """Kinds of contribution (GUIDELINES section 7); filled by the extraction."""
    links: tuple[Link, ...] = ()
    """Filled by the extraction."""

    @property
    def text(self) -> str:
        """The string that all offsets refer to."""
        return f"{self.title}\n{self.abstract}"


# What the extractor says of one paper


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where the text names an entity."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class RoleAssertion:
    """What the paper does with an entity."""

    role: str
    score: float
    sentence: Span
    """The sentence it was read from."""


@dataclass(frozen=True, slots=True)
class DocumentEntity:
    """All mentions of one thing within one paper."""

    id: str
    """Unique within the paper: ``e1``, ``e2``, …"""
    type: str
    forms: tuple[str, ...]
    """Distinct surface forms in order of first occurrence."""
    mentions: tuple[Mention, ...]
    """In order of position; none overlap."""
    roles: tuple[RoleAssertion, ...]
    score: float


@dataclass(frozen=True, slots=True)
class DocumentRelation:
    """A relation that one paper states between two of its entities."""

    subject: str
    predicate: str
    object: str
    score: float
    sentence: Span


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """A number that measures a performance; slots hold ids of document entities."""

    subject: str | None
    dataset: str | None
    metric: str | None
    value: str
    """Exact text, with its unit."""
    kind: str
    """``absolute`` or ``improvement``."""
    start: int
    end: int
    score: float
    sentence: Span


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the extractor read in one paper."""

    paper: str
    """:attr:`Paper.id`."""
    kinds: tuple[str, ...]
    entities: tuple[DocumentEntity, ...]
    relations: tuple[DocumentRelation, ...]
    results: tuple[DocumentResult, ...]
    links: tuple[Link, ...]
    sentences: tuple[Span, ...] = ()
    """Spans of the sentences, in order; evidence sentences are among them."""


# What the graph says of all papers


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a statement stands in the graph: a sentence of a paper."""

    paper: str
    """Node id of the paper."""
    start: int
    end: int
    """The sentence, in characters of :attr:`Paper.text`."""
    marks: tuple[Span, ...]
    """Mentions (and result values) to highlight, in order; all lie in the sentence."""
    score: float


@dataclass(frozen=True, slots=True)
class Entity:
    """One real thing: a node of the graph."""

    id: str
    """Node id, ``type/normalised-name``; appended to the base IRI it is the entity's IRI."""
    type: str
    label: str
    """Its most frequent form."""
    aliases: tuple[str, ...]
    """All other forms, most frequent first."""


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention, with the node that it was resolved to."""

    paper: str
    entity: str
    start: int
    end: int
    text: str
    sentence: Span
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """One edge: paper → role → entity, or entity → relation → entity."""

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    """Sorted by paper, then position; never empty."""

    @property
    def score(self) -> float:
        """The score of the best evidence."""
        return max(e.score for e in self.evidence)

    @property
    def papers(self) -> tuple[str, ...]:
        """Node ids of the papers that say so, sorted, each once."""
        return tuple(sorted({e.paper for e in self.evidence}))


@dataclass(frozen=True, slots=True)
class Result:
    """A reported number as an observation; slots hold node ids."""

    id: str
    """Node id, ``result/…``."""
    paper: str
    subject: str | None
    dataset: str | None
    metric: str | None
    value: str
    number: float | None
    """The value as a number where it is one (``7.6`` of ``7.6%``)."""
    unit: str | None
    """``%``, ``x``, ``points`` or None."""
    kind: str
    evidence: Evidence
