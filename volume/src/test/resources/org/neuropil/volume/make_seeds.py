"""Makes the inputs of ParsersFuzzTest: a byte that chooses the parser, then what that parser reads."""
import gzip
import io
import json
import pathlib
import struct
import zlib

import compressed_segmentation
import crackle
import h5py
import hdf5plugin
import numcodecs
import numpy as np
import simplejpeg
import tifffile
from PIL import Image

here = pathlib.Path(__file__).resolve().parent / "ParsersFuzzTestInputs" / "nothingButDeclaredErrors"
here.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(1)
grey = random.integers(0, 256, (9, 56), dtype=np.uint8)
labels = np.repeat(random.integers(0, 9, 63, dtype=np.uint64), 8).reshape((9, 8, 7), order="F")
scale = {"key": "4_4_40", "size": [9, 8, 7], "resolution": [4, 4, 40], "voxel_offset": [1, 2, -3],
         "chunk_sizes": [[8, 8, 8]], "encoding": "compressed_segmentation", "compressed_segmentation_block_size": [8, 8, 8],
         "sharding": {"@type": "neuroglancer_uint64_sharded_v1", "preshift_bits": 1, "hash": "murmurhash3_x86_128",
                      "minishard_bits": 1, "shard_bits": 2, "minishard_index_encoding": "gzip", "data_encoding": "raw"}}
info = {"@type": "neuroglancer_multiscale_volume", "type": "segmentation", "data_type": "uint64", "num_channels": 1,
        "scales": [scale], "mesh": "mesh"}
multiscales = [{"axes": [{"name": a, "type": "space", "unit": "nanometer"} for a in "zyx"], "datasets": [
    {"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [40, 4, 4]},
                                                {"type": "translation", "translation": [80, 4, 0]}]}]}]
array3 = {"zarr_format": 3, "node_type": "array", "shape": [7, 8, 9], "data_type": "uint16", "fill_value": 0,
          "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 4, 4]}},
          "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
          "codecs": [{"name": "sharding_indexed", "configuration": {
              "chunk_shape": [2, 2, 2], "codecs": [{"name": "bytes", "configuration": {"endian": "little"}},
                                                  {"name": "zstd", "configuration": {"level": 1, "checksum": False}}],
              "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
              "index_location": "end"}}]}
array2 = {"zarr_format": 2, "shape": [7, 8, 9], "chunks": [4, 4, 4], "dtype": "<u2", "order": "C", "filters": None,
          "fill_value": 0, "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}}
attributes = {"n5": "2.5.0", "dimensions": [9, 8, 7], "blockSize": [4, 4, 4], "dataType": "uint16",
              "compression": {"type": "gzip", "level": -1, "useZlib": False}, "resolution": [4, 4, 40],
              "units": ["nm", "nm", "nm"], "axes": ["x", "y", "z"], "offset": [4, 8, 80]}
png = io.BytesIO()
Image.fromarray(grey).save(png, "PNG")
nrrd = b"NRRD0004\n# x\ntype: unsigned short\ndimension: 3\nsizes: 9 8 7\nendian: little\nencoding: raw\nspace dimension: 3\n" \
    b"space directions: (4,0,0) (0,4,0) (0,0,40)\nspace units: \"nm\" \"nm\" \"nm\"\nspace origin: (0,0,80)\n\n"
chunk = gzip.compress(compressed_segmentation.compress(labels.astype(np.uint32), block_size=(8, 8, 8), order="F"), mtime=0)
index = struct.pack("<3Q", 0, 0, len(chunk))
shard = struct.pack("<4Q", len(chunk), len(chunk) + len(index), 0, 0) + chunk + index
crackled = crackle.compress(labels, allow_pins=1, markov_model_order=2)
cracks = crackled[29:29 + 4 * 7]
# Of format version 0, without sums: those would keep changed bytes from what is behind them.
crackled0 = crackled[:4] + b"\0" + crackled[5:24] + cracks + crackled[29 + 4 * 8:-4 * 8]
seeds = {
    0: json.dumps(info).encode(), 1: gzip.compress(bytes(grey), mtime=0), 2: png.getvalue(),
    3: simplejpeg.encode_jpeg(np.ascontiguousarray(grey[..., None]), colorspace="GRAY"),
    5: compressed_segmentation.compress(labels.astype(np.uint32), block_size=(8, 8, 8), order="F"),
    6: compressed_segmentation.compress(labels, block_size=(8, 8, 8), order="F"),
    7: numcodecs.Zstd(1).encode(grey), 8: zlib.compress(bytes(grey)),
    10: numcodecs.Blosc("lz4", 5, numcodecs.Blosc.SHUFFLE).encode(grey), 11: bytes(8), 12: nrrd,
    13: b"gs://bucket/folder/|zarr3:inner/path", 14: json.dumps(array3).encode(), 15: json.dumps(array2).encode(),
    16: json.dumps({"multiscales": [dict(multiscales[0], version="0.4")]}).encode(), 17: json.dumps(attributes).encode(),
    18: struct.pack(">HH3I", 0, 3, 9, 8, 7) + bytes(9 * 8 * 7 * 2), 19: shard,
}


def hdf5(libver=None, shape=(7, 8, 9), **words):
    file = io.BytesIO()
    with h5py.File(file, "w", libver=libver) as target:
        array = np.arange(np.prod(shape), dtype="uint16").reshape(shape) // 4
        target.create_dataset("volumes/raw", data=array, **words).attrs["resolution"] = (40.0, 4.0, 4.0)
        target["raw"] = h5py.SoftLink("/volumes/raw")
    return file.getvalue()


def tiff(array, **words):
    file = io.BytesIO()
    tifffile.imwrite(file, array, photometric="minisblack", **({"metadata": None} | words))
    return file.getvalue()


def pillow(compression):
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "TIFF", compression=compression)
    return file.getvalue()


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


chunks = (4, 8, 9)
stack = labels.astype(np.uint16).transpose()
two = np.stack([labels, labels + 1], axis=3).astype(np.uint32)
part = gzip.compress(np.arange(128, dtype=">u2").tobytes(), mtime=0)
index = struct.pack("<16Q", 0, len(part), 0, len(part), *[2**64 - 1] * 12)
palette = io.BytesIO()
Image.fromarray(grey).convert("P").save(palette, "PNG")
seeds |= {
    20: npy(labels)[:128], 21: numcodecs.LZ4().encode(grey), 22: part + index,
    23: hdf5(chunks=chunks, compression="gzip", shuffle=True, fletcher32=True),
    24: tiff(stack, compression="zlib", predictor=True), 25: palette.getvalue(),
    26: nrrd + stack.tobytes(), 27: npy(labels),
    28: compressed_segmentation.compress(two, block_size=(8, 8, 8), order="F"), 29: crackled0,
}
more = {
    23: [hdf5(), hdf5(chunks=chunks, compression="lzf", fletcher32=True), hdf5(chunks=chunks, **hdf5plugin.LZ4(nbytes=64)),
         hdf5(chunks=chunks, **hdf5plugin.Bitshuffle(nelems=16)), hdf5(("v110", "v110"), chunks=chunks, compression="gzip"),
         hdf5(("v110", "v110"), chunks=chunks, maxshape=(None, 8, 9)),
         hdf5(("v110", "v110"), chunks=chunks, maxshape=(None, None, 9))],
    24: [tiff(stack), tiff(stack.astype(">f4"), tile=(16, 16), bigtiff=True),
         tiff(stack, imagej=True, resolution=(0.25, 0.25), metadata={"unit": "nm", "spacing": 40}),
         pillow("packbits"), pillow("tiff_lzw")],
    25: [png.getvalue()],
}
for parser, seed in seeds.items():
    (here / f"seed{parser:02d}").write_bytes(bytes([parser]) + seed)
for parser, others in more.items():
    for i, seed in enumerate(others):
        (here / f"seed{parser:02d}-{i}").write_bytes(bytes([parser]) + seed)
