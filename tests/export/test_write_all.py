"""The folder of a build: every file complete, or everything as it was."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.export import EXPORTERS, write_all
from kg.graph import KnowledgeGraph
from tests.export.export_graphs import graph_around

FILES = [
    "index.html",
    *("graph.ttl", "graph.nq", "graph.jsonld", "graph.graphml", "graph.gexf"),
    *("nodes.csv", "edges.csv", "mentions.csv", "results.csv"),
    *("nodes.parquet", "edges.parquet", "mentions.parquet", "results.parquet"),
]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def largest_file(limit: int) -> Iterator[None]:
    """What a full disk does: writes beyond ``limit`` bytes of a file fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_every_promised_file_is_written(hostile_graph, tmp_path):
    seen: list[str] = []
    written = write_all(hostile_graph, tmp_path / "a" / "b", {"report.json": lambda: b"{}\n"}, seen.append)
    assert [path.name for path in written] == seen == [*FILES, "report.json"]
    assert sorted(content(tmp_path / "a" / "b")) == sorted(seen)
    assert all(path.stat().st_size for path in written)
    assert written[-1].read_bytes() == b"{}\n"


def test_earlier_files_are_replaced_and_others_kept(tmp_path):
    (tmp_path / "graph.ttl").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    write_all(graph_around("T", "S."), tmp_path)
    assert (tmp_path / "graph.ttl").read_bytes().startswith(b"@prefix")
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_another_process_writes_the_same_bytes(gold_graph, tmp_path):
    script = (
        "import sys; from pathlib import Path; from kg.export import write_all;"
        "from tests.conftest import gold_documents, graph_of;"
        "write_all(graph_of(gold_documents('dev')), Path(sys.argv[1]))"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "other")], check=True, env=environment, cwd=root)
    write_all(gold_graph, tmp_path / "this")
    assert content(tmp_path / "this") == content(tmp_path / "other")


def test_each_exporter_is_loaded_only_when_used():
    script = "import sys, kg.export; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    assert not {"pyarrow", "rdflib", "pyvis"} & set(loaded.split())


# When it cannot be written


def failing(folder: Path, **options: object) -> str:
    with pytest.raises(KgError) as caught:
        write_all(graph_around("T", "S."), folder, **options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("mine")
    assert "out: is not a folder" in failing(tmp_path / "out")
    assert "cannot be written" in failing(tmp_path / "out" / "deeper")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_that_cannot_be_made():
    assert failing(Path("/proc/nothing/here")).startswith("/proc/nothing/here: cannot be written (")
    assert "File name too long" in failing(Path("/tmp") / ("x" * 300))  # noqa: S108 - nothing is made


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission(tmp_path):
    tmp_path.chmod(0o500)
    assert "Permission denied" in failing(tmp_path)


def test_a_folder_in_the_way_of_a_file(tmp_path):
    (tmp_path / "graph.nq").mkdir()
    assert "graph.nq: cannot be written" in failing(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_full_disk_leaves_everything_as_it_was(name, gold_graph, monkeypatch, tmp_path):
    """For every exporter: the disk is full within its file."""
    monkeypatch.setattr("kg.export.EXPORTERS", {n: EXPORTERS[n] for n in ("graph.ttl", name)})
    EXPORTERS[name](gold_graph, tmp_path / name)
    room = (tmp_path / name).stat().st_size // 2
    (tmp_path / name).write_text("old")

    def fill(started: str) -> None:
        if started == name:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    with largest_file(resource.getrlimit(resource.RLIMIT_FSIZE)[0]), pytest.raises(KgError) as caught:
        write_all(gold_graph, tmp_path, progress=fill)
    assert str(caught.value).startswith(f"{tmp_path / name}: cannot be written (File too large)")
    assert content(tmp_path) == {name: b"old"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("at", ["index.html", "edges.csv", "report.json"])
def test_what_interrupts_leaves_everything_as_it_was(error, at, tmp_path):
    def interrupt(name: str) -> None:
        if name == at:
            raise error

    out = tmp_path / "new" / "out"
    with pytest.raises(error):
        write_all(graph_around("T", "S."), out, {"report.json": lambda: b"{}"}, interrupt)
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_within_an_exporter_leaves_everything_as_it_was(monkeypatch, tmp_path):
    def statements(*_: object, **__: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(KnowledgeGraph, "statements", statements)
    for name in ("graph.nq", "graph.gexf", "edges.csv", "edges.parquet"):
        monkeypatch.setattr("kg.export.EXPORTERS", {name: EXPORTERS[name]})
        with pytest.raises(KeyboardInterrupt):
            write_all(graph_around("T", "S."), tmp_path)
        assert content(tmp_path) == {}
