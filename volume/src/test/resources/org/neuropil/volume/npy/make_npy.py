"""Makes the files of NpyVolumeTest: voxel i, x fastest, of every file is i * 7 + 3, cut to the type; 6x5x4 voxels."""
import pathlib

import numpy as np

here = pathlib.Path(__file__).resolve().parent
size = (6, 5, 4)


def voxels(count, dtype):
    return (np.arange(count, dtype=np.uint64) * 7 + 3).astype(dtype)


for name in ("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64", "float32", "float64"):
    np.save(here / f"{name}_f.npy", voxels(120, name).reshape(size, order="F"))
    np.save(here / f"{name}_c.npy", voxels(120, np.dtype(name).newbyteorder(">")).reshape(size[::-1]))
np.save(here / "bool.npy", np.arange(120).reshape(size, order="F") % 3 == 0)
np.save(here / "channels_f.npy", voxels(240, "uint16").reshape((*size, 2), order="F"))
np.save(here / "channels_c.npy", voxels(240, "uint16").reshape((2, *size[::-1])))
np.save(here / "section.npy", voxels(30, "uint16").reshape((5, 6)))
with open(here / "version3.npy", "wb") as file:
    np.lib.format.write_array(file, voxels(120, "uint32").reshape(size, order="F"), version=(3, 0))
