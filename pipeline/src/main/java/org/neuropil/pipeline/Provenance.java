package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// What made a part; lies in it as `provenance.json`.
///
/// @param run id of the run: time, verb and the recipe's first eight digits
/// @param recipe what decides the bytes
/// @param recipeSha256 [Recipe#digest]
/// @param figures what the stage counted or measured, deterministic
/// @param timing when and how fast; differs from run to run
public record Provenance(String run, Recipe recipe, String recipeSha256, Map<String, Object> figures, Timing timing) {
    /// Name of the file in a part's folder.
    public static final String FILE = "provenance.json";

    /// When and how fast.
    ///
    /// @param started UTC
    /// @param seconds wall-clock time of the run that finished it
    /// @param resumed true if an interrupted run had done some of the blocks before
    /// @param runner what the blocks were worked on with: [Runner#name]
    /// @param threads blocks at work at a time, at most
    /// @param peakMib peak resident memory so far of the process that was started, in MiB; 0 where the system does not
    ///        tell
    public record Timing(Instant started, double seconds, boolean resumed, String runner, int threads, long peakMib) {}

    /// Reads a part's provenance.
    ///
    /// @throws java.nio.file.NoSuchFileException if the folder has none
    public static Provenance of(Path part) throws IOException {
        return Json.read(part.resolve(FILE), Provenance.class);
    }
}
