"""Makes the first inputs of the fuzz tests of sessions: bytes of each kind that they are given, behind a byte that says which.

    interop/.venv-nwb/bin/python make_seeds.py        (and scipy, for MATLAB's)
"""
import io
import pathlib
import pickle
import zlib

import h5py
import numpy as np
import scipy.io

HERE = pathlib.Path(__file__).resolve().parent


def write(test, name, way, content):
    folder = HERE / f"{test}Inputs" / "nothingButDeclaredErrors"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(bytes([way]) + content)


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def mat(**variables):
    out = io.BytesIO()
    scipy.io.savemat(out, variables, do_compression=True)
    return out.getvalue()


def hdf5():
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        file.attrs["neurodata_type"] = "NWBFile"
        table = file.create_group("processing/plane-0/image_segmentation/roi_table")
        table["id"] = [0, 1]
        series = file.create_group("processing/plane-0/dff")
        series.attrs["neurodata_type"] = "RoiResponseSeries"
        series.create_dataset("data", data=np.arange(6, dtype="f4").reshape(3, 2), chunks=(2, 2), compression="gzip")
        series["timestamps"] = [0.0, 1, 2]
        series["rois"] = [0, 1]
        series["rois"].attrs["table"] = table.ref
    return out.getvalue()


zarr = "nwb/tree/ZarrFuzzTest"
write(zarr, "links", 0, b'{"zarr_link": [{"name": "b", "path": "/a", "source": "."}, {"name": "c", "path": "/c"}],'
      b'"table": {"value": {"path": "/a", "source": "."}, "zarr_dtype": "object"}, "neurodata_type": "NWBFile"}')
write(zarr, "array", 1, b'{"zarr_format": 2, "shape": [3, 2], "chunks": [2, 2], "dtype": "<f4", "fill_value": "NaN",'
      b'"filters": null, "order": "C", "dimension_separator": "/",'
      b'"compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}}')
write(zarr, "attributes", 2, b'{"table": {"value": {"path": "/", "source": "."}}}')
write(zarr, "numbers", 3, zlib.compress(bytes(24)))
write(zarr, "utf8", 4, b"\2\0\0\0\1\0\0\0a\0\0\0\0")
write(zarr, "json", 6, b'["a", 0, "|O", [2]]')
write(zarr, "pickle", 7, pickle.dumps(np.array(["a", "bb"], object), 4))
files = "file/FilesFuzzTest"
film = mat(roi_sums=np.arange(6).reshape(3, 2), t_frame=[0.0, 1, 2], t_scan=[0.0, 2], ch1_t_stim=[128, 254],
           stim_filename="sDS 8x45deg", roi_struct={"roi_ids": [1, 2]})
write(files, "variables", 0, film)
write(files, "film", 3, film)
write(files, "stimuli", 1, b"stim_name,start_time,stop_time,direction,frame\ndgf,0,2,30,nan\nlsn,3,4,,7\n")
write(files, "signals", 2, b"time,running_speed\n0,1\n0.5,nan\n")
write(files, "hdf5", 4, hdf5())
write(files, "npy", 5, npy(np.zeros((3, 2), "f4")))
write(files, "session", 6, b'{"kind": "dff", "percent": true, "units": {"a": "b"}, "degrees": {"c": 1.5}, "notes": ["n"]}')
write(files, "rois", 7, b"column,volume,plane,roi,x\n1,a,0,5,2.5\n1,9,0,6,nan\n")
write(files, "masks", 8, b"place,x,y,weight\n0,1,2,1\n1,3,4,0.5\n")
