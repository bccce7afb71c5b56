"""Makes the NRRD files of NrrdVolumeTest: element i, x fastest, of every file is i * 7 + 3, cut to the type."""
import pathlib

import nrrd
import numpy as np

here = pathlib.Path(__file__).resolve().parent


def voxels(shape, dtype):
    return (np.arange(np.prod(shape), dtype=np.uint64) * 7 + 3).astype(dtype).reshape(shape, order="F")


header = {"space dimension": 3, "space directions": np.diag([4.0, 4.0, 40.0]), "space units": ["nm", "nm", "nm"],
          "space origin": np.array([8.0, 0.0, 120.0])}
for name in ("uint8", "int16", "uint32", "uint64", "float32", "float64"):
    for encoding in ("raw", "gzip"):
        nrrd.write(str(here / f"{name}_{encoding}.nrrd"), voxels((6, 5, 4), name), dict(header, encoding=encoding))
nrrd.write(str(here / "detached.nhdr"), voxels((6, 5, 4), ">u2"), {"encoding": "raw", "spacings": [0.004, 0.004, 0.04],
                                                                    "units": ["um", "um", "um"]},
           detached_header=True, relative_data_path=True)
