package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Store;

/// Which edges are active.
sealed interface Activity extends Serializable {
    /// Decides for the edges of one chunk.
    @FunctionalInterface
    interface OfChunk {
        /// Whether an edge is active.
        ///
        /// @param a supervoxel of the chunk
        /// @param b another
        boolean test(long a, long b, float affinity) throws IOException;
    }

    /// The decision for a chunk.
    OfChunk of(Int3 chunk) throws IOException;

    /// Edges of at least an affinity.
    record Threshold(float least) implements Activity {
        @Override
        public OfChunk of(Int3 chunk) {
            return (_, _, affinity) -> affinity >= least;
        }
    }

    /// Edges between supervoxels of one segment.
    ///
    /// @param tables holds a [SegmentTable] for each chunk
    /// @param cuts true if edges of infinite affinity are active in any case
    record SameSegment(NodeIds ids, Store tables, boolean cuts) implements Activity {
        @Override
        public OfChunk of(Int3 chunk) {
            Map<Long, SegmentTable> read = new HashMap<>();
            return (a, b, affinity) -> {
                if (cuts && affinity == Float.POSITIVE_INFINITY) {
                    return true;
                }
                long segment = segment(read, a);
                return segment != 0 && segment == segment(read, b);
            };
        }

        private long segment(Map<Long, SegmentTable> read, long supervoxel) throws IOException {
            long chunk = ids.chunkId(supervoxel);
            SegmentTable table = read.get(chunk);
            if (table == null) {
                table = SegmentTable.read(tables, VoxelTables.key(ids.chunk(chunk)));
                read.put(chunk, table);
            }
            return table.segment(ids.number(supervoxel));
        }
    }

    /// Edges within one of the components that PyChunkedGraph's files list for each chunk.
    ///
    /// @param folder of the files
    record SameComponent(Store folder) implements Activity {
        @Override
        public OfChunk of(Int3 chunk) throws IOException {
            ComponentFile file = ComponentFile.read(folder, chunk);
            return (a, b, _) -> file.component(a) != 0 && file.component(a) == file.component(b);
        }
    }
}
