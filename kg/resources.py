"""Where the files that travel with the package lie, installed or in a clone."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent

ONTOLOGY = PACKAGE / "ontology" if (PACKAGE / "ontology").is_dir() else PACKAGE.parent / "ontology"
"""Folder of the ontology, its context and the named queries: in the wheel a part of the package,
in a clone a folder beside it."""

SAMPLE = PACKAGE / "data" / "sample"
"""Five saved pages of trending papers."""
