"""The ``kg`` command: each command is a thin function over the public Python API."""

from kg.cli.main import app, main

__all__ = ["app", "main"]
