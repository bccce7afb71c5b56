"""Asks a server for rows of tables with caveclient's materialize client; see the file tables beside this one.

usage: cave_queries.py DATASET URL TABLE.md

Makes tables, writes rows, edits the graph and freezes versions in between. Then calls every public method of the client, and
compares 500 random queries with pandas over the rows that were written and the roots that the graph has for them.
"""
import datetime
import json
import pathlib
import random
import sys
import time

import numpy as np
import pandas as pd
import requests
from caveclient import CAVEclient
from caveclient.materializationengine import MaterializationClient
from cloudvolume import CloudVolume

from cave_harness import Checks, refused, same, that

TOKEN = "0" * 32
UTC = datetime.timezone.utc
QUERIES = 500
ROWS = 400
TYPES = ["basket", "pyramidal", "it's glia", "Müller"]
check = Checks(materialize=MaterializationClient)


def plain(value):
    """A value as Python has it, so that types of numpy and pandas do not matter."""
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(v) for v in value]
    if value is None or value is pd.NA or value is pd.NaT or isinstance(value, float) and np.isnan(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return round(value, 4) if isinstance(value, float) else value


def rows_of(frame, columns):
    return [[plain(v) for v in row] for row in frame[columns].itertuples(index=False, name=None)]


class Session:
    """The client, and everything that was ever written."""

    def __init__(self, dataset, url):
        dataset = pathlib.Path(dataset).resolve()
        about = json.loads((dataset / "dataset.json").read_text())
        self.name, self.url = about["about"]["name"], url
        self.client = self.connect()
        parts = about["parts"]
        graph = next(name for name in parts if parts[name]["kind"] == "GRAPH")
        supervoxels = json.loads((dataset / parts[graph]["path"] / "graph.json").read_text())["supervoxels"]
        volume = CloudVolume("file://" + str(dataset / parts[supervoxels]["path"]), progress=False, cache=False,
                             fill_missing=True)
        self.voxels = np.asarray(volume[:, :, :])[..., 0]
        self.offset = np.array(volume.voxel_offset)
        self.resolution = [float(r) for r in volume.resolution]
        self.random = random.Random(11)
        run = format(int(time.time()), "x")
        self.synapses, self.cells, self.types = f"synapses_{run}", f"cells_{run}", f"types_{run}"
        self.rows = {self.synapses: [], self.cells: [], self.types: []}
        self.moments = []
        self.versions = []
        self.roots = {}
        self.history()
        self.client = self.connect()
        self.client.materialize.synapse_table = self.synapses
        self.mat = self.client.materialize

    def connect(self):
        return CAVEclient(self.name, server_address=self.url, auth_token=TOKEN, write_server_cache=False)

    # What was written.

    def point(self):
        """A place, most often in a cell."""
        for _ in range(5):
            at = [self.random.randrange(n) for n in self.voxels.shape]
            if self.voxels[tuple(at)]:
                break
        return at, int(self.voxels[tuple(at)])

    def now(self):
        """A moment after all that was done and before all that will be."""
        time.sleep(0.01)
        moment = datetime.datetime.now(UTC)
        time.sleep(0.01)
        return moment

    def write(self, table, count):
        made, sent = [], []
        for _ in range(count):
            row, nested = {}, {}
            for point in {self.synapses: ["pre_pt", "post_pt", "ctr_pt"], self.cells: ["pt"], self.types: []}[table]:
                at, supervoxel = self.point()
                row[point + "_position"] = [int(a + o) for a, o in zip(at, self.offset)]
                nested[point] = {"position": row[point + "_position"]}
                if point != "ctr_pt":
                    row[point + "_supervoxel_id"] = supervoxel
            if table == self.synapses:
                row["size"] = nested["size"] = float(self.random.randrange(20))
            else:
                for column, value in (("cell_type", self.random.choice(TYPES)), ("classification_system", "by eye")):
                    row[column] = nested[column] = value
            if table == self.types:
                row["target_id"] = nested["target_id"] = self.random.choice(self.standing(self.cells))["id"]
            made.append(row)
            sent.append(nested)
        ids = self.client.annotation.post_annotation(table, sent)
        moment = self.now()
        for identity, row in zip(ids, made):
            self.rows[table].append({**row, "id": int(identity), "from": moment, "to": None})

    def standing(self, table):
        return [row for row in self.rows[table] if row["to"] is None]

    def delete(self, table):
        row = self.random.choice(self.standing(table))
        self.client.annotation.delete_annotation(table, [row["id"]])
        row["to"] = self.now()

    def edit(self):
        """Joins or cuts at two points; what the graph refuses, it refuses."""
        graph = self.client.chunkedgraph
        (a, first), (b, second) = self.point(), self.point()
        if first == 0 or second == 0 or first == second:
            return
        roots = graph.get_roots([first, second])
        places = [(np.array(p) + self.offset) * self.resolution for p in (a, b)]
        try:
            if roots[0] != roots[1]:
                graph.do_merge([first, second], places, resolution=(1, 1, 1))
            else:
                graph.execute_split([places[0]], [places[1]], int(roots[0]), source_supervoxels=[first],
                                    sink_supervoxels=[second])
        except (requests.HTTPError, AssertionError):
            pass
        self.now()

    def freeze(self):
        reply = requests.post(f"{self.url}/materialize/api/v2/materialize/run/create_frozen/datastack/{self.name}")
        reply.raise_for_status()
        version = reply.json()["version"]
        moment = datetime.datetime.strptime(version["time_stamp"], "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC)
        self.versions.append((version["version"], moment))
        self.now()

    def history(self):
        for table, schema, reference in ((self.synapses, "synapse", None), (self.cells, "cell_type_local", None),
                                         (self.types, "cell_type_reference", self.cells)):
            self.client.annotation.create_table(table, schema, "made by a check", self.resolution,
                                                reference_table=reference)
        self.write(self.synapses, ROWS)
        self.write(self.cells, 40)
        self.write(self.types, 30)
        for step in range(36):
            self.moments.append(self.now())
            if step in (4, 20):
                self.freeze()
            elif step % 6 == 0:
                self.write(self.synapses, 20)
            elif step % 6 == 1:
                self.write(self.cells, 2)
                self.write(self.types, 2)
            elif step % 6 == 2:
                self.delete(self.synapses)
            elif step == 9:
                self.delete(self.cells)
            else:
                self.edit()
        self.freeze()
        self.moments.append(self.now())

    # What it is at a moment.

    def frame(self, table, rows_at, roots_at=None):
        """The rows of a moment with the roots of it, or of another."""
        roots_at = roots_at or rows_at
        rows = [row for row in self.rows[table] if row["from"] <= rows_at and (row["to"] is None or row["to"] > rows_at)]
        frame = pd.DataFrame(rows).drop(columns=["from", "to"]).sort_values("id").reset_index(drop=True)
        for column in [c for c in frame.columns if c.endswith("_supervoxel_id")]:
            key = (roots_at, column, table, rows_at)
            if key not in self.roots:
                self.roots[key] = self.client.chunkedgraph.get_roots(
                    frame[column].to_numpy(np.uint64), timestamp=roots_at).astype(np.int64)
            roots = self.roots[key].copy()
            roots[frame[column].to_numpy() == 0] = 0
            frame[column.replace("supervoxel", "root")] = roots
        return frame

    def columns(self, frame):
        return list(frame.columns)


# Random queries.

def pick(s, frame, table, allowed, exclude_roots):
    """Filters for the client, and the rows that meet them."""
    arguments = {}
    point = s.random.choice(["pre_pt", "post_pt"]) if table == s.synapses else "pt"
    roots = f"{point}_root_id"
    kept = frame
    for kind in s.random.sample(allowed, s.random.randrange(min(3, len(allowed)) + 1)):
        some = [frame.iloc[s.random.randrange(len(frame))] for _ in range(3)]
        if kind in ("in", "out", "equal") and roots in frame.columns:
            wanted = [int(row[roots]) for row in some if row[roots] != 0]
            if not wanted or kind == "out" and not exclude_roots:
                continue
            if kind == "in":
                arguments["filter_in_dict"] = {roots: wanted}
                kept = kept[kept[roots].isin(wanted)]
            elif kind == "out":
                arguments["filter_out_dict"] = {roots: wanted}
                kept = kept[~kept[roots].isin(wanted)]
            else:
                arguments["filter_equal_dict"] = {roots: wanted[0]}
                kept = kept[kept[roots] == wanted[0]]
        elif kind in ("greater", "less", "greater_equal", "less_equal"):
            column = "size" if table == s.synapses and s.random.random() < 0.5 else "id"
            value = some[0][column].item()
            arguments[f"filter_{kind}_dict"] = {column: value}
            kept = kept[{"greater": kept[column] > value, "less": kept[column] < value,
                         "greater_equal": kept[column] >= value, "less_equal": kept[column] <= value}[kind]]
        elif kind == "spatial" and f"{point}_position" in frame.columns:
            low = [s.random.randrange(int(o), int(o + n - 1)) for o, n in zip(s.offset, s.voxels.shape)]
            high = [s.random.randrange(a + 1, int(o + n)) for a, o, n in zip(low, s.offset, s.voxels.shape)]
            low[2], high[2] = int(s.offset[2]), int(s.offset[2] + s.voxels.shape[2])
            arguments["filter_spatial_dict"] = {f"{point}_position": [low, high]}
            inside = [all(a <= p <= b for a, p, b in zip(low, at, high)) for at in kept[f"{point}_position"]]
            kept = kept[np.array(inside, dtype=bool)]
        elif kind == "regex" and "cell_type" in frame.columns:
            pattern = s.random.choice(["^b", "a", "l$", "'s", "[ü]"])
            arguments["filter_regex_dict"] = {"cell_type": pattern}
            kept = kept[kept["cell_type"].str.contains(pattern, regex=True)]
    return arguments, kept


def scaled(s, frame, desired):
    frame = frame.copy()
    for column in [c for c in frame.columns if c.endswith("_position")]:
        frame[column] = [[p * r / d for p, r, d in zip(at, s.resolution, desired)] for at in frame[column]]
    return frame


def compare(found, expected, what, ordered=True):
    columns = list(expected.columns)
    missing = set(columns) - set(found.columns)
    that(not missing, f"{what}: no columns {missing} among {list(found.columns)}")
    a, b = rows_of(found, columns), rows_of(expected, columns)
    if not ordered:
        a, b = sorted(a, key=str), sorted(b, key=str)
    if a != b:
        odd = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        raise AssertionError(f"{what}: {len(a)} rows in place of {len(b)}; row {odd}: {a[odd:odd + 1]} in place of "
                             f"{b[odd:odd + 1]} of {columns}")
    return len(b)


ALL = ["in", "out", "equal", "greater", "less", "greater_equal", "less_equal", "spatial", "regex"]


def frozen(s):
    version, moment = s.random.choice(s.versions)
    table = s.random.choice([s.synapses, s.cells])
    arguments, expected = pick(s, s.frame(table, moment), table, ALL, True)
    if s.random.random() < 0.3:
        arguments["desired_resolution"] = [1, 1, 1]
        expected = scaled(s, expected, [1, 1, 1])
    if s.random.random() < 0.3:
        arguments["offset"], arguments["limit"] = s.random.randrange(5), s.random.randrange(1, 30)
        expected = expected.iloc[arguments["offset"]:arguments["offset"] + arguments["limit"]]
    found = s.mat.query_table(table, materialization_version=version, log_warning=False, **arguments)
    return compare(found, expected, f"query_table {version} {arguments}")


def referred(s):
    version, moment = s.random.choice(s.versions)
    arguments, kept = pick(s, s.frame(s.types, moment), s.types, ["greater", "less_equal", "regex"], True)
    expected = kept.merge(s.frame(s.cells, moment), left_on="target_id", right_on="id", suffixes=("", "_ref"))
    found = s.mat.query_table(s.types, materialization_version=version, log_warning=False, **arguments)
    return compare(found, expected, f"query_table of a reference {version} {arguments}")


def joined(s):
    version, moment = s.random.choice(s.versions)
    first, kept = pick(s, s.frame(s.synapses, moment), s.synapses, ALL[:8], True)
    second, cells = pick(s, s.frame(s.cells, moment), s.cells, ALL, True)
    expected = kept.merge(cells, left_on="post_pt_root_id", right_on="pt_root_id", suffixes=("", "_cell"))
    filters = {key: {table: part[key] for table, part in ((s.synapses, first), (s.cells, second)) if key in part}
               for key in {**first, **second}}
    found = s.mat.join_query([[s.synapses, "post_pt_root_id"], [s.cells, "pt_root_id"]],
                             suffixes={s.synapses: "", s.cells: "_cell"}, materialization_version=version,
                             log_warning=False, **filters)
    return compare(found, expected, f"join_query {version} {filters}", ordered=False)


def live(s):
    moment = s.random.choice(s.moments)
    table = s.random.choice([s.synapses, s.cells])
    arguments, expected = pick(s, s.frame(table, moment), table, ALL, True)
    if s.random.random() < 0.3:
        arguments["offset"], arguments["limit"] = s.random.randrange(5), s.random.randrange(1, 30)
        expected = expected.iloc[arguments["offset"]:arguments["offset"] + arguments["limit"]]
    filters = {key: {table: value} if key.startswith("filter") else value for key, value in arguments.items()}
    found = s.mat.live_live_query(table, moment, log_warning=False, **filters)
    return compare(found, expected, f"live_live_query {moment} {arguments}")


def live_joined(s):
    moment = s.random.choice(s.moments)
    first, kept = pick(s, s.frame(s.synapses, moment), s.synapses, ALL[:8], True)
    expected = kept.merge(s.frame(s.cells, moment), left_on="pre_pt_root_id", right_on="pt_root_id",
                          suffixes=("", "_cell")).merge(s.frame(s.types, moment), left_on="id_cell",
                                                        right_on="target_id", suffixes=("", "_type"))
    # pandas puts the suffix behind names that two tables have, the server behind those that any two of all have.
    expected = expected.rename(columns={"cell_type": "cell_type_cell",
                                        "classification_system": "classification_system_cell"})
    filters = {key: {s.synapses: value} for key, value in first.items()}
    found = s.mat.live_live_query(
        s.synapses, moment, joins=[[s.cells, "id", s.types, "target_id"],
                                   [s.synapses, "pre_pt_root_id", s.cells, "pt_root_id"]],
        suffixes={s.synapses: "", s.cells: "_cell", s.types: "_type"}, log_warning=False, **filters)
    return compare(found, expected, f"live_live_query of three tables {moment} {filters}", ordered=False)


def followed(s):
    """The client's own live query: the rows of the version before, with roots of the moment."""
    moment = s.random.choice([m for m in s.moments if m > s.versions[0][1]])
    version = max((v for v in s.versions if v[1] <= moment), key=lambda v: v[1])
    table = s.random.choice([s.synapses, s.cells])
    arguments, expected = pick(s, s.frame(table, version[1], moment), table,
                               ["in", "equal", "greater", "less_equal", "spatial", "regex"], False)
    if len(expected) == 0:
        return 0
    found = s.mat.query_table(table, timestamp=moment, log_warning=False, **arguments)
    return compare(found, expected, f"query_table at {moment} {arguments}")


@check("materialize.query_table", "materialize.join_query", "materialize.live_live_query", "materialize.live_query",
       "materialize.map_filters")
def random_queries(s):
    some = {}
    kinds = [frozen, frozen, referred, joined, live, live, live_joined, followed]
    for number in range(QUERIES):
        kind = kinds[number % len(kinds)]
        some[kind.__name__] = some.get(kind.__name__, 0) + (1 if kind(s) else 0)
    that(sum(some.values()) > QUERIES / 2, f"few gave rows: {some}")
    return f"{QUERIES} random queries with pandas; that gave rows: " + ", ".join(f"{k} {n}" for k, n in some.items())


# Each method.

@check("materialize.datastack_name", "materialize.cg_client", "materialize.homepage", "materialize.version",
       "materialize.most_recent_version", "materialize.get_versions", "materialize.get_timestamp",
       "materialize.get_version_metadata", "materialize.get_versions_metadata")
def versions(s):
    numbers = [number for number, _ in s.versions]
    same([v for v in s.mat.get_versions() if v in numbers], numbers, "versions")
    same(int(s.mat.most_recent_version()), numbers[-1], "the last one")
    same(int(s.mat.version), numbers[-1], "the one that is asked")
    same(s.mat.datastack_name, s.name, "datastack")
    that(s.name in s.mat.homepage.data and s.mat.cg_client is s.client.chunkedgraph, "homepage or graph client")
    metadata = {m["version"]: m for m in s.mat.get_versions_metadata()}
    for number, moment in s.versions:
        same(s.mat.get_timestamp(number), moment, "time of a version")
        same(s.mat.get_version_metadata(number)["time_stamp"], moment, "time in its metadata")
        same(metadata[number]["time_stamp"], moment, "time in all metadata")
    return f"{len(numbers)} versions"


@check("materialize.get_tables", "materialize.get_annotation_count", "materialize.get_table_metadata",
       "materialize.get_tables_metadata", "materialize.get_unique_string_values")
def tables(s):
    number, moment = s.versions[-1]
    that({s.synapses, s.cells, s.types} <= set(s.mat.get_tables(version=number)), "tables")
    for table in s.rows:
        same(s.mat.get_annotation_count(table, version=number), len(s.frame(table, moment)), f"rows of {table}")
    metadata = s.mat.get_table_metadata(s.types, version=number)
    same((metadata["schema_type"], metadata["reference_table"], metadata["voxel_resolution"]),
         ("cell_type_reference", s.cells, s.resolution), "metadata")
    that(s.types in {m["table_name"] for m in s.mat.get_tables_metadata()}, "metadata of all")
    same(s.mat.get_unique_string_values(s.cells)["cell_type"],
         sorted({r["cell_type"] for r in s.standing(s.cells)}), "texts")
    return "rows, metadata and texts"


@check("query_table: counts, samples, JSON, totals")
def shapes(s):
    number, moment = s.versions[-1]
    frame = s.frame(s.synapses, moment)
    found = s.mat.query_table(s.synapses, materialization_version=number, get_counts=True)
    same(int(found["count"].iloc[0]), len(frame), "count")
    found = s.mat.query_table(s.synapses, materialization_version=number, random_sample=50)
    same(len(found), 50, "rows of a sample")
    that(set(found["id"]) <= set(frame["id"]), "rows of a sample are rows")
    found = s.mat.query_table(s.synapses, materialization_version=number, return_df=False, limit=3)
    same([row["id"] for row in found], frame["id"].iloc[:3].tolist(), "JSON")
    found = s.mat.query_table(s.synapses, materialization_version=number, select_columns=["id", "post_pt_root_id"])
    same(set(found.columns), {"id", "post_pt_root_id", "post_pt_supervoxel_id"}, "columns")
    same(found.attrs["table_name"], s.synapses, "attributes")
    found = s.mat.query_table(s.synapses, materialization_version=number, desired_resolution=[1, 1, 1])
    same([float(r) for r in found.attrs["dataframe_resolution"]], [1, 1, 1], "resolution of the answer")
    return f"{len(frame)} rows"


@check("materialize.synapse_query")
def synapse(s):
    number, moment = s.versions[-1]
    frame = s.frame(s.synapses, moment)
    for column, argument in (("pre_pt_root_id", "pre_ids"), ("post_pt_root_id", "post_ids")):
        for root in frame[column][frame[column] != 0].unique()[:5].tolist():
            expected = frame[(frame[column] == root) & (frame["pre_pt_root_id"] != frame["post_pt_root_id"])]
            compare(s.mat.synapse_query(**{argument: root}, materialization_version=number), expected, argument)
            compare(s.mat.synapse_query(**{argument: [root]}, materialization_version=number), expected, argument)
    expected = frame[(frame["pre_pt_root_id"] != 0) & (frame["post_pt_root_id"] != 0)]
    compare(s.mat.synapse_query(include_zeros=False, remove_autapses=False, materialization_version=number), expected,
            "without zeros")
    return "partners of ten cells"


@check("materialize.tables")
def manager(s):
    number, moment = s.versions[-1]
    frame = s.frame(s.cells, moment)
    root = int(frame["pt_root_id"][frame["pt_root_id"] != 0].iloc[0])
    found = s.mat.tables[s.cells](pt_root_id=root).query(materialization_version=number)
    compare(found, frame[frame["pt_root_id"] == root], "a table by root")
    found = s.mat.tables[s.cells](cell_type=TYPES[:2]).query(materialization_version=number)
    compare(found, frame[frame["cell_type"].isin(TYPES[:2])], "a table by types")
    last = s.moments[-1]
    now = s.frame(s.cells, last)
    compare(s.mat.tables[s.cells](cell_type=TYPES[2]).live_query(last), now[now["cell_type"] == TYPES[2]], "a live one")
    types = s.frame(s.types, moment)
    expected = types.merge(frame, left_on="target_id", right_on="id", suffixes=("_ref", ""))
    compare(s.mat.tables[s.types]().query(materialization_version=number), expected, "a reference", ordered=False)
    expected = s.frame(s.types, last).merge(now, left_on="target_id", right_on="id", suffixes=("_ref", ""))
    compare(s.mat.tables[s.types]().live_query(last), expected, "a live reference", ordered=False)
    return "by root, by types, live, and of a reference"


@check("materialize.views", "materialize.get_views", "materialize.get_view_metadata", "materialize.get_view_schema",
       "materialize.get_view_schemas", "materialize.query_view")
def views(s):
    same(len(s.mat.views), len(s.mat.get_views()), "views")
    same(set(s.mat.get_view_schemas()), set(s.mat.get_views()), "schemas")
    for method in (s.mat.get_view_metadata, s.mat.get_view_schema, s.mat.query_view):
        refused(404, ["no_such_view"], method, "no_such_view")
    name = f"typed_{s.cells}"
    made = requests.post(f"{s.url}/api/v1/views", json=dict(
        name=name, description="cells that were typed",
        sql=f"SELECT c.id, c.pt_root_id, c.pt_position_x, c.pt_position_y, c.pt_position_z, t.cell_type "
            f"FROM {s.cells} c JOIN {s.types} t ON t.target_id = c.id"))
    same(made.status_code, 200, made.text)
    number, moment = s.versions[-1]
    mat = s.connect().materialize
    told = mat.get_views(number)[name]
    same((told["description"], told["live_compatible"]), ("cells that were typed", True), "what is said of it")
    same(mat.get_view_metadata(name, number), told | {"voxel_resolution": s.resolution}
         if "voxel_resolution" in mat.get_view_metadata(name, number) else told, "the same by its name")
    schema = {"id": "integer", "pt_root_id": "integer", "pt_position": "SpatialPoint", "cell_type": "string"}
    same({k: v["type"] for k, v in mat.get_view_schema(name, number).items()}, schema, "schema")
    columns = ["id", "pt_root_id", "cell_type"]
    expected = s.frame(s.types, moment).merge(s.frame(s.cells, moment), left_on="target_id", right_on="id",
                                              suffixes=("_ref", ""))
    expected["cell_type"] = expected["cell_type_ref"]
    for types in (TYPES, TYPES[:1], TYPES[1:3]):
        wanted = expected[expected["cell_type"].isin(types)]
        for found in (mat.query_view(name, filter_in_dict={"cell_type": types}, materialization_version=number),
                      mat.views[name](cell_type=types).query(materialization_version=number)):
            same(sorted(rows_of(found, columns), key=str), sorted(rows_of(wanted, columns), key=str), f"types {types}")
            same(len(found["pt_position"].iloc[0]) if len(found) else 3, 3, "positions are put together")
    same(int(mat.query_view(name, get_counts=True, materialization_version=number, metadata=False)["count"].iloc[0]),
         len(expected), "count")
    last = s.moments[-1]
    now = s.frame(s.types, last).merge(s.frame(s.cells, last), left_on="target_id", right_on="id")
    # The client's live queries look a table's metadata up, which a view has elsewhere.
    live = requests.post(f"{s.url}/materialize/api/v3/datastack/{s.name}/query?return_pyarrow=False",
                         json=dict(table=name, timestamp=last.isoformat()))
    same(len(live.json()), len(now), "live")
    same(requests.delete(f"{s.url}/api/v1/views/{name}").status_code, 200, "deletion")
    return f"{len(expected)} rows of a join, by type, counted, and live"


@check("materialize.ingest_annotation_table", "materialize.lookup_supervoxel_ids")
def workflows(s):
    that(s.mat.ingest_annotation_table(s.cells)["status"] == "SUCCESS", "ingest")
    that(s.mat.lookup_supervoxel_ids(s.cells, [1])["status"] == "SUCCESS", "lookup")
    return "that they answer"


@check(*[name for name in ("materialize.neuroglancer_segprop_path", "materialize.neuroglancer_segprop_info",
                           "materialize.neuroglancer_annotation_path", "materialize.neuroglancer_annotation_info")
         if hasattr(MaterializationClient, name.split(".")[1])] or ["annotations for Neuroglancer: not in this client"])
def neuroglancer(s):
    if not hasattr(s.mat, "neuroglancer_segprop_info"):
        return "not in this client"
    number, moment = s.versions[-1]
    that(s.mat.neuroglancer_segprop_path(s.cells).startswith("precomputed://"), "path")
    that(s.mat.neuroglancer_annotation_path(s.cells).startswith("precomputed://"), "path")
    inline = s.mat.neuroglancer_segprop_info(s.cells, materialization_version=number)["inline"]
    frame = s.frame(s.cells, moment)
    same(sorted(inline["ids"]), sorted({str(r) for r in frame["pt_root_id"] if r}), "cells")
    same(s.mat.neuroglancer_annotation_info(s.cells)["@type"], "neuroglancer_annotations_v1", "annotations")
    return f"{len(inline['ids'])} cells"


@check("what is refused")
def nonsense(s):
    number, _ = s.versions[-1]
    for arguments, word in (({"filter_equal_dict": {"nothing": 1}}, "nothing"), ({"filter_equal_dict": {"id": 1.5}}, "1.5"),
                            ({"filter_in_dict": {"id": [-1]}}, "-1"),
                            ({"filter_in_dict": {"id": [2 ** 64]}}, "18446744073709551616"),
                            ({"select_columns": ["id; DROP TABLE x"]}, "DROP")):
        refused(400, [word], s.mat.query_table, s.cells, materialization_version=number, **arguments)
    refused(400, ["Some root_ids passed are not valid at the query timestamp: [17]"], s.mat.live_live_query, s.cells,
            s.moments[-1], filter_equal_dict={s.cells: {"pt_root_id": 17}})
    refused(404, ["no_such_table"], s.mat.query_table, "no_such_table", materialization_version=number,
            merge_reference=False)
    found = s.mat.query_table(s.cells, materialization_version=number,
                              filter_in_dict={"id": list(range(3, 1_000_003))}, metadata=False)
    that((found["id"] > 2).all(), "a million ids")
    return "columns, floats, negative and large ids, names with SQL in them, roots that are none"


if __name__ == "__main__":
    check.run(Session(*sys.argv[1:3]), sys.argv[3])
