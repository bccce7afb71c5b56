"""Compares dataset folders: all bytes, but for when a run was and how long it took.

The files of a graph's database are left out: RocksDB numbers them and notes times in them. GraphIngestTest compares its
rows. Of graph.json the moment of ingest is left out, which is when the run was.
"""
import hashlib
import json
import pathlib

VOLATILE = ("run", "timing")
ROWS = "rocksdb"


def contents(folder):
    """SHA-256 of every file by its path. Of a provenance, run id, timing and the places of inputs are left out."""
    folder = pathlib.Path(folder)
    digests = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(".lock") or path.parent.name == ROWS:
            continue
        data = path.read_bytes()
        if path.name == "provenance.json":
            provenance = json.loads(data)
            for key in VOLATILE:
                provenance.pop(key)
            for source in provenance["recipe"]["inputs"]:
                source.pop("path")
            data = json.dumps(provenance, sort_keys=True).encode()
        if path.name == "graph.json":
            graph = json.loads(data)
            graph["info"].pop("ingested")
            data = json.dumps(graph, sort_keys=True).encode()
        digests[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return digests


def differences(one, other):
    """Paths that are missing in one of the two or differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
