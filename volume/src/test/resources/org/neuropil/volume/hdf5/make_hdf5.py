"""Makes the HDF5 files of Hdf5VolumeTest: element i, in C order, of every dataset is i * 7 + 3, cut to the type."""
import pathlib

import h5py
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
