# Makes the vectors beside it with the reference encoder: pip install compressed-segmentation==2.3.3 numpy; python make.py
import numpy as np
import compressed_segmentation as cseg


def labels(shape, dtype, offset, seed):
    rng = np.random.default_rng(seed)
    points = rng.random((9, 3)) * shape
    grid = np.stack(np.meshgrid(*[np.arange(n) for n in shape], indexing="ij"), -1)
    nearest = ((grid[..., None, :] - points) ** 2).sum(-1).argmin(-1)
    values = (np.arange(9, dtype=np.uint64) * np.uint64(7) + np.uint64(offset)).astype(dtype)
    values[3] = 0
    out = values[nearest]
    out[: shape[0] // 3, 0, 0] = rng.integers(0, 1 << 31, shape[0] // 3)
    return np.asfortranarray(out)


for name, shape, dtype, offset, seed in [
    ("uint64-19x10x9", (19, 10, 9), np.uint64, (1 << 63) + (1 << 40), 1),
    ("uint32-8x17x11", (8, 17, 11), np.uint32, (1 << 32) - 100, 2),
]:
    data = labels(shape, dtype, offset, seed)
    data.ravel(order="F").tofile(name + ".raw")
    open(name + ".cseg", "wb").write(cseg.compress(data, block_size=(8, 8, 8), order="F"))
