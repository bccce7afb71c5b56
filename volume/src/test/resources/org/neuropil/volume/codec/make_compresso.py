# Makes the compresso vectors beside it: pip install compresso==3.3.3 numpy; python make_compresso.py
# Their labels are those of CompressoTest.label.
import numpy as np
import compresso

for name, shape, dtype, options in [
    ("uint8-9x14x3", (9, 14, 3), np.uint8, {}),
    ("uint16-13x8x4", (13, 8, 4), np.uint16, {"steps": (8, 8, 1)}),
    ("uint32-12x17x5", (12, 17, 5), np.uint32, {"connectivity": 6}),
    ("uint64-16x16x4", (16, 16, 4), np.uint64, {"random_access_z_index": False}),
]:
    x, y, z = np.indices(shape)
    labels = np.where((x * 7 + y * 13 + z * 29) % 11 == 0, x * 31 + y * 17 + z, x // 3 * 31 + y // 4 * 17 + z // 2 * 101)
    labels = np.asfortranarray(np.where((x + y + z) % 13 == 0, -1, labels).astype(dtype))
    with open(name + ".cpso", "wb") as file:
        file.write(compresso.compress(labels, **options))
