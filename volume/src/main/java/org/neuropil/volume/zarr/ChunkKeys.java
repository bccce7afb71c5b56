package org.neuropil.volume.zarr;

import java.io.Serializable;

/// The keys of chunks.
///
/// @param prefix `c` for version 3's own way, where it stands before the first number; empty for version 2's
/// @param separator between numbers
record ChunkKeys(String prefix, String separator) implements Serializable {
    /// @param position of the chunk along each dimension
    String key(int[] position) {
        StringBuilder key = new StringBuilder(prefix);
        for (int number : position) {
            if (!key.isEmpty()) {
                key.append(separator);
            }
            key.append(number);
        }
        return key.isEmpty() ? "0" : key.toString();
    }
}
