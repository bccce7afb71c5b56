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

/// `neuropil traces events`.
@Command(name = "events", header = "Finds events in dF/F: L0-penalised deconvolution, solved exactly.", description = {
    "",
    "The penalty of a trace is the smallest at which no event is below --sigmas times its noise. An event is how much dF/F "
            + "rose; 0 where there is none, nan where a frame is missing."}, footer = {
                "  neuropil traces events dff.npy --rate 6.1 --decay 0.7 --out events.npy",
                "  neuropil traces events dff.csv --decay 1.2 --upsampling 1 --sigmas 3 --out events.csv"})
final class TracesEventsVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "DFF", description = "dF/F, .npy or CSV.")
    private Path traces = Path.of("");

    @Option(names = "--decay", required = true, paramLabel = "S", description = "Seconds in which the indicator's light falls to 1/e.")
    private double decay;

    @Option(names = {"-o",
        "--out"}, required = true, paramLabel = "FILE", description = "Events to write, .npy or CSV.")
    private Path out = Path.of("");

    @Option(names = "--rate", paramLabel = "HZ", description = "Frames a second; if not given, from the column 'time'.")
    private @Nullable Double rate;

    @Option(names = "--upsampling", paramLabel = "N", description = "How many times the rate is raised before; 5 if not given.")
    private int upsampling = TraceSteps.UPSAMPLING;

    @Option(names = "--sigmas", paramLabel = "N", description = "Least size of an event, in standard deviations of a frame's noise. If not given, what stands out by 3 standard deviations over all frames of its decay: 0.9 at 30 Hz and 1.9 at 6 Hz for a decay of 0.7 s.")
    private @Nullable Double sigmas;

    @Option(names = "--fine", paramLabel = "FILE", description = "Write the events at the raised rate, too.")
    private @Nullable Path fine;

    @Override
    Path target() {
        return out;
    }

    @Override
    void run() throws IOException {
        TraceSteps.EventOptions options = SessionOptions.understood(this, () -> {
            Optional.ofNullable(rate).ifPresent(hertz -> TraceSteps.positive("--rate", hertz));
            return new TraceSteps.EventOptions(decay, upsampling, Optional.ofNullable(sigmas));
        });
        checkFree(out, fine);
        TraceTable table = TraceFiles.read(traces);
        double hertz = TraceSteps.rate(Optional.ofNullable(rate), table, traces.toString());
        StepResult found = on(table, work -> TraceSteps.events(table, hertz, options, work));
        TraceFiles.write(out, found.traces());
        if (fine != null) {
            TraceFiles.write(fine, found.second().orElseThrow());
        }
        answer(found.figures());
        say(found.note() + ", in " + out);
    }
}
