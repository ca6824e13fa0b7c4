"""Where the entities lie in the plane, and which of them a first view shows.

The opening part (a few hundred entities) is laid out by forces, everything else is set around it,
each entity as near as there is room to what it is tied to. So the whole graph has one fixed map:
what a reader opens later appears in its place, and nothing moves. Units are pixels at zoom 1.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.graph import KnowledgeGraph

Point = tuple[int, int]

OPENING = 260
"""Entities of the opening view: with more, labels at full zoom-out cover less than half of them."""
CROWDED = 80
"""A paper with more entities than this (a list, not an abstract) ties none of them by being their paper."""
SPACING = 92.0
"""Wanted distance of neighbours in the opening view."""
GAP = 20.0
"""Least free space between two nodes of the opening view, and between all others a quarter of it."""
CELL = 30.0
"""Grain of the grid on which free room is looked for."""
BLOCK = 3
"""Side of the squares, in cells, that remember how far around them the ground is full."""
TURN = 0.62
"""Tightness of the spiral on which free room is looked for: below 0.7 it misses few cells."""
STRETCH = 1.15
"""Screens are wider than high, and so are labels."""
GOLDEN_RATIO = (math.sqrt(5) - 1) / 2
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def radius(papers: int) -> int:
    """Radius of a node, in pixels at zoom 1: its area grows with the number of papers."""
    return round(min(34.0, 4 + 4.2 * math.sqrt(max(papers, 1))))


def ties(graph: KnowledgeGraph) -> nx.Graph:
    """How strongly entities belong together.

    Returns
    -------
    graph with every entity as a node and an edge where a relation is stated (each paper that
    states one weighs 2) or at least two papers speak of both (each after the first weighs 1).
    """
    tied = nx.Graph()
    tied.add_nodes_from(e.id for e in graph.entities())
    weights: Counter[tuple[str, str]] = Counter()
    entities_of: dict[str, set[str]] = defaultdict(set)
    for s in graph.statements():
        if s.subject not in tied:
            entities_of[s.subject].add(s.object)
        elif s.subject != s.object:
            weights[min(s.subject, s.object), max(s.subject, s.object)] += 2 * len(s.papers)
    together: Counter[tuple[str, str]] = Counter()
    for members in entities_of.values():
        shared = [e for e in members if len(graph.papers_of(e)) > 1]
        if len(shared) <= CROWDED:
            together.update(combinations(sorted(shared), 2))
    for pair, papers in together.items():
        if papers > 1:
            weights[pair] += papers - 1
    tied.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(weights.items()))
    return tied


def opening(graph: KnowledgeGraph, tied: nx.Graph, limit: int = OPENING) -> list[str]:
    """The entities that matter most and hang together.

    Grown from the entity with most papers, adding each time the most frequent one that is tied to
    those chosen; a further part is begun only when the first is complete.

    Parameters
    ----------
    graph : the knowledge graph.
    tied : its :func:`ties`.
    limit : how many at most.

    Returns
    -------
    Node ids, in the order chosen.
    """
    strength = dict(tied.degree(weight="weight"))

    def rank(node: str) -> tuple[int, float, str]:
        return (-len(graph.papers_of(node)), -strength[node], node)

    chosen: dict[str, None] = {}
    reached: set[str] = set()
    for start in sorted(tied, key=lambda n: (strength[n] == 0, rank(n))):
        front = [] if start in reached else [(rank(start), start)]
        reached.add(start)
        while front and len(chosen) < limit:
            _, node = heapq.heappop(front)
            chosen[node] = None
            for other in tied.adj[node].keys() - reached:
                reached.add(other)
                heapq.heappush(front, (rank(other), other))
    return list(chosen)


def positions(graph: KnowledgeGraph, tied: nx.Graph, first: Sequence[str]) -> dict[str, Point]:
    """Place every entity.

    Parameters
    ----------
    graph : the knowledge graph.
    tied : its :func:`ties`.
    first : node ids of the :func:`opening` view.

    Returns
    -------
    Node id to (x, y), whole pixels, centred on the origin. No two nodes of the opening view overlap.
    """
    radii = {e.id: radius(len(graph.papers_of(e.id))) for e in graph.entities()}
    placed = _by_forces(tied, radii, first)
    ground = _Ground()
    for node, at in placed.items():
        ground.occupy(at, radii[node] + GAP / 2)
    anchors = _Anchors(graph, tied, placed)
    order = sorted(radii.keys() - placed.keys(), key=lambda n: (-radii[n], -tied.degree(n), n))
    waiting: list[str] = []  # for what they are tied to, which comes later in this order
    for node in order:
        near = anchors.of(node)
        if near is None:
            waiting.append(node)
        else:
            placed[node] = ground.nearest(near, radii[node] + GAP / 8)
    reach = max((math.hypot(*p) for p in placed.values()), default=0.0)
    for node in waiting:
        near = anchors.of(node) or anchors.outside(node, reach)
        placed[node] = ground.nearest(near, radii[node] + GAP / 8)
    return {node: (round(x), round(y)) for node, (x, y) in sorted(placed.items())}


def _by_forces(tied: nx.Graph, size: Mapping[str, int], nodes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """ForceAtlas2 (Jacomy et al. 2014, PLOS ONE 9(6)), spread evenly over an ellipse, then pushed clear."""
    if len(nodes) < 2:
        return dict.fromkeys(nodes, (0.0, 0.0))
    row = {n: i for i, n in enumerate(nodes)}
    graph = nx.Graph()  # in a given order: the sums of forces depend on it
    graph.add_nodes_from(nodes)
    pairs = sorted((*sorted((row[a], row[b])), w) for a, b, w in tied.subgraph(nodes).edges(data="weight"))
    graph.add_weighted_edges_from((nodes[i], nodes[j], math.log2(1 + w)) for i, j, w in pairs)
    found = nx.forceatlas2_layout(graph, max_iter=260, scaling_ratio=4.0, gravity=1.4, weight="weight", seed=7)
    at = _spread(np.array([found[n] for n in nodes]))
    at = _apart(at, np.array([size[n] for n in nodes], dtype=float))
    at -= (at.min(axis=0) + at.max(axis=0)) / 2
    return {n: (float(x), float(y)) for n, (x, y) in zip(nodes, at, strict=True)}


def _spread(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fill an ellipse evenly: forces crowd the centre and throw leaves far out.

    Directions from the centre and the order of the distances stay; each point has ``SPACING`` squared of room.
    """
    at = at - at.mean(axis=0)
    distance = np.maximum(np.linalg.norm(at, axis=1), 1e-9)
    rank = np.empty(len(at))
    rank[np.argsort(distance, kind="stable")] = np.arange(len(at))
    at = at * (SPACING * np.sqrt((rank + 0.5) / math.pi) / distance)[:, None]
    at[:, 0] *= STRETCH
    return at


def _apart(at: NDArray[np.float64], radii: NDArray[np.float64], rounds: int = 200) -> NDArray[np.float64]:
    """Push overlapping nodes from each other, each half the way, until none overlaps."""
    wanted = radii[:, None] + radii[None] + GAP
    np.fill_diagonal(wanted, 0)
    for _ in range(rounds):
        diff = at[:, None] - at[None]
        distance = np.maximum(np.linalg.norm(diff, axis=-1), 1e-6)
        lack = np.maximum(wanted - distance, 0)
        if not lack.any():
            break
        at = at + (diff / distance[..., None] * (lack * 0.5)[..., None]).sum(axis=1) * 0.9
    return at


class _Anchors:
    """Where an entity would lie if there were room: between what it is tied to, else among its paper's own."""

    def __init__(self, graph: KnowledgeGraph, tied: nx.Graph, placed: Mapping[str, tuple[float, float]]) -> None:
        self._graph, self._tied, self._placed = graph, tied, placed
        self._papers: dict[str, list[str]] = defaultdict(list)
        for e in graph.entities():
            for paper in graph.papers_of(e.id):
                self._papers[paper].append(e.id)
        self._outer: dict[str, tuple[float, float]] = {}

    def of(self, node: str) -> tuple[float, float] | None:
        tied = [(n, float(e["weight"])) for n, e in self._tied.adj[node].items() if n in self._placed]
        if not tied:
            # What few papers speak of says more of where a paper belongs than what all do
            mates = {m for p in self._graph.papers_of(node) for m in self._papers[p] if m in self._placed}
            tied = [(m, 1 / len(self._graph.papers_of(m)) ** 2) for m in sorted(mates)]
        return self._mean(tied) if tied else None

    def outside(self, node: str, reach: float) -> tuple[float, float]:
        """A place beyond ``reach`` for an entity that nothing ties to the rest, shared by its first paper."""
        key = next(iter(self._graph.papers_of(node)), node)
        if key not in self._outer:
            k = len(self._outer)
            far = reach + 3 * CELL + 2.5 * CELL * math.sqrt(k)
            self._outer[key] = (far * math.cos(k * GOLDEN_ANGLE), far * math.sin(k * GOLDEN_ANGLE))
        return self._outer[key]

    def _mean(self, weighted: Iterable[tuple[str, float]]) -> tuple[float, float]:
        x = y = total = 0.0
        for node, weight in weighted:
            at = self._placed[node]
            x, y, total = x + weight * at[0], y + weight * at[1], total + weight
        return x / total, y / total


class _Ground:
    """Which cells of the plane are taken."""

    def __init__(self) -> None:
        self._taken: set[tuple[int, int]] = set()
        self._tried: Counter[tuple[int, int]] = Counter()

    def occupy(self, at: tuple[float, float], reach: float) -> None:
        """Take every cell whose centre lies within ``reach`` of a point, and the point's own."""
        own, span = self._cell(at), math.ceil(reach / CELL)
        self._taken.add(own)
        for i in range(own[0] - span, own[0] + span + 1):
            for j in range(own[1] - span, own[1] + span + 1):
                if math.hypot((i + 0.5) * CELL - at[0], (j + 0.5) * CELL - at[1]) <= reach + CELL / 2:
                    self._taken.add((i, j))

    def nearest(self, at: tuple[float, float], reach: float) -> tuple[float, float]:
        """A free place on a sunflower spiral around a point, which is then taken."""
        own = self._cell(at)
        start = (own[0] // BLOCK, own[1] // BLOCK)
        k = self._tried[start]  # no cell within the earlier turns around any point of this block is free
        while True:
            k += 1
            far = TURN * CELL * math.sqrt(k)
            spot = (at[0] + far * math.cos(k * GOLDEN_ANGLE), at[1] + far * math.sin(k * GOLDEN_ANGLE))
            cell = self._cell(spot)
            if cell not in self._taken:
                break
        full = int(max(0.0, math.sqrt(k) - math.sqrt(2) * BLOCK / TURN) ** 2)
        self._tried[start] = max(self._tried[start], full)
        self.occupy(((cell[0] + 0.5) * CELL, (cell[1] + 0.5) * CELL), reach - CELL / 2)
        # Off the middle of the cell, so that a crowd does not look like a grid
        sway = (0.5 + 0.4 * (k * GOLDEN_RATIO % 1 - 0.5), 0.5 + 0.4 * (k * math.sqrt(2) % 1 - 0.5))
        return (cell[0] + sway[0]) * CELL, (cell[1] + sway[1]) * CELL

    @staticmethod
    def _cell(at: tuple[float, float]) -> tuple[int, int]:
        return math.floor(at[0] / CELL), math.floor(at[1] / CELL)
