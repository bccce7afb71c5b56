package org.neuropil.cli;

import java.util.Arrays;

import org.neuropil.physiology.nwb.MissingChunks;

import picocli.CommandLine.Option;

/// What is made of chunks of traces that are not there.
final class MissingChunksOption {
    @Option(names = "--missing-chunks", paramLabel = "HOW", description = "Chunks of traces that a folder of Zarr lacks: nan (missing frames), fill (the fill value, as Zarr has it), or refuse, which is so if left out.")
    private String how = MissingChunks.REFUSE.word();

    /// @throws picocli.CommandLine.ParameterException if it is none of them
    MissingChunks of(Verb verb) {
        return Arrays.stream(MissingChunks.values()).filter(one -> one.word().equals(how)).findFirst()
                .orElseThrow(() -> verb.usage("--missing-chunks '" + how + "' is none of refuse, nan, fill"));
    }
}
