"""From what each paper says to one node per real thing and one edge per fact."""

from kg.resolve.clusters import Clusters, cluster
from kg.resolve.papers import merge_papers
from kg.resolve.statements import Resolved, resolve

__all__ = ["Clusters", "Resolved", "cluster", "merge_papers", "resolve"]
