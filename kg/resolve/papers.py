"""One node per paper, however often and wherever it is listed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from networkx.utils import UnionFind

from kg.records import Paper
from kg.resolve.names import normal_form, slug

_ARXIV_MONTH = re.compile(r"(\d\d)(0[1-9]|1[0-2])\.\d{4,5}$")
_WORDS_IN_ID = 8


def merge_papers(papers: Iterable[Paper]) -> list[Paper]:
    """Merge records of the same paper and give each the id of its node.

    Two records are the same paper if they share an arXiv id, a DOI, or a normalised title; with the
    title alone, only if they do not name different arXiv ids or DOIs. Of a merged paper the longest abstract
    is kept (and the title beside it), of each other field the first that is filled; listings and
    sources are kept all.

    Returns
    -------
    Papers in the order of their first record.
    """
    records = list(papers)
    same = UnionFind(range(len(records)))
    first: dict[tuple[str, str], int] = {}
    for i, paper in enumerate(records):
        for key in (("arxiv", paper.arxiv_id), ("doi", paper.doi)):
            if key[1] and (other := first.setdefault((key[0], key[1]), i)) != i:
                same.union(other, i)
    by_title: dict[str, int] = {}
    for i, paper in enumerate(records):
        title = normal_form(paper.title)
        other = by_title.setdefault(title, i) if title else i
        if other != i and not _differ(records[other], paper):
            same.union(other, i)
    groups: dict[int, list[Paper]] = {}
    for i, paper in enumerate(records):
        groups.setdefault(same[i], []).append(paper)
    return [_merge(group) for group in groups.values()]


def _differ(a: Paper, b: Paper) -> bool:
    return bool((a.arxiv_id and b.arxiv_id and a.arxiv_id != b.arxiv_id) or (a.doi and b.doi and a.doi != b.doi))


def _merge(group: list[Paper]) -> Paper:
    best = max(group, key=lambda p: len(p.abstract))  # the first of the longest

    def filled(field: str) -> object:
        return next((v for p in group if (v := getattr(p, field))), getattr(best, field))

    listings = sorted({x for p in group for x in p.listings}, key=lambda x: (x.page, x.position, x.date or ""))
    fields = {f: filled(f) for f in ("authors", "date", "arxiv_id", "doi", "url", "categories")}
    merged = replace(
        best,
        listings=tuple(listings),
        sources=tuple(dict.fromkeys(s for p in group for s in p.sources)),
        **fields,  # type: ignore[arg-type]
    )
    return replace(merged, id=node_id(merged), date=merged.date or _month(merged.arxiv_id))


def node_id(paper: Paper) -> str:
    """The node id of a paper: by its arXiv id, else its DOI, else its title with a digest of title (or text).

    >>> node_id(Paper("x", "A Title", "…", arxiv_id="2506.05904"))
    'paper/arxiv/2506.05904'
    >>> node_id(Paper("x", "FIRST: Faster Reranking!", "…"))
    'paper/title/first-faster-reranking~bb46bd19'
    """
    if paper.arxiv_id:
        return "paper/arxiv/" + slug(paper.arxiv_id)
    if paper.doi:
        return "paper/doi/" + slug(paper.doi)
    name = normal_form(paper.title) or paper.abstract
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    words = re.findall(r"[a-z0-9]+", name)[:_WORDS_IN_ID]
    return f"paper/title/{'-'.join(words)[:60]}~{digest}"


def _month(arxiv_id: str | None) -> str | None:
    """Year and month of submission, which arXiv ids state since April 2007."""
    match = _ARXIV_MONTH.match(arxiv_id or "")
    return f"20{match[1]}-{match[2]}" if match else None
