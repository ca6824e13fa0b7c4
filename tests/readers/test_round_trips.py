"""Any title and any abstract come out of a file exactly as they went in."""

from __future__ import annotations

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.readers.detect import Format, detect

from .reading import source_of

TEXT = st.text(min_size=1).filter(str.strip)
TABLES = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=6)
Table = list[tuple[str, str]]


def as_json_lines(table: Table) -> bytes:
    return "".join(json.dumps({"title": t, "abstract": a}, ensure_ascii=False) + "\n" for t, a in table).encode()


def as_escaped_json_lines(table: Table) -> bytes:
    return "".join(json.dumps({"abstract": a, "title": t}) + "\r\n" for t, a in table).encode()


def as_json(table: Table) -> bytes:
    return json.dumps([{"title": t, "abstract": a} for t, a in table], ensure_ascii=False, indent=1).encode()


def as_wrapped_json(table: Table) -> bytes:
    return json.dumps({"n": len(table), "papers": [{"title": t, "abstract": a} for t, a in table]}).encode()


def as_csv(table: Table, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("title", "abstract"), *table])
    return out.getvalue().encode()


def as_tsv(table: Table) -> bytes:
    return as_csv(table, "\t")


def as_parquet(table: Table) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": [t for t, _ in table], "abstract": [a for _, a in table]}), out)
    return out.getvalue()


WRITERS = [as_json_lines, as_escaped_json_lines, as_json, as_wrapped_json, as_csv, as_tsv, as_parquet]


@pytest.mark.parametrize("write", WRITERS, ids=lambda w: w.__name__)
@given(table=TABLES)
@settings(deadline=None)
def test_round_trip(write: object, table: Table) -> None:
    if write in (as_csv, as_tsv):  # which Python reads since 3.11 only
        table = [(t.replace("\0", "0"), a.replace("\0", "0")) for t, a in table]
    source = source_of(write(table))  # type: ignore[operator]
    found = detect(source)
    assert isinstance(found, Format), found
    assert [(p.title, p.abstract) for p in found.read(source)] == table
