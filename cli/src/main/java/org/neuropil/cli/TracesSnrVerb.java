package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.TraceSteps;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil traces snr`.
@Command(name = "snr", header = "Tells noise and signal to noise of dF/F, by two definitions.", description = {"",
    "band_power: mean power of 0.1 to 1.5 Hz over that of 2.0 to 2.1 Hz. event_power, of --events: 10 log10(mean of the "
            + "squared events / variance of the noise), in decibels. nan is what is not defined."}, footer = {
                "  neuropil traces snr dff.npy --rate 6.1",
                "  neuropil traces snr dff.csv --events events.csv --format csv"})
final class TracesSnrVerb extends TracesVerb {
    @Parameters(index = "0", paramLabel = "DFF", description = "dF/F, .npy or CSV.")
    private Path traces = Path.of("");

    @Option(names = "--events", paramLabel = "FILE", description = "Events of the same regions and frames.")
    private @Nullable Path events;

    @Option(names = "--rate", paramLabel = "HZ", description = "Frames a second; if not given, from the column 'time'.")
    private @Nullable Double rate;

    @Override
    @Nullable
    Path target() {
        return null;
    }

    @Override
    void run() throws IOException {
        SessionOptions.understood(this, () -> {
            Optional.ofNullable(rate).ifPresent(hertz -> TraceSteps.positive("--rate", hertz));
            return Optional.empty();
        });
        TraceTable table = TraceFiles.read(traces);
        Optional<TraceTable> found = events == null ? Optional.empty() : Optional.of(TraceFiles.read(events));
        double hertz = TraceSteps.rate(Optional.ofNullable(rate), table, traces.toString());
        answer(on(table, work -> TraceSteps.snr(table, hertz, found, traces.toString(), String.valueOf(events),
                work)));
    }
}
