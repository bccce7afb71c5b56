"""Compares dataset folders: all bytes, but for when a run was and how long it took."""
import hashlib
import json
import pathlib

VOLATILE = ("run", "timing")


def contents(folder):
    """SHA-256 of every file by its path. Of a provenance, run id, timing and the places of inputs are left out."""
    folder = pathlib.Path(folder)
    digests = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(".lock"):
            continue
        data = path.read_bytes()
        if path.name == "provenance.json":
            provenance = json.loads(data)
            for key in VOLATILE:
                provenance.pop(key)
            for source in provenance["recipe"]["inputs"]:
                source.pop("path")
            data = json.dumps(provenance, sort_keys=True).encode()
        digests[str(path.relative_to(folder))] = hashlib.sha256(data).hexdigest()
    return digests


def differences(one, other):
    """Paths that are missing in one of the two or differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
