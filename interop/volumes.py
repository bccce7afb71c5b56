"""The Python side of interop/volumes; see there."""
import concurrent.futures
import functools
import gzip
import http.server
import itertools
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import crackle
import numpy as np
import tensorstore
import zarr
from cloudvolume import CloudVolume

HERE = pathlib.Path(__file__).resolve().parent
NEUROPIL = HERE.parent / "neuropil"
LABELS = HERE.parent.parent / "shared" / "data" / "pinky-segmentation" / "labels_xyz_512.npy.gz"
SIZE, OFFSET, CHUNK = (75, 50, 37), (13, 7, 29), (32, 16, 8)
VOXEL = (4, 4, 40)
TYPES = ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64")
# Neuroglancer's format has no more.
PRECOMPUTED = TYPES[:7] + ("float32",)


def voxels(dtype):
    """Random runs of all magnitudes, x, y, z; and zeros in whole chunks."""
    random = np.random.default_rng(TYPES.index(dtype))
    bits = random.integers(0, 2**64, size=int(np.prod(SIZE)) // 3 + 1, dtype=np.uint64, endpoint=False)
    bits >>= random.integers(0, 64, size=bits.size, dtype=np.uint64)
    flat = np.repeat(bits, 3)[:int(np.prod(SIZE))]
    array = (flat % 2**20).astype(dtype) / np.dtype(dtype).type(8) if dtype.startswith("float") else flat.astype(dtype)
    array = np.asfortranarray(array.astype(dtype).reshape(SIZE, order="F"))
    array[:32, :16, :16] = 0
    return array


def real_labels():
    """A part of a mouse's cortex as it was segmented, or nothing where that is not at hand."""
    if not LABELS.exists():
        print(f"skipped real labels: there is no {LABELS}", flush=True)
        return None
    with gzip.open(LABELS) as file:
        return np.asfortranarray(np.load(file)[150:350, 100:290, 40:101])


def kind(dtype):
    return "segmentation" if dtype in ("uint32", "uint64", "int32", "int64") else "image"


# --- what the tools write ---

def cloudvolume_writes(path, array, encoding="raw", compress=False):
    info = CloudVolume.create_new_info(num_channels=1, layer_type=kind(str(array.dtype)), data_type=str(array.dtype),
                                       encoding=encoding, resolution=VOXEL, voxel_offset=OFFSET, volume_size=SIZE,
                                       chunk_size=CHUNK)
    volume = CloudVolume("file://" + path, info=info, compress=compress, progress=False, non_aligned_writes=True)
    volume.commit_info()
    volume[:] = array
    return np.asarray(CloudVolume("file://" + path, progress=False)[:])[..., 0]


def crackle_writes(path, array, chunk=CHUNK, **options):
    """Chunks by the codec itself, since CloudVolume does not let choose among its options."""
    info = CloudVolume.create_new_info(num_channels=1, layer_type="segmentation", data_type=str(array.dtype),
                                       encoding="crackle", resolution=VOXEL, voxel_offset=OFFSET, volume_size=array.shape,
                                       chunk_size=chunk)
    CloudVolume("file://" + path, info=info, progress=False).commit_info()
    folder = pathlib.Path(path, info["scales"][0]["key"])
    folder.mkdir()
    for corner in itertools.product(*(range(0, n, c) for n, c in zip(array.shape, chunk))):
        box = [(low, min(n, low + c)) for low, n, c in zip(corner, array.shape, chunk)]
        name = "_".join(f"{low + o}-{high + o}" for (low, high), o in zip(box, OFFSET))
        voxels_ = np.asfortranarray(array[tuple(slice(*b) for b in box)])
        (folder / name).write_bytes(crackle.compress(voxels_, **options))
    return array


def crackle_writes_real(path, _, real, **options):
    return crackle_writes(path, real, chunk=(64, 64, 32), **options)


def tensorstore_precomputed(path, array, sharded=True, encoding="raw"):
    scale = {"size": SIZE, "encoding": encoding, "chunk_size": CHUNK, "resolution": VOXEL, "voxel_offset": OFFSET}
    if encoding == "compressed_segmentation":
        scale["compressed_segmentation_block_size"] = [8, 8, 8]
    if sharded:
        scale["sharding"] = {"@type": "neuroglancer_uint64_sharded_v1", "hash": "identity", "preshift_bits": 1,
                             "minishard_bits": 2, "shard_bits": 3, "minishard_index_encoding": "gzip",
                             "data_encoding": "gzip"}
    store = tensorstore.open({
        "driver": "neuroglancer_precomputed", "kvstore": "file://" + path + "/",
        "multiscale_metadata": {"type": kind(str(array.dtype)), "data_type": str(array.dtype), "num_channels": 1},
        "scale_metadata": scale}, create=True).result()
    store[..., 0].write(array).result()
    return array


def ome(version):
    """Metadata of OME-Zarr for one array, in the order z, y, x."""
    scales = [{"axes": [{"name": a, "type": "space", "unit": "nanometer"} for a in "zyx"],
               "datasets": [{"path": "a", "coordinateTransformations": [
                   {"type": "scale", "scale": VOXEL[::-1]},
                   {"type": "translation", "translation": [o * v for o, v in zip(OFFSET, VOXEL)][::-1]}]}]}]
    if version == 2:
        return {"multiscales": [dict(scales[0], version="0.4")]}
    return {"ome": {"version": "0.5", "multiscales": scales}}


def zarr2(path, array, compressor, order="C", separator="/"):
    group = zarr.open_group(path, mode="w", zarr_format=2, attributes=ome(2))
    made = group.create_array("a", shape=SIZE[::-1], chunks=CHUNK[::-1], dtype=array.dtype, compressors=compressor,
                              order=order, chunk_key_encoding={"name": "v2", "separator": separator}, fill_value=0)
    made[...] = array.T
    return array


def zarr3(path, array, compressor, shards=None):
    group = zarr.open_group(path, mode="w", zarr_format=3, attributes=ome(3))
    made = group.create_array("a", shape=SIZE[::-1], chunks=CHUNK[::-1], shards=shards and shards[::-1],
                              dtype=array.dtype, compressors=compressor, fill_value=0)
    made[...] = array.T
    return array


def n5(path, array, compression):
    store = tensorstore.open({"driver": "n5", "kvstore": "file://" + path + "/", "metadata": {
        "dimensions": SIZE, "blockSize": CHUNK, "dataType": str(array.dtype), "compression": compression,
        "axes": ["x", "y", "z"], "units": ["nm"] * 3, "resolution": VOXEL}}, create=True).result()
    store.write(array).result()
    return array


# --- what the tools read of ours ---

def read_precomputed(path, offset):
    yield "CloudVolume", np.asarray(CloudVolume("file://" + path, progress=False, fill_missing=False)[:])[..., 0]
    store = tensorstore.open({"driver": "neuroglancer_precomputed", "kvstore": "file://" + path + "/"}).result()
    if tuple(store.domain.origin[:3]) != offset:
        raise ValueError(f"tensorstore sees offset {store.domain.origin[:3]}")
    yield "tensorstore", store[..., 0].read().result()


def read_zarr(path, offset, version):
    group = zarr.open_group(path, mode="r", zarr_format=version)
    attributes = dict(group.attrs)
    scales = (attributes["ome"] if version == 3 else attributes)["multiscales"][0]
    dataset = scales["datasets"][0]
    said = {t["type"]: t.get("scale", t.get("translation")) for t in dataset["coordinateTransformations"]}
    if tuple(said["scale"][::-1]) != VOXEL or \
            tuple(round(t / v) for t, v in zip(said.get("translation", (0, 0, 0))[::-1], VOXEL)) != offset:
        raise ValueError(f"scale and translation are {said}")
    yield "zarr-python", group[dataset["path"]][...].T
    store = tensorstore.open({"driver": "zarr3" if version == 3 else "zarr",
                              "kvstore": f"file://{path}/{dataset['path']}/"}).result()
    yield "tensorstore", store.read().result().T


def read_n5(path, offset):
    store = tensorstore.open({"driver": "n5", "kvstore": f"file://{path}/s0/"}).result()
    yield "tensorstore", store.read().result()


READERS = {"precomputed": read_precomputed, "zarr2": functools.partial(read_zarr, version=2),
           "zarr3": functools.partial(read_zarr, version=3), "n5": read_n5}


# --- pairs ---

def neuropil(*arguments):
    done = subprocess.run([str(NEUROPIL), *map(str, arguments), "--quiet", "--threads", "1"], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())


def pairs():
    """What is written with what, for which type; the format it is converted to, with options; its offset."""
    from numcodecs import Blosc, GZip, Zstd
    from zarr.codecs import BloscCodec, GzipCodec, ZstdCodec
    shard, cubes = ("--shard", "64,32,16"), ("--shard", "64,64,16")  # of precomputed, Morton codes allow not all
    for i, dtype in enumerate(TYPES):
        old = (Blosc("lz4", 5, Blosc.SHUFFLE), Blosc("zstd", 3, Blosc.BITSHUFFLE), GZip(5), Zstd(3), None)[i % 5]
        new = (BloscCodec(cname="lz4"), ZstdCodec(), GzipCodec(), None)[i % 4]
        block = ({"type": "gzip"}, {"type": "zstd"}, {"type": "raw"}, {"type": "blosc", "cname": "lz4", "clevel": 5,
                                                                     "shuffle": 1})[i % 4]
        yield dtype, "zarr-python 2", functools.partial(zarr2, compressor=old, order="CF"[i % 2], separator="/."[i % 2]), \
            "precomputed" if dtype in PRECOMPUTED else "zarr3", (), OFFSET
        yield dtype, "zarr-python 3", functools.partial(zarr3, compressor=new), "n5", \
            ("--compression", ("gzip", "zstd", "blosc", "none")[i % 4]), OFFSET
        yield dtype, "zarr-python 3 sharded", functools.partial(zarr3, compressor=new, shards=(64, 32, 16)), "zarr2", \
            ("--compression", ("blosc", "gzip", "zstd", "none")[i % 4]), OFFSET
        yield dtype, "tensorstore n5", functools.partial(n5, compression=block), "zarr3", \
            (*shard, "--compression", ("zstd", "blosc", "gzip", "none")[i % 4]), (0, 0, 0)
        if dtype in PRECOMPUTED:
            yield dtype, "CloudVolume", functools.partial(cloudvolume_writes, compress=("gzip", False)[i % 2]), "zarr3", \
                shard, OFFSET
            yield dtype, "tensorstore sharded", tensorstore_precomputed, "precomputed", (*cubes, "--encoding", "raw"), OFFSET
        if dtype in ("uint32", "uint64"):
            write = functools.partial(cloudvolume_writes, encoding="compressed_segmentation", compress="gzip")
            yield dtype, "CloudVolume cseg", write, "precomputed", ("--encoding", "compressed_segmentation"), OFFSET
            write = functools.partial(tensorstore_precomputed, encoding="compressed_segmentation")
            yield dtype, "tensorstore cseg sharded", write, "precomputed", \
                (*cubes, "--encoding", "compressed_segmentation"), OFFSET
        if dtype in TYPES[:4]:
            write = functools.partial(cloudvolume_writes, encoding="crackle", compress=("gzip", False)[i % 2])
            yield dtype, "CloudVolume crackle", write, "precomputed", ("--encoding", "raw"), OFFSET
            write = functools.partial(crackle_writes, allow_pins=1, markov_model_order=i + 1)
            yield dtype, "crackle-codec", write, "zarr3", (), OFFSET
        if dtype == "uint8":
            yield dtype, "CloudVolume png", functools.partial(cloudvolume_writes, encoding="png"), "precomputed", \
                ("--encoding", "png"), OFFSET
            yield dtype, "CloudVolume jpeg", functools.partial(cloudvolume_writes, encoding="jpeg"), "n5", (), OFFSET
    real = real_labels()
    if real is not None:
        for words, options in (("", {}), (" with a model", {"markov_model_order": 5}), (" with pins", {"allow_pins": 1}),
                               (" with both", {"markov_model_order": 3, "allow_pins": 1})):
            yield "uint32", "crackle-codec, real labels" + words, \
                functools.partial(crackle_writes_real, real=real, **options), "precomputed", \
                ("--encoding", "compressed_segmentation"), OFFSET


def check(number, pair, folder):
    dtype, writer, write, target, options, offset = pair
    source, made = str(folder / f"{number}-from"), str(folder / f"{number}-to")
    name = f"{dtype}, {writer} -> {target} {' '.join(options)}".strip()
    try:
        array = write(source, voxels(dtype))
        neuropil("convert", source, f"{target}://{made}", "--chunk", "16,32,8", "--mips", "none", *options)
        readers = []
        for reader, found in READERS[target](made, offset):
            if found.dtype != array.dtype or found.shape != array.shape:
                raise ValueError(f"{reader} reads {found.dtype} {found.shape}, and {array.dtype} {array.shape} was written")
            if not np.array_equal(found, array):
                raise ValueError(f"{reader} reads other voxels: {np.count_nonzero(found != array)} of {array.size}")
            readers.append(reader)
        print(f"ok      {name}: read by {' and '.join(readers)}", flush=True)
        return True
    except Exception as e:  # all that goes wrong is told, and the others are checked
        print(f"FAILED  {name}: {type(e).__name__}: {e}", flush=True)
        return False
    finally:
        shutil.rmtree(source, ignore_errors=True)
        shutil.rmtree(made, ignore_errors=True)


# --- Neuroglancer ---

class Files(http.server.SimpleHTTPRequestHandler):
    """A folder, with ranges, for pages of other origins."""
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self):
        self.answer(204, b"", {"Access-Control-Allow-Headers": "*"})

    def do_GET(self):
        path = pathlib.Path(self.translate_path(self.path))
        if not path.is_file():
            return self.answer(404, b"", {})
        all_ = path.read_bytes()
        wanted = self.headers.get("Range", "")
        if not wanted.startswith("bytes="):
            return self.answer(200, all_, {})
        first, last = wanted[6:].split("-")
        start = int(first) if first else max(0, len(all_) - int(last))
        end = min(len(all_), int(last) + 1) if first and last else len(all_)
        return self.answer(206, all_[start:end], {"Content-Range": f"bytes {start}-{end - 1}/{len(all_)}"})

    do_HEAD = do_GET

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*",
                            "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A viewer gives up requests for what it no longer wants to show."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def neuroglancer(folder):
    """Has the real viewer show volumes of each format, and compares the values that it shows."""
    data = folder / "shown"
    data.mkdir()
    layers = []
    for dtype in ("uint8", "uint16", "uint32", "uint64", "float32"):
        array = voxels(dtype)
        cloudvolume_writes(str(data / f"{dtype}-source"), array)
        for target, scheme, options in (
                ("precomputed", "precomputed", ("--encoding", "raw")),
                ("precomputed", "precomputed", ("--shard", "64,64,16")),
                ("zarr2", "zarr2", ("--compression", "blosc")), ("zarr3", "zarr3", ()),
                ("zarr3", "zarr3", ("--shard", "64,32,16")), ("n5", "n5", ("--compression", "gzip"))):
            name = f"{dtype}-{target}{'-sharded' if '--shard' in options else ''}"
            neuropil("convert", data / f"{dtype}-source", f"{target}://{data / name}", "--chunk", "16,32,8", "--mips",
                     "build", *options)
            points = []
            random = np.random.default_rng(len(layers))
            for _ in range(3):
                at = [int(random.integers(0, n)) for n in SIZE]
                # Neuroglancer has the centre of an OME-Zarr's voxel at whole numbers, elsewhere its corner; and it knows no
                # offset of N5.
                shift = {"precomputed": 0.5, "n5": 0.5}.get(target, 0)
                offset = (0, 0, 0) if target == "n5" else OFFSET
                points.append({"position": [a + o + shift for a, o in zip(at, offset)], "value": str(array[tuple(at)])})
            layers.append({"name": name, "type": kind(dtype), "source": f"{scheme}://{{base}}/{name}", "points": points})
    server = Server(("127.0.0.1", 0), functools.partial(Files, directory=str(data)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    for layer in layers:
        layer["source"] = layer["source"].replace("{base}", base)
    (folder / "layers.json").write_text(json.dumps({"voxel": VOXEL, "layers": layers}))
    # Any dataset will do: it is served for the viewer that comes with it.
    dataset, port = folder / "dataset", free_port()
    neuropil("cutout", data / "uint8-source", folder / "sections")
    neuropil("import", folder / "sections", "--voxel-size", "4x4x40nm", "--out", dataset)
    viewer = subprocess.Popen([str(NEUROPIL), "serve", str(dataset), "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://localhost:{port}/health", timeout=2)
                break
            except OSError:
                time.sleep(0.5)
        out = HERE / "out"
        out.mkdir(exist_ok=True)
        return subprocess.run(["node", str(HERE / "browser-test" / "volumes.mjs"), f"http://localhost:{port}/",
                               str(folder / "layers.json"), str(out)]).returncode == 0
    finally:
        viewer.terminate()
        viewer.wait()
        server.shutdown()


def main():
    neuropil("--version")  # builds it, if need be
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with concurrent.futures.ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
            ok = list(pool.map(lambda numbered: check(*numbered, folder), enumerate(pairs())))
        shown = neuroglancer(folder)
    print(f"interop/volumes: {sum(ok)} of {len(ok)} pairs agree; Neuroglancer {'shows' if shown else 'does NOT show'} them")
    sys.exit(0 if all(ok) and shown else 1)


main()
