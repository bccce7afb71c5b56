package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.neuropil.pipeline.volumes.ConvertStage;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil reshard`: the same mips in another layout of files.
@Command(name = "reshard", header = "Writes a volume with its chunks in other files.", description = "Copies every mip "
        + "of SOURCE voxel by voxel to TARGET: into shards with --shard, into a file for each chunk without.", footer = {
            "  neuropil reshard neuropil-demo/segmentation precomputed://cells --shard 512,512,512",
            "  neuropil reshard precomputed://cells precomputed://cells-plain"})
final class ReshardVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The volume to read.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "Where the new one is to be.")
    @SuppressWarnings("NullAway.Init") // required
    private String target;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Mixin
    private ConvertVerb.LayoutOptions layout = new ConvertVerb.LayoutOptions();

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() throws IOException {
        ConvertVerb.runConversion(this, new ConvertStage.Parameters("reshard", VolumeOptions.uri(source, "SOURCE"),
                volume.open(), Volumes.target(VolumeUri.parse(target, "TARGET")), 0, Optional.empty(),
                ConvertStage.Levels.COPY,
                layout.chunk(), layout.unit(), layout.write()), layout.dryRun());
    }
}
