# Makes the crackle vectors beside it, a .zip of NAME.ckl and of NAME.raw, the voxels that crackle-codec reads of it (x
# fastest, little-endian). Once with each package, of which the second writes format version 0:
#
#   pip install crackle-codec==0.55.0 numpy; python make_crackle.py
#   pip install crackle-codec==0.13.0 "numpy<2"; python make_crackle.py
import itertools
import zipfile

import crackle
import numpy as np

random = np.random.default_rng(1)
TYPES = (np.uint8, np.uint16, np.uint32, np.uint64)


def blobs(shape, seeds):
    """Each voxel has the label of the nearest of some points."""
    at = np.stack(np.indices(shape), -1).reshape(-1, 1, 3)
    points = random.integers(0, shape, (seeds, 3))
    return ((at - points) ** 2).sum(-1).argmin(1).reshape(shape)


def patterns(shape):
    x, y, z = np.indices(shape)
    yield "zero", np.zeros(shape, int)
    yield "one", np.full(shape, 201)
    yield "sections", z * 3 + 1
    yield "columns", x // 2
    yield "checkers", (x + y) % 2
    yield "checkers3", (x // 2 + y // 2 + z) % 2 * 9
    yield "rings", np.maximum(abs(2 * x - shape[0]), abs(2 * y - shape[1])) // 3
    yield "diagonals", (x + y) // 3 + z
    yield "few", blobs(shape, 4)
    yield "many", blobs(shape, 40)
    yield "noise2", random.integers(0, 2, shape)
    yield "noise", random.permutation(np.prod(shape)).reshape(shape)
    yield "holes", np.where(random.integers(0, 6, shape) == 0, random.integers(0, 300, shape), blobs(shape, 3))


def cases():
    shapes = ((1, 1, 1), (1, 1, 4), (1, 9, 1), (7, 1, 3), (9, 8, 7), (16, 17, 4), (300, 2, 2), (2, 300, 1), (19, 15, 5))
    pick = itertools.cycle(itertools.product((0, 1, 2, 3, 4, 5, 7), (0, 1, 2), "FC"))
    # Their number is prime to that of types, so that all meet.
    for i, (name, labels) in enumerate((n, p) for shape in shapes for n, p in patterns(shape)):
        yield name, labels, TYPES[i % 4], *next(pick)
    labels = blobs((11, 10, 6), 9) // 2
    labels[3:5, 2:9, 1] = 300
    for dtype, order, pins in itertools.product(TYPES, range(6), range(3)):
        yield "all", labels, dtype, order, pins, "F"


def crackless(labels):
    """True if there is a section in which all neighbours are equal, or none."""
    along_x = (labels[1:] == labels[:-1]).reshape(-1, labels.shape[2])
    along_y = (labels[:, 1:] == labels[:, :-1]).reshape(-1, labels.shape[2])
    equal = np.concatenate((along_x, along_y))
    return bool((equal.all(0) | ~equal.any(0)).any())


def as_signed(binary):
    """The package reads signed labels and writes none: the bit that says so is set, and the header summed up again."""
    out = bytearray(binary)
    out[6] |= 1
    if out[4] == 1:
        from crackle.headers import crc8
        out[28] = crc8(out[5:28])
    return bytes(out)


def voxels(binary):
    return np.asarray(crackle.decompress(binary))


version = crackle.compress(np.zeros((1, 1, 1), np.uint8))[4]
with zipfile.ZipFile(f"crackle{version}.zip", "w", zipfile.ZIP_DEFLATED) as file:
    def put(name, binary, array):
        name = f"{name}-{array.dtype}-{'x'.join(map(str, array.shape))}"
        for ending, content in (("ckl", binary), ("raw", array.tobytes(order="F"))):
            file.writestr(zipfile.ZipInfo(f"{name}.{ending}"), content, zipfile.ZIP_DEFLATED)

    for number, (name, labels, dtype, order, pins, layout) in enumerate(cases()):
        if version == 0 and number % 5 not in (0, 3):
            continue
        labels = labels.astype(dtype)
        if number % 2 == 0 and dtype is not np.uint8:
            labels[labels == 1] = np.iinfo(dtype).max
        labels = np.array(labels, order=layout)
        if version == 0 and crackless(labels):
            order = 0  # version 0.13.0 of the package crashes on a model for nothing
        try:
            binary = crackle.compress(labels, allow_pins=pins, markov_model_order=order)
        except TypeError:
            binary = crackle.compress(labels, allow_pins=bool(pins), markov_model_order=order)
        if not np.array_equal(voxels(binary), labels):
            print("the package does not read what it has written:", name, labels.dtype, labels.shape, order, pins)
            continue
        put(f"{number:03d}-{name}-{order}{layout}{pins}", binary, labels)
        if number % 5 == 0 and len(np.unique(labels)) > 1:  # of one label, the package returns it without decoding
            signed = as_signed(binary)
            put(f"{number:03d}-{name}-{order}{layout}{pins}-signed", signed, voxels(signed))
