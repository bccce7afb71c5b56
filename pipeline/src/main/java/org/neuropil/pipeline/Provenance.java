package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

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

    private static final DateTimeFormatter ID_TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    /// The provenance of what has just been made.
    ///
    /// @param figures what was counted or measured, deterministic
    /// @param nanos [System#nanoTime] when it began
    public static Provenance of(Recipe recipe, Map<String, Object> figures, Instant started, long nanos,
            boolean resumed, RunOptions options) {
        String digest = recipe.digest();
        double seconds = Math.round((System.nanoTime() - nanos) / 1e6) / 1e3;
        return new Provenance(ID_TIME.format(started) + "-" + recipe.verb() + "-" + digest.substring(0, 8), recipe,
                digest, figures, new Timing(started, seconds, resumed, options.runner().name(), options.threads(),
                        Memory.peakMib()));
    }

    /// The digest of the recipe that a file names; empty if it names none, as where a volume is being made anew in its place.
    ///
    /// @param file its name, for errors
    /// @throws InputException if it is not of this kind
    public static Optional<String> recipeOf(byte[] bytes, String file) {
        return Optional.ofNullable(Json.parse(bytes, file, Named.class).recipeSha256()).filter(name -> !name.isEmpty());
    }

    /// All of the file that identifies a result.
    private record Named(@Nullable String recipeSha256) {}

    /// Reads a part's provenance.
    ///
    /// @throws java.nio.file.NoSuchFileException if the folder has none
    public static Provenance of(Path part) throws IOException {
        return Json.read(part.resolve(FILE), Provenance.class);
    }
}
