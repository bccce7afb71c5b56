package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;
import org.neuropil.volume.codec.Zstd;
import org.neuropil.volume.store.Store;

/// Which label each supervoxel had in the volume that was cut into chunks: one file `labels_<x>_<y>_<z>.zst` a chunk, which
/// is a zstd frame of the labels (uint64, little-endian) of supervoxels number 1, 2, 3 …; they ascend.
///
/// @param store folder of the files
public record LabelFiles(Store store) implements Serializable {
    private static final Zstd CODEC = new Zstd(3, true);

    private static String key(Int3 chunk) {
        return "labels_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z() + ".zst";
    }

    void write(Int3 chunk, long[] labels) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(8 * labels.length).order(ByteOrder.LITTLE_ENDIAN);
        OpenNodes.putLongs(out, labels);
        store.put(key(chunk), CODEC.encode(out.array()));
    }

    /// The labels of a chunk's supervoxels, from number 1 on.
    ///
    /// @throws IOException if there is no such chunk, or its file is damaged
    public long[] read(Int3 chunk) throws IOException {
        byte[] bytes = store.get(key(chunk))
                .orElseThrow(() -> new IOException(store.uri(key(chunk)) + " is missing"));
        byte[] raw = CODEC.decode(bytes, (int) Math.min(1 << 30, Math.max(1 << 20, (long) bytes.length << 14)));
        return OpenNodes.longs(ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN), raw.length / 8);
    }

    /// The label that a supervoxel is a part of, 0 if there is none such.
    public long label(NodeIds ids, long supervoxel) throws IOException {
        long[] labels = read(ids.chunk(supervoxel));
        long number = ids.number(supervoxel);
        return number < 1 || number > labels.length ? 0 : labels[(int) number - 1];
    }

    /// Where a label is among ascending ones, counted from 1; 0 if it is not.
    static int number(long[] labels, long label) {
        int low = 0;
        int high = labels.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Long.compareUnsigned(labels[middle], label);
            if (order == 0) {
                return middle + 1;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return 0;
    }
}
