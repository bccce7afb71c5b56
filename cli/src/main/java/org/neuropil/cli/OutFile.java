package org.neuropil.cli;

import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/// `--out`, of verbs whose result is rows.
final class OutFile {
    @Option(names = "--out", paramLabel = "FILE", description = "Write to a file instead; its ending says which kind: .parquet, .csv, .json, .arrow, .feather, .arrows.")
    private @Nullable Path file;

    /// The file; empty if the result is to be printed.
    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
