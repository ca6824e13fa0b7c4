"""A knowledge graph of machine-learning research, read from abstracts."""

__version__ = "0.1.0"
