package org.neuropil.cli;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.Layout;
import org.neuropil.space.Int3;
import org.neuropil.volume.format.WriteOptions;

import picocli.CommandLine.Option;

/// How a new volume is laid out; shared by the verbs that write volumes.
final class LayoutOptions {
    @Option(names = "--chunk", paramLabel = "X,Y,Z", description = "Voxels of a chunk; if left out 64,64,64, or the source's chunks where its mips are copied.")
    private @Nullable Int3 chunk;

    @Option(names = "--shard", paramLabel = "X,Y,Z", description = "Voxels of a file that holds many chunks; without it each chunk has its own.")
    private @Nullable Int3 shard;

    @Option(names = "--encoding", paramLabel = "NAME", description = "Of precomputed chunks: raw, compressed_segmentation, jpeg or png.")
    private @Nullable String encoding;

    @Option(names = "--compression", paramLabel = "NAME", description = "Of chunks: none, gzip; for Zarr and N5 also zstd or blosc.")
    private @Nullable String compression;

    @Option(names = "--dry-run", description = "Print the plan, with blocks, memory and disk, and write nothing.")
    private boolean dryRun;

    /// @throws InputException if chunk or shard cannot be
    Layout layout() {
        return new Layout(Optional.ofNullable(chunk), Optional.ofNullable(shard),
                new WriteOptions(Optional.ofNullable(encoding), Optional.ofNullable(compression)));
    }

    boolean dryRun() {
        return dryRun;
    }
}
