"""Makes the files beside it: small sessions as pynwb 4.2.0 (hdmf 6.2.0, h5py 3.16.0) and hdmf-zarr 0.13.0 (zarr 2.18.7) write
them, all of them made up; `interop/nwb` makes larger ones. Run it in the environment of that script:

    interop/.venv-nwb/bin/python make_nwb.py

Numbers follow rules that the tests repeat: trace[frame, roi] of the k-th kind is 1000 k + 10 frame + roi, dF/F in percent.
"""
import datetime
import pathlib
import shutil
import zipfile

import numpy as np
from hdmf.common import DynamicTable, VectorData
from hdmf_zarr import NWBZarrIO, ZarrDataIO
from pynwb import H5DataIO, NWBFile, NWBHDF5IO, TimeSeries
from pynwb.epoch import TimeIntervals
from pynwb.file import Subject
from pynwb.image import GrayscaleImage, Images
from pynwb.ophys import Fluorescence, ImageSegmentation, OpticalChannel, RoiResponseSeries

HERE = pathlib.Path(__file__).resolve().parent
NAN = float("nan")
KINDS = ("raw", "demixed", "neuropil_fluorescence", "neuropil_corrected", "dff", "events")


def chunked(data, io):
    chunks = tuple(max(1, n // 3 + 1) for n in data.shape)
    return H5DataIO(data, chunks=chunks, compression="gzip") if io == "hdf5" else ZarrDataIO(data, chunks=chunks)


def imaging(nwb, name, location, rate, device, **more):
    return nwb.create_imaging_plane(name=name, optical_channel=OpticalChannel(name="c", description="c", emission_lambda=1.0),
                                    imaging_rate=rate, description="d", device=device, excitation_lambda=1.0,
                                    location=location, indicator="g", **more)


def base(subject, session):
    nwb = NWBFile("made up", "id-1", datetime.datetime(2018, 9, 21, tzinfo=datetime.timezone.utc), session_id=session)
    nwb.subject = Subject(subject_id=subject, species="Mus musculus", sex="M", age="P120D")
    return nwb


def v1dd(io):
    nwb = base("409828", "s13")
    device = nwb.create_device(name="D")
    behavior = nwb.create_processing_module("behavior", "b")
    behavior.add(TimeSeries(name="running_speed", data=np.arange(20) - 5.5, unit="cm/s", timestamps=np.arange(20) * 0.25))
    behavior.add(DynamicTable(name="eye_tracking", description="e", columns=[
        VectorData(name="timestamps", description="t", data=np.arange(6) * 0.5),
        VectorData(name="pupil_area", description="a", data=np.array([1, 2, NAN, 4, 5, 6.5])),
        VectorData(name="pupil_center_x", description="x", data=np.arange(6) + 100.0),
        VectorData(name="likely_blink", description="b", data=np.array([False, True, False, False, True, False]))]))
    table = TimeIntervals(name="stimulus_table", description="t")
    columns = ("temporal_frequency", "spatial_frequency", "direction", "frame", "image_order", "image_index")
    for c in ("stim_name", *columns, "stimulus_condition_id"):
        table.add_column(c, c)
    for i, row in enumerate((("drifting_gratings_full", 1.0, 0.04, 330.0, NAN, NAN, NAN),
                             ("drifting_gratings_full", NAN, NAN, NAN, NAN, NAN, NAN),
                             ("locally_sparse_noise", NAN, NAN, NAN, 1.0, NAN, NAN),
                             ("natural_images", NAN, NAN, NAN, NAN, 3.0, 117.0),
                             ("spontaneous", NAN, NAN, NAN, NAN, NAN, NAN))):
        table.add_row(start_time=float(2 * i), stop_time=2 * i + 1.5, stim_name=row[0], stimulus_condition_id=i,
                      **dict(zip(columns, row[1:])))
    nwb.add_time_intervals(table)
    shades = np.repeat(np.repeat(np.arange(3 * 8 * 14).reshape(3, 8, 14) % 3 - 1, 2, 1), 2, 2).astype("i1")
    nwb.add_stimulus(Images(name="locally_sparse_noise", description="n",
                            images=[GrayscaleImage(name=str(i), data=one) for i, one in enumerate(shades)]))
    for plane in range(2):
        rois = 4 + plane
        module = nwb.create_processing_module(f"plane-{plane}", "p")
        segmentation = ImageSegmentation(name="image_segmentation")
        roi_table = segmentation.create_plane_segmentation(
            name="roi_table", description="t", imaging_plane=imaging(nwb, f"plane-{plane}", f"{50 + 16 * plane} um", 6.0, device))
        for c in ("column", "volume", "plane", "roi", "pika_roi_confidence", "is_soma"):
            roi_table.add_column(c, c)
        for r in range(rois):
            own = dict(column=1, volume="3" if plane == 0 else "a", plane=plane, roi=10 + r, pika_roi_confidence=r / 8,
                       is_soma=r > 4)
            if plane == 0:
                roi_table.add_roi(pixel_mask=[(r, 2 * r, 1.0), (r + 4, 2 * r, 3.0)], **own)
            else:
                image = np.zeros((6, 9), "u1")
                image[r, r + 2:r + 4] = 1
                roi_table.add_roi(image_mask=image, **own)
        module.add(segmentation)
        module.add(Images(name="images", images=[GrayscaleImage(name="max", data=np.zeros((6, 9)))], description="i"))
        order = [2, 0, 3, 1] if plane == 0 else list(range(rois))
        region = roi_table.create_roi_table_region(region=order, description="r")
        first = None
        for k, kind in enumerate(KINDS):
            data = (1000 * k + 10 * np.arange(7)[:, None] + np.arange(rois)).astype("f4" if plane == 0 else "f8")
            data[3, 1] = NAN
            series = RoiResponseSeries(name=kind, data=chunked(data, io) if k % 2 == 0 else data, rois=region,
                                       unit="%" if kind == "dff" else "a.u.",
                                       timestamps=np.arange(7) / 6 + 0.01 * plane if first is None else first)
            first = first or series
            module.add(series)
    return nwb


def microns(io):
    nwb = base("001", "4")
    device = nwb.create_device(name="M")
    ophys = nwb.create_processing_module("ophys", "p")
    segmentation, fluorescence = ImageSegmentation(), Fluorescence(name="Fluorescence")
    ophys.add(segmentation)
    ophys.add(fluorescence)
    for field in (1, 2):
        masks = np.zeros((3, 5, 8), "f4")
        masks[np.arange(3), 4, np.arange(3) + 1] = 0.5
        table = segmentation.create_plane_segmentation(
            name=f"PlaneSegmentation{field}", description="t", id=[7, 8, 9], colnames=["image_mask"],
            columns=[VectorData(name="image_mask", description="m", data=masks)], imaging_plane=imaging(
                nwb, f"ImagingPlane{field}", "VISp", NAN, device, origin_coords=[0.0, 0.0, field * 1e-4],
                origin_coords_unit="meters"))
        table.add_column("mask_type", "t", data=["soma", "artifact", "soma"])
        table.add_column("pt_supervoxel_id", "s", data=[NAN, 89000000000000001.0, 89000000000000002.0])
        table.add_column("pt_root_id", "r", data=[NAN, 89000000000000001.0, 89000000000000002.0])
        fluorescence.add_roi_response_series(RoiResponseSeries(
            name=f"RoiResponseSeries{field}", data=chunked(np.arange(15, dtype="f4").reshape(5, 3), io), unit="n.a.",
            rois=table.create_roi_table_region(region=[0, 1, 2], description="r"), timestamps=np.arange(5) * 0.16))
    minor = TimeSeries(name="pupil_minor_radius", data=[1.0, 2.0, 3.0], timestamps=[0.0, 0.1, 0.2], unit="px")
    nwb.add_acquisition(minor)
    nwb.add_acquisition(TimeSeries(name="pupil_major_radius", data=[2.0, 2.0, 4.0], timestamps=minor, unit="px"))
    nwb.add_acquisition(TimeSeries(name="treadmill_velocity", data=[1.5, NAN, -2.5], unit="m/s", conversion=0.01,
                                   starting_time=1.0, rate=100.0))
    table = TimeIntervals(name="Clip", description="c")
    table.add_column("condition_hash", "h")
    for i, film in enumerate(("zz", "aa", "zz")):
        table.add_interval(start_time=10.0 * i, stop_time=10.0 * i + 9, condition_hash=film)
    nwb.add_time_intervals(table)
    return nwb


def packed(path):
    """Most of such a file is empty, and such a folder has hundreds of files."""
    with zipfile.ZipFile(f"{path}.zip", "w") as out:
        for one in sorted(path.rglob("*")) or [path]:
            if one.is_file():
                out.writestr(zipfile.ZipInfo(str(one.relative_to(path.parent))), one.read_bytes(), zipfile.ZIP_DEFLATED, 9)
    shutil.rmtree(path) if path.is_dir() else path.unlink()


if __name__ == "__main__":
    for name, make in (("v1dd", v1dd), ("sub-17797_ses-4-scan-7", microns)):
        with NWBHDF5IO(HERE / f"{name}.nwb", "w") as out:
            out.write(make("hdf5"), cache_spec=False)
        packed(HERE / f"{name}.nwb")
    with NWBZarrIO(str(HERE / "v1dd.nwb.zarr"), "w") as out:
        out.write(v1dd("zarr"), cache_spec=False)
    packed(HERE / "v1dd.nwb.zarr")
