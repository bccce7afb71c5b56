package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

import org.neuropil.graph.store.RocksStore;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// What [GraphIngest] will do.
///
/// @param graph chunks and ids
/// @param blocks of all jobs
/// @param blockBytes that one thread holds at most, about: the voxels and edges of a chunk
/// @param storeBytes of memory beside Java's heap
/// @param diskBytes that it takes while it runs, about: what the steps hand to each other, and the rows
public record IngestPlan(GraphPlan graph, long blocks, long blockBytes, long storeBytes, long diskBytes) {
    // Of a file of edges, compressed: in memory as objects, and on the disk once for the steps and once as rows.
    private static final int MEMORY_PER_BYTE = 8;
    private static final int DISK_PER_BYTE = 3;
    // A voxel's supervoxel and segment.
    private static final int BYTES_PER_VOXEL = 16;
    // RocksDB's buffers of writes.
    private static final long WRITE_BYTES = 128L << 20;

    /// Looks at what is given, and writes nothing.
    ///
    /// @throws org.neuropil.space.InputException if it cannot be used
    public static IngestPlan of(Dataset dataset, GraphIngest.Parameters parameters) throws IOException {
        IngestSource source = IngestSource.of(dataset, parameters.input());
        GraphPlan graph = source.plan(parameters.ingested().orElse(Instant.EPOCH));
        long chunks = graph.grid().count();
        long above = 0;
        for (int layer = 3; layer <= graph.ids().layers(); layer++) {
            above += graph.cells(layer).count();
        }
        // Layer 2, borders and rows; and before them what the input asks for.
        long perChunk = 3;
        long largest = graph.chunk().min(graph.bounds().size()).volume() * BYTES_PER_VOXEL;
        long disk;
        switch (parameters.input()) {
            case GraphInput.Segmented segmented -> {
                perChunk += segmented.fromEdges() ? 0 : 1;
                Sizes sizes = Sizes.of(dataset.path(segmented.edges()));
                largest += MEMORY_PER_BYTE * sizes.largest();
                disk = DISK_PER_BYTE * sizes.sum();
            }
            case GraphInput.Labelled _ -> {
                perChunk += 2;
                Box grown = new Box(Int3.ZERO, graph.chunk()).grow(Int3.all(1));
                largest = grown.volume() * BYTES_PER_VOXEL;
                // The volume of supervoxels before its compression.
                disk = graph.bounds().volume() * Long.BYTES;
            }
        }
        boolean embedded = parameters.rows().isEmpty() || parameters.rows().get().equals(GraphFolder.EMBEDDED);
        return new IngestPlan(graph, perChunk * chunks + above, largest,
                embedded ? RocksStore.DEFAULT_CACHE_BYTES + WRITE_BYTES : 0, disk);
    }

    private record Sizes(long sum, long largest) {
        static Sizes of(Path folder) throws IOException {
            long sum = 0;
            long largest = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    long size = Files.size(file);
                    sum += size;
                    largest = Math.max(largest, size);
                }
            }
            return new Sizes(sum, largest);
        }
    }
}
