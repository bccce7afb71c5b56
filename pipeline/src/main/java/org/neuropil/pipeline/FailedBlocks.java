package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

/// What lies as `failed.json` in the work folder after a job that could not do all of its blocks: for people to read, and
/// for the next run to try these blocks last.
///
/// @param job name of the job
/// @param blocks how many it has
/// @param failed how many of them failed
/// @param first the first of them that failed, at most [#MOST]
record FailedBlocks(String job, int blocks, int failed, List<Entry> first) {
    static final String FILE = "failed.json";
    /// How many are listed, so that neither file nor memory grows without bound.
    static final int MOST = 10_000;

    /// A block that failed.
    ///
    /// @param block its number
    /// @param label what it is
    /// @param cause of its last failure, in words
    /// @param attempts how often it was tried
    record Entry(int block, String label, String cause, int attempts) {}

    /// The blocks that a file lists for a job; none if there is no such file, or it is another job's, or cannot be read:
    /// all that depends on it is the order of trying.
    static BitSet read(Path file, BlockJob job) throws IOException {
        BitSet blocks = new BitSet();
        if (!Files.exists(file)) {
            return blocks;
        }
        try {
            Raw raw = Json.read(file, Raw.class);
            if (job.name().equals(raw.job()) && raw.first() != null) {
                for (@Nullable
                Entry entry : raw.first()) {
                    if (entry != null && entry.block() >= 0 && entry.block() < job.blocks()) {
                        blocks.set(entry.block());
                    }
                }
            }
        } catch (InputException e) {
            return new BitSet();
        }
        return blocks;
    }

    /// The file as it may be, before it is checked.
    private record Raw(@Nullable String job, @Nullable List<@Nullable Entry> first) {}
}
