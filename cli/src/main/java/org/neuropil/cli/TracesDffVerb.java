package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.DffMethod;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.StepResult;
import org.neuropil.physiology.movie.step.TraceSteps;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil traces dff`.
@Command(name = "dff", header = "Makes dF/F, by one of three published definitions.", description = {"",
    "inactive_median: the baseline is the median of those frames of 600 s in which the cell is not active. "
            + "windowed_median, what V1DD has: the median of all of 600 s, and that of 3.33 s is taken off. windowed_mode, "
            + "the older one: the moving mean (100 s) of the moving mode (180 s). dF/F is a share, not percent."}, footer = {
                "  neuropil traces dff fc.npy --rate 6.1 --out dff.npy",
                "  neuropil traces dff fc.csv --method windowed_median --long-window 300 --out dff.csv"})
final class TracesDffVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "TRACES", description = "Fluorescence, .npy or CSV.")
    private Path traces = Path.of("");

    @Option(names = {"-o",
        "--out"}, required = true, paramLabel = "FILE", description = "Traces to write, .npy or CSV.")
    private Path out = Path.of("");

    @Option(names = "--method", paramLabel = "NAME", description = "windowed_median, inactive_median or windowed_mode; inactive_median if not given.")
    private String name = DffMethod.INACTIVE_MEDIAN.text();

    @Option(names = "--rate", paramLabel = "HZ", description = "Frames a second; if not given, from the column 'time'.")
    private @Nullable Double rate;

    @Option(names = "--long-window", paramLabel = "S", description = "Seconds of the baseline's window.")
    private @Nullable Double wide;

    @Option(names = "--short-window", paramLabel = "S", description = "Seconds of the short window: of the second median, of the noise, or of the mean.")
    private @Nullable Double narrow;

    @Option(names = "--baseline", paramLabel = "FILE", description = "Write the baselines, too.")
    private @Nullable Path baseline;

    @Override
    Path target() {
        return out;
    }

    @Override
    void run() throws IOException {
        List<String> methods = Arrays.stream(DffMethod.values()).map(DffMethod::text).toList();
        if (!methods.contains(name)) {
            throw usage("--method '" + name + "' is not one of " + String.join(", ", methods)
                    + Nearest.to(name, methods).map(nearest -> "; did you mean " + nearest + "?").orElse(""));
        }
        TraceSteps.DffOptions options = SessionOptions.understood(this, () -> {
            Optional.ofNullable(rate).ifPresent(hertz -> TraceSteps.positive("--rate", hertz));
            return TraceSteps.DffOptions.of(name, Optional.ofNullable(wide), Optional.ofNullable(narrow));
        });
        checkFree(out, baseline);
        TraceTable table = TraceFiles.read(traces);
        double hertz = TraceSteps.rate(Optional.ofNullable(rate), table, traces.toString());
        StepResult found = on(table, work -> TraceSteps.dff(table, hertz, options, work));
        TraceFiles.write(out, found.traces());
        if (baseline != null) {
            TraceFiles.write(baseline, found.second().orElseThrow());
        }
        answer(found.figures());
        say(found.note() + ", in " + out);
    }
}
