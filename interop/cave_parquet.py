"""Reads versions as they lie in the dataset, with pandas, pyarrow and DuckDB; see docs/tables.md.

usage: cave_parquet.py DATASET URL TABLE.md

Makes a table with absent values and a version, then compares each copy of each table that is whole in its version with what the server answers for it: rows, types, what is
absent, and that ids are 64-bit integers. The answers are read as JSON, Arrow, Parquet and CSV.
"""
import io
import json
import pathlib
import sys
import time

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset
import pyarrow.ipc
import pyarrow.parquet
import requests
from caveclient import CAVEclient

from cave_harness import Checks, same, that

TYPES = {"id": pa.int64(), "int64": pa.int64(), "int32": pa.int32(), "float32": pa.float32(), "float64": pa.float64(),
         "boolean": pa.bool_(), "text": pa.string(), "timestamp": pa.timestamp("us")}
DUCK = {"id": "BIGINT", "int64": "BIGINT", "int32": "INTEGER", "float32": "FLOAT", "float64": "DOUBLE",
        "boolean": "BOOLEAN", "text": "VARCHAR", "timestamp": "TIMESTAMP"}
check = Checks()


def plain(value, kind):
    """A value as the JSON of the server has it."""
    if value is None or value is pd.NaT or value is pd.NA or isinstance(value, float) and np.isnan(value):
        return None
    if kind == "id":
        same(isinstance(value, (int, np.integer)), True, "an id is a whole number")
        return str(int(value))
    if kind == "timestamp":
        moment = pd.Timestamp(value)
        return moment.tz_localize("UTC") if moment.tzinfo is None else moment.tz_convert("UTC")
    return round(float(value), 4) if kind in ("float32", "float64") else value


def told(value, kind):
    """A value of that JSON."""
    if value is None:
        return None
    if kind == "timestamp":
        return pd.Timestamp(value)
    return round(float(value), 4) if kind in ("float32", "float64") else value


class Table:
    """A table of a version: its files, and what the server says of it."""

    def __init__(self, dataset, url, version, name, about):
        self.name = f"{name}@{version}"
        folder = dataset / about["base"]
        manifest = json.loads((folder / "table.json").read_text())
        self.copies = [[folder / file["path"] for file in copy["files"]] for copy in manifest["copies"]]
        self.rows = about["rows"]
        self.url = f"{url}/api/v1/query"
        self.question = {"table": name, "at": str(version), "order_by": ["id"]}
        reply = requests.post(self.url, json=self.question)
        reply.raise_for_status()
        answer = reply.json()
        same(answer["total"], self.rows, f"rows of {self.name}")
        self.columns = [(column["name"], column["type"]) for column in answer["columns"]]
        self.expected = [[told(row[name], kind) for name, kind in self.columns] for row in answer["rows"]]

    def compare(self, rows, what):
        """Rows in order of their ids."""
        found = [[plain(value, kind) for value, (_, kind) in zip(row, self.columns)] for row in rows]
        if found != self.expected:
            odd = next((i for i, (a, b) in enumerate(zip(found, self.expected)) if a != b), -1)
            raise AssertionError(f"{what} of {self.name}: {len(found)} rows in place of {len(self.expected)}; row {odd}: "
                                 f"{found[odd:odd + 1]} in place of {self.expected[odd:odd + 1]}")
        return len(found)

    def answered(self, form):
        reply = requests.post(self.url, params={"format": form}, json=self.question)
        reply.raise_for_status()
        return io.BytesIO(reply.content)


class Session:
    def __init__(self, dataset, url):
        dataset = pathlib.Path(dataset)
        self.make(json.loads((dataset / "dataset.json").read_text())["about"]["name"], url)
        self.tables = []
        for file in sorted(dataset.glob("versions/*/version.json")):
            version = json.loads(file.read_text())
            for name, about in version["tables"].items():
                if not about.get("changes") and (dataset / about["base"]).is_dir():
                    self.tables.append(Table(dataset, url, version["number"], name, about))
        for kind in ("float32", "id", "int32", "text", "timestamp"):
            that(any(row[i] is not None for table in self.tables for row in table.expected
                     for i, (_, type_) in enumerate(table.columns) if type_ == kind), f"there is a {kind}")
        that(any(None in row for table in self.tables for row in table.expected), "something is absent")

    def make(self, name, url):
        """Rows of which some have no volume and no box."""
        client = CAVEclient(name, server_address=url, auth_token="0" * 32, write_server_cache=False)
        table = "absent_" + format(int(time.time()), "x")
        client.annotation.create_table(table, "nucleus_detection", "made by a check", [8, 8, 40])
        client.annotation.post_annotation(table, [
            {"id": 2**53 + 1 + i, "pt": {"position": [i, 2, 3]}, "volume": i + 0.5 if i % 3 else None,
             **({"bb_start": {"position": [i, 1, 2]}} if i % 2 else {})} for i in range(20)])
        requests.post(f"{url}/materialize/api/v2/materialize/run/create_frozen/datastack/{name}").raise_for_status()

    def each(self, read):
        rows = sum(read(table) for table in self.tables)
        return f"{rows:,} rows of {len(self.tables)} tables in their versions"


@check("pyarrow")
def with_pyarrow(s):
    def read(table):
        count = 0
        for files in table.copies:
            found = pa.dataset.dataset(files, format="parquet").to_table()
            same([(field.name, field.type) for field in found.schema],
                 [(name, TYPES[kind]) for name, kind in table.columns], f"columns of {table.name}")
            found = found.sort_by("id")
            count += table.compare(zip(*(column.to_pylist() for column in found.columns)) if table.rows else [],
                                   "pyarrow")
        return count
    return s.each(read)


@check("pandas")
def with_pandas(s):
    def read(table):
        count = 0
        for files in table.copies:
            # Its own types would make floats of ids where some are absent.
            found = pd.read_parquet(files[0].parent, dtype_backend="numpy_nullable").sort_values("id")
            for name, kind in table.columns:
                if kind == "id":
                    same(str(found[name].dtype), "Int64", f"{name} of {table.name}")
                    if not found[name].isna().any():
                        same(pd.read_parquet(files[0].parent, columns=[name])[name].dtype, np.dtype("int64"), name)
            count += table.compare(found.itertuples(index=False, name=None), "pandas")
        return count
    return s.each(read)


@check("duckdb")
def with_duckdb(s):
    def read(table):
        count = 0
        for files in table.copies:
            relation = duckdb.sql(f"FROM read_parquet('{files[0].parent}/*.parquet') ORDER BY id")
            same(list(zip(relation.columns, map(str, relation.types))),
                 [(name, DUCK[kind]) for name, kind in table.columns], f"columns of {table.name}")
            count += table.compare(relation.fetchall(), "DuckDB")
        return count
    return s.each(read)


@check("the server's Arrow, Parquet and CSV")
def answers(s):
    def read(table):
        with pa.ipc.open_stream(table.answered("arrow")) as stream:
            arrow = stream.read_all()
        table.compare(zip(*(column.to_pylist() for column in arrow.columns)) if table.rows else [], "Arrow")
        parquet = pa.parquet.read_table(table.answered("parquet"))
        same([(field.name, field.type) for field in parquet.schema],
             [(name, TYPES[kind]) for name, kind in table.columns], f"columns of {table.name}")
        table.compare(zip(*(column.to_pylist() for column in parquet.columns)) if table.rows else [], "Parquet")
        csv = pd.read_csv(table.answered("csv"), dtype_backend="numpy_nullable",
                          dtype={name: "Int64" for name, kind in table.columns if kind == "id"},
                          keep_default_na=False, na_values=[""])
        same(list(csv.columns), [name for name, _ in table.columns], "columns of CSV")
        same(len(csv), table.rows, "rows of CSV")
        for name, kind in table.columns:
            if kind == "id":
                same([plain(value, kind) for value in csv[name]],
                     [row[list(csv.columns).index(name)] for row in table.expected], f"{name} of CSV")
        return table.rows
    return s.each(read)


if __name__ == "__main__":
    check.run(Session(sys.argv[1], sys.argv[2].rstrip("/")), sys.argv[3])
