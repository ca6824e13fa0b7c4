from __future__ import annotations

import pytest

from kg.graph import KnowledgeGraph
from tests.export.export_graphs import HOSTILE, graph_around


@pytest.fixture
def hostile_graph() -> KnowledgeGraph:
    return graph_around(HOSTILE, f"A sentence: {HOSTILE}")
