"""Makes the arrays of Zarr and N5 here and in ../n5 with zarr-python 3.1.6 and tensorstore 0.1.86.

usage: make_arrays.py FOLDER

The voxel at x, y, z of 21x13x9 is (x // 3) * 31 + (y // 2) * 17 + z * 11.
"""
import json
import pathlib
import sys

import numcodecs
import numpy as np
import tensorstore
import zarr
from zarr.codecs import BloscCodec, BytesCodec, TransposeCodec, ZstdCodec

FOLDER = pathlib.Path(sys.argv[1])
CHUNK = (4, 8, 16)  # z, y, x


def data(dtype):
    z, y, x = np.mgrid[0:9, 0:13, 0:21]
    return ((x // 3) * 31 + (y // 2) * 17 + z * 11).astype(dtype)


def python(name, dtype, version, **words):
    array = zarr.create_array(str(FOLDER / "zarr" / name), shape=(9, 13, 21), chunks=CHUNK, dtype=dtype, fill_value=0,
                              zarr_format=version, **words)
    array[:] = data(dtype)


def tensor(driver, name, metadata, values):
    tensorstore.open({"driver": driver, "kvstore": {"driver": "file", "path": str(FOLDER / name)},
                      "metadata": metadata}, create=True).result().write(values).result()


python("fortran", ">i2", 2, order="F", compressors=numcodecs.Blosc("zstd", 3, 2),
       chunk_key_encoding={"name": "v2", "separator": "."})
python("zlib", "<u8", 2, compressors=numcodecs.Zlib(1), chunk_key_encoding={"name": "v2", "separator": "/"})
python("transposed", "int32", 3, filters=TransposeCodec(order=(1, 2, 0)), serializer=BytesCodec(endian="big"),
       compressors=BloscCodec(cname="lz4", shuffle="shuffle"), chunk_key_encoding={"name": "v2", "separator": "."})
python("shards", "uint16", 3, shards=(8, 8, 32), compressors=ZstdCodec(checksum=True))
tensor("zarr3", "zarr/start", {
    "shape": [9, 13, 21], "data_type": "float32",
    "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [8, 16, 16]}},
    "codecs": [{"name": "sharding_indexed", "configuration": {
        "chunk_shape": list(CHUNK), "index_location": "start",
        "codecs": [{"name": "transpose", "configuration": {"order": [2, 0, 1]}},
                   {"name": "bytes", "configuration": {"endian": "big"}}, {"name": "gzip"}, {"name": "crc32c"}],
        "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}}]},
       data("float32"))
for name, dtype, codec in (
        ("gzip", "uint64", {"type": "gzip"}), ("zlib", "float64", {"type": "gzip", "useZlib": True}),
        ("blosc", "int32", {"type": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}),
        ("zstd", "uint16", {"type": "zstd", "level": 3}), ("raw", "int8", {"type": "raw"})):
    tensor("n5", "n5/" + name, {
        "dataType": dtype, "dimensions": [21, 13, 9], "blockSize": CHUNK[::-1], "compression": codec,
        "axes": ["x", "y", "z"], "units": ["um", "nm", "nm"], "resolution": [0.004, 4, 40]},
           data(dtype).transpose())

# OME-Zarr 0.4 in micrometres, the finest voxel at 3, -2, 10, two channels of which the second is one brighter.
group = zarr.open_group(str(FOLDER / "zarr" / "ome"), mode="w", zarr_format=2)
values = np.stack([data("uint16"), data("uint16") + 1])
group.create_array("0", shape=values.shape, chunks=(1, *CHUNK), dtype="uint16",
                   compressors=numcodecs.Blosc("lz4", 5, 1))[:] = values
group.attrs["multiscales"] = [{
    "version": "0.4", "axes": [{"name": "c", "type": "channel"}] + [
        {"name": n, "type": "space", "unit": "micrometer"} for n in "zyx"],
    "datasets": [{"path": "0", "coordinateTransformations": [
        {"type": "scale", "scale": [1, 0.04, 0.004, 0.004]},
        {"type": "translation", "translation": [0, 0.4, -0.008, 0.012]}]}]}]
