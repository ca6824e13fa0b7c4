"""Tables: CSV to read and to open in a spreadsheet, Parquet to get the graph back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings

from kg.errors import KgError
from kg.export import delimited, parquet
from kg.export.characters import utf8_text, xml_text
from kg.export.delimited import guard, unguard
from kg.export.tables import TABLES
from kg.graph import KnowledgeGraph
from tests.export.export_graphs import any_text, graph_around

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write_parquet(graph: KnowledgeGraph, folder: Path) -> None:
    for name in TABLES:
        parquet.write(graph, folder / f"{name}.parquet")


def read_csv(graph: KnowledgeGraph, folder: Path, name: str) -> list[dict[str, str]]:
    delimited.write(graph, folder / f"{name}.csv")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(graph: KnowledgeGraph) -> tuple[object, ...]:
    lists = (graph.papers(), graph.entities(), graph.mentions(), graph.statements(), graph.results())
    return (*(list(found) for found in lists), graph.base_iri, graph.generator)


# Parquet


def test_parquet_gives_the_graph_back(gold_graph, tmp_path):
    write_parquet(gold_graph, tmp_path)
    assert records(parquet.read(tmp_path)) == records(gold_graph)


def test_parquet_gives_an_empty_graph_back(tmp_path):
    write_parquet(KnowledgeGraph(base_iri="http://x.org/", generator="kg 1"), tmp_path)
    assert records(parquet.read(tmp_path)) == ([], [], [], [], [], "http://x.org/", "kg 1")


@given(label=any_text, sentence=any_text)
@quick
def test_any_text_survives_in_parquet(label, sentence, tmp_path):
    write_parquet(graph_around(label, sentence), tmp_path)
    expected = graph_around(utf8_text(label), utf8_text(sentence))
    assert records(parquet.read(tmp_path)) == records(expected)


def test_only_lone_surrogates_are_lost():
    assert utf8_text("a\x00\ufffe\U0001f600\ud800b") == "a\x00\ufffe\U0001f600\ufffdb"


def test_parquet_holds_lists_and_structures(tmp_path):
    write_parquet(graph_around("T", "S."), tmp_path)
    [row] = pq.read_table(tmp_path / "nodes.parquet", filters=[("id", "==", "model/gpt-4")]).to_pylist()
    assert (row["label"], row["aliases"], row["papers"]) == ("T", ["Ts", "GPT-4"], 2)
    edges = pq.read_table(tmp_path / "edges.parquet").to_pylist()
    assert edges[0]["evidence"][0]["marks"] == [{"start": 2, "end": 3}]


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(name, tmp_path):
    write_parquet(graph_around("T", "S."), tmp_path)
    (tmp_path / f"{name}.parquet").unlink()
    with pytest.raises(KgError, match=rf"holds no graph.*{name}\.parquet is missing"):
        parquet.read(tmp_path)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kept", [0, 4, 0.5, 0.99])
def test_a_damaged_table_is_named(name, kept, tmp_path):
    write_parquet(graph_around("T", "S."), tmp_path)
    path = tmp_path / f"{name}.parquet"
    data = path.read_bytes()
    path.write_bytes(data[: int(kept if kept > 1 else kept * len(data))])
    with pytest.raises(KgError, match=rf"{name}\.parquet: the graph file is damaged") as caught:
        parquet.read(tmp_path)
    assert "\n" not in str(caught.value)


def test_flipped_bytes_are_noticed_or_harmless(tmp_path):
    write_parquet(graph_around("A longer title to damage", "A sentence."), tmp_path)
    path = tmp_path / "nodes.parquet"
    data = path.read_bytes()
    for at in range(0, len(data), 97):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            parquet.read(tmp_path)
        except KgError as e:
            assert "damaged" in str(e)


def test_another_programs_table_is_no_graph(tmp_path):
    write_parquet(graph_around("T", "S."), tmp_path)
    pq.write_table(pyarrow.table({"id": ["x"]}), tmp_path / "nodes.parquet")
    with pytest.raises(KgError, match="its columns are not those"):
        parquet.read(tmp_path)


# CSV


@pytest.mark.parametrize("name", TABLES)
def test_csv_has_the_columns_and_rows_of_the_table(name, gold_graph, tmp_path):
    schema, rows = TABLES[name]
    found = read_csv(gold_graph, tmp_path, name)
    assert list(found[0]) == schema.names
    assert len(found) == len(list(rows(gold_graph)))


@pytest.mark.parametrize("name", TABLES)
def test_other_programs_read_the_csv(name, hostile_graph, tmp_path):
    found = read_csv(hostile_graph, tmp_path, name)
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    table = pyarrow.csv.read_csv(tmp_path / f"{name}.csv", parse_options=options)
    assert table.num_rows == len(found)


@given(label=any_text, sentence=any_text)
@quick
def test_any_text_survives_in_csv(label, sentence, tmp_path):
    graph = graph_around(label, sentence)
    [node] = [row for row in read_csv(graph, tmp_path, "nodes") if row["id"] == "model/gpt-4"]
    assert unguard(node["label"]) == xml_text(label)
    assert json.loads(node["aliases"]) == [xml_text(f"{label}s"), "GPT-4"]
    edge = read_csv(graph, tmp_path, "edges")[0]
    assert unguard(edge["quote"]) == xml_text(sentence)


@given(text=any_text)
def test_a_guarded_cell_is_no_formula_and_can_be_undone(text):
    cell = guard(text)
    assert cell[0] not in "=+-@\t\r\n＝＋－＠"
    assert unguard(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_formulas_from_papers_are_guarded(text, tmp_path):
    graph = graph_around(text, text)
    cells = [cell for name in TABLES for row in read_csv(graph, tmp_path, name) for cell in row.values()]
    assert f"'{text}" in cells
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r＝"))]


def test_numbers_and_empty_cells(tmp_path):
    graph = graph_around("T", "S.")
    first, second = read_csv(graph, tmp_path, "results")
    assert (first["value"], first["number"], first["unit"], first["dataset"]) == ("7.6%", "7.6", "%", "")
    assert (second["number"], second["subject"]) == ("", "")
    introduces = read_csv(graph, tmp_path, "edges")[2]
    assert introduces["score"] == "0.93"
    assert json.loads(introduces["evidence"]) == [
        {"paper": "paper/arxiv/2506.05904", "start": 2, "end": 4, "marks": [{"start": 2, "end": 3}], "score": 0.93}
    ]


def test_rows_end_as_rfc_4180_says(tmp_path):
    delimited.write(graph_around("T", "S."), tmp_path / "nodes.csv")
    data = (tmp_path / "nodes.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 6
