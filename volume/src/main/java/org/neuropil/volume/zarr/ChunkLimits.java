package org.neuropil.volume.zarr;

import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Fields;

/// How large chunks may be.
final class ChunkLimits {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private ChunkLimits() {}

    /// @throws org.neuropil.space.InputException if a chunk does not fit one Java array
    static void check(Fields array, String field, int[] chunk, DataType type) {
        if (product(chunk) * type.bytes() > MOST_BYTES) {
            throw array.wrong(field, "a chunk of 2 GiB or more cannot be read", "");
        }
    }

    /// Exact up to 2^53.
    static double product(int[] numbers) {
        double product = 1;
        for (int number : numbers) {
            product *= number;
        }
        return product;
    }
}
