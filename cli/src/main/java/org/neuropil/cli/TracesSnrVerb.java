package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.Noise;
import org.neuropil.physiology.movie.Snr;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.space.InputException;

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
        positive("--rate", rate == null ? 1 : rate);
        TraceTable table = TraceFiles.read(traces);
        TraceTable found = events == null ? null : TraceFiles.read(events);
        if (found != null && (!found.names().equals(table.names()) || found.frames() != table.frames())) {
            throw new InputException("has other regions or frames than " + traces, String.valueOf(events),
                    "give events of the same traces");
        }
        double hertz = rate(rate, table, traces);
        double[][] figures = new double[table.names().size()][];
        each(table, i -> {
            double[] trace = table.values()[i];
            figures[i] = new double[]{Noise.deviation(trace), Snr.bandPower(trace, hertz),
                found == null ? Double.NaN : Snr.eventPower(trace, found.values()[i])};
        });
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < figures.length; i++) {
            List<Object> row = new ArrayList<>(List.of(table.names().get(i), figures[i][0], figures[i][1]));
            if (found != null) {
                row.add(figures[i][2]);
            }
            rows.add(row);
        }
        answer(found == null
                ? List.of("roi", "noise_std", "band_power")
                : List.of("roi", "noise_std", "band_power", "event_power"), rows);
    }
}
