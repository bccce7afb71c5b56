"""Makes the HDF5 files of Hdf5VolumeTest: element i, in C order, of every dataset is i * 7 + 3, cut to the type."""
import pathlib

import h5py
import hdf5plugin
import numpy as np

here = pathlib.Path(__file__).resolve().parent


def voxels(shape, dtype):
    return (np.arange(np.prod(shape), dtype=np.uint64) * 7 + 3).astype(dtype).reshape(shape)


with h5py.File(here / "cremi.h5", "w") as file:
    raw = file.create_dataset("volumes/raw", data=voxels((5, 9, 11), "uint8"), chunks=(2, 4, 4), compression="gzip",
                              shuffle=True)
    ids = file.create_dataset("volumes/labels/neuron_ids", data=voxels((5, 9, 11), "uint64"), chunks=(5, 5, 5),
                              compression="gzip")
    for dataset in (raw, ids):
        dataset.attrs["resolution"] = (40.0, 4.0, 4.0)
        dataset.attrs["offset"] = (80.0, 12.0, 0.0)
    file.create_dataset("annotations/ids", data=np.arange(3, dtype="uint64"))

with h5py.File(here / "types.h5", "w") as file:
    for name in ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64"):
        for order in "<>":
            dtype = np.dtype(name).newbyteorder(order)
            kind = "little" if order == "<" else "big"
            file.create_dataset(f"{kind}/chunked/{name}", data=voxels((4, 5, 6), dtype), chunks=(3, 2, 4))
            file.create_dataset(f"{kind}/contiguous/{name}", data=voxels((4, 5, 6), dtype))
    file.create_dataset("channels", data=voxels((2, 4, 5, 6), "uint8"), chunks=(1, 4, 5, 6))
    file.create_dataset("section", data=voxels((5, 6), "uint16"))
    file.create_dataset("text", data=["a", "b"])

with h5py.File(here / "one.h5", "w", userblock_size=512) as file:
    file.create_dataset("data", data=voxels((2, 3, 4), "uint16"))

with h5py.File(here / "sparse.h5", "w") as file:
    sparse = file.create_dataset("sparse", shape=(4, 5, 6), dtype="float32", chunks=(2, 5, 6), fillvalue=7.5)
    sparse[:2] = voxels((4, 5, 6), "float32")[:2]
    file.create_dataset("summed", data=voxels((4, 5, 6), "uint16"), chunks=(2, 5, 6), fletcher32=True)

with h5py.File(here / "filters.h5", "w") as file:
    smooth = voxels((4, 5, 6), "uint16") // 64
    # What has no order in it, which lzf leaves as it is.
    noise = np.random.default_rng(1).integers(0, 2**32, (4, 5, 6), dtype="uint32")
    filters = {"lz4": dict(hdf5plugin.LZ4(nbytes=64)), "bitshuffle": dict(hdf5plugin.Bitshuffle(cname="none")),
               "bitshuffle_lz4": dict(hdf5plugin.Bitshuffle(nelems=16)),
               "bitshuffle_zstd": dict(hdf5plugin.Bitshuffle(nelems=16, cname="zstd"))}
    for name in ("lzf", "gzip"):
        for sum in (False, True):
            for shuffle in (False, True):
                filters[f"{name}{'_shuffle' if shuffle else ''}{'_sum' if sum else ''}"] = dict(
                    compression=name, shuffle=shuffle, fletcher32=sum)
    for name, words in filters.items():
        for what, data in (("smooth", smooth), ("noise", noise)):
            file.create_dataset(f"{what}/{name}", data=data, chunks=(4, 3, 6), **words)
    file["plain/smooth"] = smooth
    file["plain/noise"] = noise
    # Sums that are compressed too.
    for what, data, kind in (("smooth", smooth, h5py.h5t.NATIVE_UINT16), ("noise", noise, h5py.h5t.NATIVE_UINT32)):
        for name in ("lzf", "gzip"):
            create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            create.set_chunk((4, 3, 6))
            create.set_fletcher32()
            create.set_shuffle()
            if name == "gzip":
                create.set_deflate(4)
            else:
                create.set_filter(h5py.h5z.FILTER_LZF, h5py.h5z.FLAG_OPTIONAL)
            first = h5py.h5d.create(file.id, f"{what}/sum_{name}".encode(), kind, h5py.h5s.create_simple(data.shape), create)
            first.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
    file.create_dataset("unknown", data=smooth, chunks=(3, 2, 4), **hdf5plugin.Zstd())

with h5py.File(here / "links.h5", "w") as file:
    raw = file.create_dataset("volumes/raw", data=voxels((2, 3, 4), "uint16"))
    file["raw"] = np.zeros((2, 3, 4), "uint16")
    file["volumes/relative"] = h5py.SoftLink("raw")
    file["volumes/up"] = h5py.SoftLink("/latest/relative")
    file["latest"] = h5py.SoftLink("volumes")
    file["hard"] = raw
    file["circle"] = h5py.SoftLink("/circle")
    file["nowhere"] = h5py.SoftLink("/gone")
    file["outside"] = h5py.ExternalLink("one.h5", "/data")
    file["volumes/top"] = file["/"]

with h5py.File(here / "layouts.h5", "w") as file:
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple((4, 5, 6))
    compact = h5py.h5d.create(file.id, b"compact", h5py.h5t.STD_I16BE, space, create)
    compact.write(h5py.h5s.ALL, h5py.h5s.ALL, voxels((4, 5, 6), "int16"))
    file.create_dataset("unwritten", shape=(4, 5, 6), dtype="uint64", fillvalue=2**64 - 1)
    file.create_dataset("mask", data=voxels((4, 5, 6), "uint8") % 3 == 0, chunks=(3, 2, 4), compression="gzip")

# The kinds of index that files for HDF5 1.10 have.
with h5py.File(here / "later.h5", "w", libver=("v110", "v110")) as file:
    data = voxels((7, 5, 6), "uint16")
    for filters in ({}, {"compression": "gzip", "fletcher32": True}):
        where = "filtered" if filters else "plain"
        file.create_dataset(f"{where}/single", data=data, chunks=(7, 5, 6), **filters)
        file.create_dataset(f"{where}/fixed", data=data, chunks=(3, 2, 4), **filters)
        file.create_dataset(f"{where}/extensible", data=data, chunks=(3, 2, 4), maxshape=(None, 5, 6), **filters)
        file.create_dataset(f"{where}/tree", data=data, chunks=(3, 2, 4), maxshape=(None, None, 6), **filters)
    create = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    create.set_chunk((3, 2, 4))
    create.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    implicit = h5py.h5d.create(file.id, b"plain/implicit", h5py.h5t.NATIVE_UINT16, h5py.h5s.create_simple(data.shape),
                               create)
    implicit.write(h5py.h5s.ALL, h5py.h5s.ALL, data)

with h5py.File(here / "virtual.h5", "w") as file:
    layout = h5py.VirtualLayout(shape=(2, 3, 4), dtype="uint16")
    layout[:] = h5py.VirtualSource("one.h5", "data", shape=(2, 3, 4))
    file.create_virtual_dataset("virtual", layout)

with h5py.File(here / "latest.h5", "w", libver="latest") as file:
    file.create_dataset("chunked", data=voxels((2, 3, 4), "uint16"), chunks=(2, 3, 2), compression="gzip")
