package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.Dff;
import org.neuropil.physiology.movie.DffMethod;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;

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
        List<String> names = Arrays.stream(DffMethod.values()).map(DffMethod::text).toList();
        if (!names.contains(name)) {
            throw usage("--method '" + name + "' is not one of " + String.join(", ", names)
                    + Nearest.to(name, names).map(near -> "; did you mean " + near + "?").orElse(""));
        }
        DffMethod method = DffMethod.values()[names.indexOf(name)];
        double longSeconds = wide == null ? method.longSeconds() : wide;
        double shortSeconds = narrow == null ? method.shortSeconds() : narrow;
        positive("--long-window", longSeconds);
        positive("--short-window", shortSeconds);
        positive("--rate", rate == null ? 1 : rate);
        checkFree(out, baseline);
        TraceTable table = TraceFiles.read(traces);
        double hertz = rate(rate, table, traces);
        Dff[] found = new Dff[table.names().size()];
        each(table, i -> found[i] = method.of(table.values()[i], hertz, longSeconds, shortSeconds));
        TraceFiles.write(out, table.with(Arrays.stream(found).map(Dff::dff).toArray(double[][]::new)));
        if (baseline != null) {
            TraceFiles.write(baseline, table.with(Arrays.stream(found).map(Dff::baseline).toArray(double[][]::new)));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            rows.add(List.of(table.names().get(i), found[i].noise(), found[i].smallBaseline()));
        }
        answer(List.of("roi", "sigma_dff", "num_small_baseline_frames"), rows);
        say(found.length + " traces of " + method.text() + " dF/F in " + out + ", windows of "
                + method.frames(longSeconds, hertz) + " and " + method.frames(shortSeconds, hertz) + " frames");
    }
}
