#!/usr/bin/env python3
"""Checks Zarr and N5 against zarr-python and tensorstore: reads what they write, and lets them read what it writes.

usage: interop/volumes_zarr.py [--keep FOLDER] [--only WORD]

All types, codecs and layouts that either side writes, with offsets, chunks cut at the volume's end and chunks that are
no cubes. Prints a line a check, ends with 'N passed, M failed'; exits with 1 if a check fails.

Makes its own Python environment in interop/.venv if these libraries are not there (needs python3 with venv, and the
network).
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = ("zarr==3.1.6", "numcodecs==0.16.6", "tensorstore==0.1.86", "numpy==2.4.6")
try:
    import numcodecs
    import numpy as np
    import tensorstore
    import zarr
    from zarr.codecs import (BloscCodec, BytesCodec, Crc32cCodec, GzipCodec, ShardingCodec, TransposeCodec, ZstdCodec)
except ImportError:
    venv = HERE / ".venv"
    if pathlib.Path(sys.prefix) == venv:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS],
                       check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    os.execv(str(venv / "bin" / "python"), [str(venv / "bin" / "python"), *sys.argv])

NEUROPIL = HERE.parent / "neuropil"
TYPES = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64")
SIZE = (37, 29, 13)  # x, y, z
CHUNK = (16, 8, 5)
OFFSET = (-5, 3, 10)
VOXEL = (4.0, 4.5, 40.0)  # nanometres
passed = failed = 0


def check(what, good, detail=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok  ' if good else 'FAIL'} {what}{f' ({detail})' if detail and not good else ''}", flush=True)
    return good


def neuropil(*words):
    """Exit code, and what was printed."""
    run = subprocess.run([str(NEUROPIL), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                         cwd=scratch)
    return run.returncode, run.stdout


def voxels(dtype, size=SIZE):
    """Runs of values in x, y, z, with the least and the greatest of the type among them."""
    random = np.random.default_rng(TYPES.index(np.dtype(dtype).name))
    dtype = np.dtype(dtype)
    limits = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype)
    values = np.array([0, 1, 7, limits.max, limits.min, *random.integers(0, 120, 5)], dtype=dtype)
    if dtype.kind == "f":
        values = np.concatenate([values, np.array([0.1, -np.inf], dtype=dtype)])
    array = random.choice(values, size).astype(dtype)
    array[:, ::2] = array[:, :1]  # something to compress
    return array


def same(one, other):
    return one.dtype.newbyteorder("=") == other.dtype.newbyteorder("=") and np.array_equal(one, other)


def back(array):
    """x, y, z as z, y, x and the other way."""
    return np.ascontiguousarray(array.transpose())


# --- what peers write -----------------------------------------------------------------------------

def blosc3(cname, shuffle):
    return BloscCodec(cname=cname, clevel=5, shuffle=shuffle)


# dtype, zarr-python's words
V2 = [
    ("|u1", dict(compressors=None, separator=".")),
    ("|i1", dict(compressors=numcodecs.Blosc("lz4", 5, 2), separator="/")),
    ("<u2", dict(compressors=numcodecs.Blosc("zstd", 5, 2), order="F", separator=".")),
    (">i2", dict(compressors=numcodecs.Blosc("zlib", 5, 1), separator="/")),
    ("<u4", dict(compressors=numcodecs.Blosc("blosclz", 9, 1), separator=".")),
    (">i4", dict(compressors=numcodecs.Blosc("lz4hc", 5, 0), order="F", separator="/")),
    ("<u8", dict(compressors=numcodecs.Zstd(3), separator=".")),
    ("<i8", dict(compressors=numcodecs.GZip(5), separator="/")),
    (">f4", dict(compressors=numcodecs.Zlib(5), separator=".")),
    ("<f8", dict(compressors=numcodecs.LZ4(), order="F", separator="/")),
    ("<u8", dict(compressors=numcodecs.Blosc("lz4", 5, -1), separator="/")),
]
V3 = [
    ("uint8", dict(compressors=None)),
    ("int8", dict(compressors=GzipCodec(level=3), separator=".")),
    ("uint16", dict(compressors=ZstdCodec(level=3, checksum=True), encoding="v2", separator=".")),
    ("int16", dict(compressors=blosc3("lz4", "bitshuffle"), serializer=BytesCodec(endian="big"))),
    ("uint32", dict(compressors=blosc3("zstd", "shuffle"), encoding="v2", separator="/")),
    ("int32", dict(compressors=blosc3("blosclz", "noshuffle"), filters=TransposeCodec(order=(2, 1, 0)))),
    ("uint64", dict(compressors=[blosc3("zlib", "shuffle"), Crc32cCodec()])),
    ("int64", dict(compressors=blosc3("lz4hc", "shuffle"), filters=TransposeCodec(order=(1, 2, 0)))),
    ("float32", dict(compressors=[GzipCodec(level=1), Crc32cCodec()], serializer=BytesCodec(endian="big"))),
    ("float64", dict(compressors=[ZstdCodec(level=-3), GzipCodec(level=1)])),
    ("uint16", dict(shards=True, compressors=ZstdCodec())),
    ("uint64", dict(shards=True, compressors=blosc3("lz4", "shuffle"), index_location="start")),
    ("float32", dict(shards=True, compressors=None, filters=TransposeCodec(order=(2, 0, 1)), encoding="v2")),
]


def zarr_python(folder, version, array, words, fill=0, hole=False):
    """Writes x, y, z as z, y, x; with a hole, the first chunk is left out. Returns what must be read."""
    words = dict(words)
    encoding = {"name": words.pop("encoding", "default" if version == 3 else "v2")}
    encoding["separator"] = words.pop("separator", "/")
    chunks = CHUNK[::-1]
    shards = None
    if words.pop("shards", False):
        shards = {"shape": tuple(2 * n for n in chunks), "index_location": words.pop("index_location", "end")}
    target = zarr.create_array(str(folder), shape=array.shape[::-1], chunks=chunks, shards=shards, dtype=array.dtype,
                               fill_value=fill, chunk_key_encoding=encoding, zarr_format=version, **words)
    if hole:
        expected = array.copy()
        unit = tuple((2 if shards else 1) * n for n in CHUNK)
        target[unit[2]:] = back(array)[unit[2]:]
        target[:unit[2], unit[1]:] = back(array)[:unit[2], unit[1]:]
        expected[:, :unit[1], :unit[2]] = fill
        return expected
    target[:] = back(array)
    return array


# dtype, codecs of a chunk, of a shard's index or None, where it is
TENSORSTORE3 = [
    ("uint32", [{"name": "transpose", "configuration": {"order": [2, 0, 1]}},
                {"name": "bytes", "configuration": {"endian": "big"}},
                {"name": "zstd", "configuration": {"level": 2}}], None),
    ("int16", [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}], "start"),
    ("float64", [{"name": "bytes", "configuration": {"endian": "little"}},
                 {"name": "blosc", "configuration": {"cname": "lz4", "clevel": 5, "shuffle": "shuffle"}}], "end"),
    ("int8", [{"name": "transpose", "configuration": {"order": [1, 0, 2]}}, {"name": "bytes"},
              {"name": "gzip", "configuration": {"level": 6}}], "end"),
]


def tensorstore_zarr3(folder, array, codecs, index):
    chunk, unit = list(CHUNK[::-1]), [2 * n for n in CHUNK[::-1]]
    if index:
        codecs = [{"name": "sharding_indexed", "configuration": {
            "chunk_shape": chunk, "codecs": codecs, "index_location": index,
            "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}}]
    target = tensorstore.open({
        "driver": "zarr3", "kvstore": {"driver": "file", "path": str(folder)},
        "metadata": {"shape": array.shape[::-1], "data_type": array.dtype.name, "codecs": codecs, "chunk_grid": {
            "name": "regular", "configuration": {"chunk_shape": unit if index else chunk}}}}, create=True).result()
    target.write(back(array)).result()


N5_CODECS = [{"type": "raw"}, {"type": "gzip"}, {"type": "gzip", "useZlib": True}, {"type": "zstd", "level": 3},
             {"type": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1},
             {"type": "blosc", "cname": "zstd", "clevel": 5, "shuffle": 2}]


def tensorstore_n5(folder, array, codec, more=None):
    metadata = {"dataType": array.dtype.name, "dimensions": array.shape, "blockSize": CHUNK, "compression": codec,
                "axes": ["x", "y", "z"], "units": ["nm", "nm", "nm"], "resolution": list(VOXEL)}
    target = tensorstore.open({"driver": "n5", "kvstore": {"driver": "file", "path": str(folder)}, "metadata": metadata},
                              create=True).result()
    target.write(array).result()
    if more:
        file = folder / "attributes.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | more))


def tensorstore_zarr2(folder, array):
    target = tensorstore.open({
        "driver": "zarr", "kvstore": {"driver": "file", "path": str(folder)}, "metadata": {
            "shape": array.shape[::-1], "chunks": CHUNK[::-1], "dtype": array.dtype.str, "order": "F",
            "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}, "dimension_separator": "/"}},
        create=True).result()
    target.write(back(array)).result()


def ome(folder, version, arrays, unit, channels=1):
    """An image of OME-Zarr, mips each half as fine as the one before along x and y, of zarr-python's arrays."""
    group = zarr.open_group(str(folder), mode="w", zarr_format=version)
    length = {"nanometer": 1, "micrometer": 1e-3, "angstrom": 10}[unit]
    datasets = []
    for mip, array in enumerate(arrays):
        stack = np.stack([back(array)] * channels)
        for channel in range(channels):
            stack[channel] += np.array(channel, dtype=array.dtype)
        group.create_array(f"s{mip}", shape=stack.shape, chunks=(1, *CHUNK[::-1]), dtype=array.dtype)[:] = stack
        factor = (2 ** mip, 2 ** mip, 1)
        scale = [1.0] + [VOXEL[a] * factor[a] * length for a in (2, 1, 0)]
        translation = [0.0] + [(OFFSET[a] // factor[a] * factor[a] * VOXEL[a] + VOXEL[a] * (factor[a] - 1) / 2) * length
                               for a in (2, 1, 0)]
        datasets.append({"path": f"s{mip}", "coordinateTransformations": [
            {"type": "scale", "scale": scale}, {"type": "translation", "translation": translation}]})
    image = {"axes": [{"name": "c", "type": "channel"}] + [{"name": n, "type": "space", "unit": unit} for n in "zyx"],
             "datasets": datasets, "name": "image"}
    group.attrs.update({"ome": {"version": "0.5", "multiscales": [image]}} if version == 3
                       else {"multiscales": [image | {"version": "0.4"}]})


# --- ours reads -----------------------------------------------------------------------------------

def reads(what, address, expected, *words, corner=None):
    if options.only not in what:
        return
    file = scratch / "cutout.npy"
    for path in (file, scratch / "cutout.npy.provenance.json"):
        path.unlink(missing_ok=True)
    code, text = neuropil("cutout", address, file, *words)
    if check(f"reads {what}", code == 0 and same(np.load(file), expected), text.strip()[-300:]) and corner:
        code, text = neuropil("info", address, "--format", "json", *[w for w in words if w != "--mip"])
        mips = json.loads(text)["mips"] if code == 0 else [{}]
        check(f"reads {what}: where it lies", mips[0].get("from_voxel") == ",".join(map(str, OFFSET))
              and mips[0].get("voxel_size") == "4x4.5x40nm", text[-300:])


def refuses(what, address, words):
    if options.only in what:
        code, text = neuropil("info", address)
        check(f"refuses {what}", code == 1 and all(word in text for word in words), text.strip()[-300:])


def read_all():
    for i, (dtype, words) in enumerate(V2):
        folder = scratch / f"v2-{i}.zarr"
        array = voxels(np.dtype(dtype).newbyteorder("=").name).astype(dtype)
        expected = zarr_python(folder, 2, array, words, fill=7, hole=i % 3 == 2)
        compressor = words["compressors"]
        reads(f"zarr-python, version 2, {dtype}, {compressor}", folder, expected)
    for i, (dtype, words) in enumerate(V3):
        folder = scratch / f"v3-{i}.zarr"
        fill = np.nan if dtype == "float64" else 7
        expected = zarr_python(folder, 3, voxels(dtype), words, fill=fill, hole=i % 3 == 1)
        reads(f"zarr-python, version 3, {dtype}, {', '.join(f'{k}={v}' for k, v in words.items())}", folder, expected)
    for i, (dtype, codecs, index) in enumerate(TENSORSTORE3):
        folder = scratch / f"ts3-{i}.zarr"
        tensorstore_zarr3(folder, voxels(dtype), codecs, index)
        reads(f"tensorstore, version 3, {dtype}, {' '.join(c['name'] for c in codecs)}, shard index at {index}", folder,
              voxels(dtype))
    tensorstore_zarr2(scratch / "ts2.zarr", voxels("uint16"))
    reads("tensorstore, version 2, uint16", scratch / "ts2.zarr", voxels("uint16"))
    for i, dtype in enumerate(TYPES):
        folder, codec = scratch / f"ts-{i}.n5", N5_CODECS[i % len(N5_CODECS)]
        tensorstore_n5(folder, voxels(dtype), codec, {"offset": [o * v for o, v in zip(OFFSET, VOXEL)]})
        reads(f"tensorstore, N5, {dtype}, {codec}", f"n5://{folder}", voxels(dtype),
              corner=True)
    for version, unit in ((2, "micrometer"), (3, "nanometer"), (3, "angstrom")):
        arrays = [voxels("uint16"), voxels("uint16", (19, 15, 13))]
        folder = scratch / f"ome-{version}-{unit}.zarr"
        ome(folder, version, arrays, unit, channels=2)
        reads(f"an image of OME-Zarr in {unit}s, version {version}", folder, arrays[0] + 1, "--channel", 1, corner=True)
        reads(f"its coarser mip, {unit}, version {version}", folder, arrays[1], "--channel", 0, "--mip", 1)
    nested = scratch / "nested.zarr"
    zarr.create_array(str(nested), shape=(16, 16, 16), chunks=(16, 16, 16), dtype="uint8", zarr_format=3,
                      compressors=None, serializer=ShardingCodec(
                          chunk_shape=(8, 8, 8), codecs=[ShardingCodec(chunk_shape=(4, 4, 4))]))
    refuses("shards within shards", nested, ["shards within shards", "zarr.json"])
    zarr.create_array(str(scratch / "delta.zarr"), shape=(16, 16, 16), chunks=(8, 8, 8), dtype="uint8", zarr_format=2,
                      filters=numcodecs.Delta("u1"))
    refuses("filters", scratch / "delta.zarr", ["filters", ".zarray"])
    for kind in ("bzip2", "xz"):
        tensorstore_n5(scratch / f"{kind}.n5", voxels("uint8"), {"type": kind})
        refuses(f"N5 with {kind}", f"n5://{scratch}/{kind}.n5", [kind, "compression", "attributes.json"])


# --- peers read -----------------------------------------------------------------------------------

def by_zarr_python(folder):
    return np.asarray(zarr.open_array(str(folder), mode="r")[:]).transpose()


def by_tensorstore(driver, folder):
    array = tensorstore.open({"driver": driver, "kvstore": {"driver": "file", "path": str(folder)}},
                             read=True).result().read().result()
    return np.asarray(array) if driver == "n5" else np.asarray(array).transpose()


# format, words of convert
WAYS = [("zarr2", "none", False), ("zarr2", "blosc", False), ("zarr2", "zstd", False), ("zarr2", "gzip", False),
        ("zarr3", "none", False), ("zarr3", "blosc", False), ("zarr3", "zstd", False), ("zarr3", "gzip", False),
        ("zarr3", "none", True), ("zarr3", "blosc", True), ("zarr3", "zstd", True), ("zarr3", "gzip", True),
        ("n5", "none", False), ("n5", "blosc", False), ("n5", "zstd", False), ("n5", "gzip", False)]


def write_all():
    sources = {}
    for dtype in TYPES:
        sources[dtype] = scratch / f"source-{dtype}.zarr"
        ome(sources[dtype], 3, [voxels(dtype)], "nanometer")
    # Every type in every format, every way with several types.
    for i, dtype in enumerate(TYPES):
        for kind in ("zarr2", "zarr3", "shards", "n5"):
            ways = [way for way in WAYS if ("shards" if way[2] else way[0]) == kind]
            written(sources[dtype], dtype, *ways[(i + 1) % len(ways)])
    coarser(sources)


def written(source, dtype, kind, compression, sharded):
    what = f"{kind}, {dtype}, {compression}{', sharded' if sharded else ''}"
    if options.only not in what:
        return
    target = scratch / f"ours-{kind}-{dtype}-{compression}{'-shards' if sharded else ''}"
    code, text = neuropil("convert", source, f"{kind}://{target}", "--mips", "none", "--compression", compression,
                          "--chunk", ",".join(map(str, CHUNK)),
                          *(["--shard", ",".join(str(2 * n) for n in CHUNK)] if sharded else []))
    if not check(f"writes {what}", code == 0, text.strip()[-300:]):
        return
    folder = target / ("s0" if kind == "n5" else "0")
    expected = voxels(dtype)
    readers = {"tensorstore": lambda: by_tensorstore({"zarr2": "zarr", "zarr3": "zarr3", "n5": "n5"}[kind], folder)}
    if kind != "n5":
        readers["zarr-python"] = lambda: by_zarr_python(folder)
    for name, read in readers.items():
        try:
            check(f"{name} reads {what}", same(read(), expected))
        except Exception as e:  # whatever a peer throws
            check(f"{name} reads {what}", False, f"{type(e).__name__}: {e}")
    check(f"{what}: where it lies", corner(target, kind) == (VOXEL, OFFSET), str(corner(target, kind)))


def corner(target, kind):
    """Voxel size and offset as the metadata say."""
    if kind == "n5":
        said = json.loads((target / "s0/attributes.json").read_text())
        return tuple(said["resolution"]), tuple(round(o / v) for o, v in zip(said["offset"], said["resolution"]))
    attributes = zarr.open_group(str(target), mode="r").attrs
    image = (attributes["ome"] if kind == "zarr3" else attributes)["multiscales"][0]
    if [axis["name"] for axis in image["axes"]] != ["z", "y", "x"]:
        return image["axes"]
    scale, translation = (t[t["type"]][::-1] for t in image["datasets"][0]["coordinateTransformations"])
    return tuple(scale), tuple(round(t / s) for t, s in zip(translation, scale))


def coarser(sources):
    """Mips are all there, where each of their voxels lies over those that it is made of."""
    for kind in ("zarr2", "zarr3", "n5"):
        what = f"{kind}, all mips"
        if options.only not in what:
            continue
        target = scratch / f"mips-{kind}"
        code, text = neuropil("convert", sources["uint8"], f"{kind}://{target}", "--chunk", ",".join(map(str, CHUNK)))
        check(f"writes {what}", code == 0, text.strip()[-300:])
        if kind == "n5":
            said = json.loads((target / "attributes.json").read_text())
            factors, folders = said["scales"], [f"s{i}" for i in range(len(said["scales"]))]
        else:
            attributes = zarr.open_group(str(target), mode="r").attrs
            image = (attributes["ome"] if kind == "zarr3" else attributes)["multiscales"][0]
            folders = [d["path"] for d in image["datasets"]]
            steps = [[t[t["type"]][::-1] for t in d["coordinateTransformations"]] for d in image["datasets"]]
            factors = [[s / v for s, v in zip(scale, VOXEL)] for scale, _ in steps]
            corners = [[t - (s - v) / 2 for t, s, v in zip(translation, scale, VOXEL)] for scale, translation in steps]
            check(f"{what}: all begin at the same corner, but for what is left of a voxel",
                  all(-s < c - f <= 0 for (scale, _), mine in zip(steps, corners)
                      for s, c, f in zip(scale, mine, corners[0])), str(corners))
        check(f"{what}: there are several", len(folders) > 1)
        for folder, factor in zip(folders, factors):
            peer = by_tensorstore({"zarr2": "zarr", "zarr3": "zarr3", "n5": "n5"}[kind], target / folder)
            size = tuple(int(-(-(o + s) // f) - o // f) for o, s, f in zip(OFFSET, SIZE, factor))
            check(f"{what}: {folder} is {'x'.join(map(str, size))}", peer.shape == size, str(peer.shape))


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--keep", type=pathlib.Path, help="a new folder for what is written, which is then kept")
parser.add_argument("--only", default="", help="checks with this word in their names")
options = parser.parse_args()
with tempfile.TemporaryDirectory() as temporary:
    if options.keep:
        options.keep.mkdir(parents=True)
    scratch = (options.keep or pathlib.Path(temporary)).resolve()
    read_all()
    write_all()
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
