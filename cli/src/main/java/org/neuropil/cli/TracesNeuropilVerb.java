package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.StepResult;
import org.neuropil.physiology.movie.step.TraceSteps;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil traces neuropil`.
@Command(name = "neuropil", header = "Takes the light of the surroundings out of traces.", description = {"",
    "FC = F - r N, with an r for each region from 0 to 2 in steps of 0.0001: that of the least cross-validated error. If "
            + "none can be told, the trace is missing."}, footer = {
                "  neuropil traces neuropil f.npy n.npy --out fc.npy",
                "  neuropil traces neuropil f.csv n.csv --out fc.csv --r 0.7"})
final class TracesNeuropilVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "TRACES", description = "F, .npy or CSV.")
    private Path traces = Path.of("");

    @Parameters(index = "1", paramLabel = "SURROUNDINGS", description = "N, of the same regions and frames.")
    private Path surroundings = Path.of("");

    @Option(names = {"-o",
        "--out"}, required = true, paramLabel = "FILE", description = "Traces to write, .npy or CSV.")
    private Path out = Path.of("");

    @Option(names = "--r", paramLabel = "R", description = "The same r for all regions, instead of fitting it.")
    private @Nullable Double r;

    @Override
    Path target() {
        return out;
    }

    @Override
    void run() throws IOException {
        if (r != null && !Double.isFinite(r)) {
            throw usage("--r " + r + " is no number");
        }
        checkFree(out);
        TraceTable cells = TraceFiles.read(traces);
        TraceTable around = TraceFiles.read(surroundings);
        StepResult found = on(cells, work -> TraceSteps.neuropil(cells, around, traces.toString(),
                surroundings.toString(), Optional.ofNullable(r), work));
        TraceFiles.write(out, found.traces());
        answer(found.figures());
        say(found.note() + " in " + out);
    }
}
