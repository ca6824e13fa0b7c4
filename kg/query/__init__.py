"""Answers SPARQL queries over a graph."""

from kg.query.answer import GRAPH_FORMATS, RESULT_FORMATS, Answer, Value
from kg.query.named import NamedQuery, named_queries
from kg.query.store import Store

__all__ = ["GRAPH_FORMATS", "RESULT_FORMATS", "Answer", "NamedQuery", "Store", "Value", "named_queries"]
