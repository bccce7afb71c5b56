package org.neuropil.cli;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.pipeline.volumes.ConvertStage;

import picocli.CommandLine.Command;

/// `neuropil reshard`: the same mips in another layout of files.
@Command(name = "reshard", header = "Writes a volume with its chunks in other files.", description = "Copies every mip "
        + "of SOURCE voxel by voxel to TARGET: into shards with --shard, into a file for each chunk without.", footer = {
            "  neuropil reshard neuropil-demo/segmentation precomputed://sharded --shard 512,512,512",
            "  neuropil reshard precomputed://sharded precomputed://plain"})
final class ReshardVerb extends CopyVerb {
    @Override
    void run() throws IOException {
        ConvertVerb.runConversion(this, new ConvertStage.Parameters("reshard", source(),
                open(), target(), 0, Optional.empty(),
                ConvertStage.Levels.COPY, false,
                layout().layout()), layout().dryRun());
    }
}
