"""The peers' side of bench/volumes: each work is called as its authors call it, on one thread."""
import gzip
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np  # noqa: E402

ANISOTROPY = (16, 16, 40)


def read_labels(file):
    """The label volume of a gzipped .npy, x first, in Fortran order."""
    labels = np.load(gzip.open(file))
    return np.asfortranarray(labels[..., 0] if labels.ndim == 4 else labels)


def mirrored(labels):
    """The labels and their mirror images beside them along x and y: four times as many voxels."""
    whole = np.concatenate([labels, labels[::-1]], axis=0)
    return np.asfortranarray(np.concatenate([whole, whole[:, ::-1]], axis=1))


class Peers:
    """Works by name over an input array in Fortran order, x first."""

    def __init__(self):
        self.input = None
        self.encoded = None
        self.table = None

    def load(self, type_, size, path, again=False):
        """Reads the input, or, again, the same one into another place of the memory."""
        if not again:
            self.encoded = self.table = None
        self.input = np.fromfile(path, dtype=type_).reshape(size, order="F")

    def prepare(self, work, argument):
        """Makes what is not to be timed."""
        if work == "remap" and self.table is None:
            import fastremap
            self.table = {int(i): int(i) * 3 + 1 for i in fastremap.unique(self.input)}
        if work == "cseg_decode" and self.encoded is None:
            self.encoded = self.cseg_encode()
        if work.startswith(("read", "write")):
            import cloudvolume  # noqa: F401
            import tensorstore  # noqa: F401

    def run(self, work, argument):
        return getattr(self, work)(*argument)

    def copy(self):
        return self.input.copy(order="F")

    def components26(self):
        import cc3d
        return cc3d.connected_components(self.input, connectivity=26)

    def components18(self):
        import cc3d
        return cc3d.connected_components(self.input, connectivity=18)

    def components6(self):
        import cc3d
        return cc3d.connected_components(self.input, connectivity=6)

    def statistics(self):
        import cc3d
        return cc3d.statistics(self.input)

    def contacts(self):
        import cc3d
        return cc3d.contacts(self.input, connectivity=6)

    def dust(self):
        import cc3d
        return cc3d.dust(self.input, threshold=100, connectivity=26)

    def edt(self):
        import edt
        return edt.edt(self.input, anisotropy=ANISOTROPY, black_border=False, parallel=1)

    def unique(self):
        import fastremap
        return fastremap.unique(self.input)

    def renumber(self):
        import fastremap
        return fastremap.renumber(self.input, in_place=False)[0]

    def remap(self):
        import fastremap
        return fastremap.remap(self.input, self.table, in_place=False)

    def average2x2x1(self):
        import tinybrain
        return tinybrain.downsample_with_averaging(self.input, (2, 2, 1), num_mips=1)[0]

    def average2x2x2(self):
        import tinybrain
        return tinybrain.downsample_with_averaging(self.input, (2, 2, 2), num_mips=1)[0]

    def mode2x2x1(self):
        import tinybrain
        return tinybrain.downsample_segmentation(self.input, (2, 2, 1), num_mips=1)[0]

    def mode2x2x2(self):
        import tinybrain
        return tinybrain.downsample_segmentation(self.input, (2, 2, 2), num_mips=1)[0]

    def cseg_encode(self):
        import compressed_segmentation as cseg
        size = self.input.shape
        # It takes the chunk for contiguous, whatever its strides say; so cut it out, as ours does.
        return [cseg.compress(np.asfortranarray(self.input[x:x + 64, y:y + 64, z:z + 64]), block_size=(8, 8, 8),
                              order="F")
                for z in range(0, size[2], 64) for y in range(0, size[1], 64) for x in range(0, size[0], 64)]

    def cseg_decode(self):
        import compressed_segmentation as cseg
        for chunk in self.encoded:
            last = cseg.decompress(chunk, (64, 64, 64), np.uint64, block_size=(8, 8, 8), order="F")
        return last

    def write_cloudvolume(self, folder, encoding, compression, chunk):
        from cloudvolume import CloudVolume
        info = CloudVolume.create_new_info(
            num_channels=1, layer_type="segmentation" if self.input.itemsize >= 4 else "image",
            data_type=str(self.input.dtype), encoding=encoding, resolution=ANISOTROPY, voxel_offset=(0, 0, 0),
            volume_size=self.input.shape, chunk_size=chunk)
        volume = CloudVolume("file://" + folder, info=info, compress="gzip" if compression == "gzip" else False,
                             progress=False, cache=False, parallel=1)
        volume.commit_info()
        volume[:] = self.input

    def read_cloudvolume(self, folder, encoding, compression, chunk):
        from cloudvolume import CloudVolume
        return CloudVolume("file://" + folder, progress=False, cache=False, parallel=1, fill_missing=False)[:][..., 0]

    @staticmethod
    def tensorstore_spec(folder):
        return {"driver": "neuroglancer_precomputed", "kvstore": {"driver": "file", "path": folder},
                "context": {"data_copy_concurrency": {"limit": 1}, "file_io_concurrency": {"limit": 1},
                            "cache_pool": {"total_bytes_limit": 0}}}

    def write_tensorstore(self, folder, encoding, compression, chunk):
        import tensorstore
        spec = self.tensorstore_spec(folder)
        spec["multiscale_metadata"] = {"data_type": str(self.input.dtype), "num_channels": 1,
                                       "type": "segmentation" if self.input.itemsize >= 4 else "image"}
        scale = {"size": self.input.shape, "encoding": encoding, "chunk_size": chunk, "resolution": ANISOTROPY}
        if encoding == "compressed_segmentation":
            scale["compressed_segmentation_block_size"] = [8, 8, 8]
        spec["scale_metadata"] = scale
        store = tensorstore.open(spec, create=True, delete_existing=True).result()
        store[..., 0].write(self.input).result()

    def read_tensorstore(self, folder, encoding, compression, chunk):
        import tensorstore
        store = tensorstore.open(self.tensorstore_spec(folder), read=True).result()
        return np.asarray(store[..., 0].read(order="F").result())
