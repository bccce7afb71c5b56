package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.DownsampleStage;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.precomputed.ChunkCompression;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil downsample`: coarser mips for a volume that is there.
@Command(name = "downsample", header = "Adds coarser mips to a precomputed, OME-Zarr or N5 volume.", description = "Images are averaged, "
        + "segmentations keep the most frequent label. Until all mips are whole, readers see the volume as it was.", footer = {
            "  neuropil convert neuropil-demo/segmentation precomputed://cells --mips none",
            "  neuropil downsample precomputed://cells --sparse",
            "  neuropil downsample s3://bucket/em --factor 2,2,1 --mips 4"})
final class DownsampleVerb extends Verb {
    @Parameters(index = "0", paramLabel = "VOLUME", description = "The volume.")
    @SuppressWarnings("NullAway.Init") // required
    private String volume;

    @Option(names = "--factor", paramLabel = "X,Y,Z", description = "1 or 2 on each axis; left out, voxels become as near to cubes as they can.")
    private @Nullable Int3 factor;

    @Option(names = "--mips", paramLabel = "N", description = "How many at most; left out, until one fits a chunk.")
    private @Nullable Integer mips;

    @Option(names = "--sparse", description = "0 counts only where there is nothing else: thin labels do not vanish, grey levels are means of what is not 0.")
    private boolean sparse;

    @Option(names = "--compression", paramLabel = "NAME", defaultValue = "none", description = "Of a precomputed volume's chunks outside of shards: none or gzip; none if left out. Other formats keep theirs.")
    private ChunkCompression compression = ChunkCompression.NONE;

    @Option(names = "--dry-run", description = "Print the plan, with blocks, memory and disk, and write nothing.")
    private boolean dryRun;

    @Override
    Path folder() {
        return VolumeOptions.local(volume);
    }

    @Override
    void run() throws IOException {
        if (mips != null && mips < 1) {
            throw new InputException("'" + mips + "' is less than 1", "--mips", "give how many to add at most");
        }
        if (factor != null
                && (factor.equals(Int3.all(1)) || !factor.min(Int3.all(2)).max(Int3.all(1)).equals(factor))) {
            throw new InputException("'" + factor + "' is not 1 or 2 on each axis, and 2 on one at least", "--factor",
                    "2,2,1 for sections that are thicker than pixels are wide");
        }
        DownsampleStage.Parameters parameters = new DownsampleStage.Parameters(VolumeOptions.existing(volume, "VOLUME"),
                Optional.ofNullable(factor), mips == null ? OptionalInt.empty() : OptionalInt.of(mips), sparse,
                compression);
        if (dryRun) {
            Plans.print(this, DownsampleStage.plan(parameters));
            return;
        }
        new Stage(this, false).runAndPrint("downsample " + parameters.uri(),
                options -> DownsampleStage.run(parameters, options));
    }
}
