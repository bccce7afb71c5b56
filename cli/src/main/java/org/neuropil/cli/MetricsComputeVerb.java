package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.table.MetricFiles;
import org.neuropil.physiology.table.MetricRow;
import org.neuropil.physiology.table.MetricTable;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil metrics compute`.
@Command(name = "compute", header = "Computes metrics of sessions, or of trials and traces in CSV files.", description = {
    "",
    "Of a session, of all sessions in a folder or of a dataset: a row for each cell, metric and stimulus, with the kind of "
            + "trace that it was made of. Trials are cut by their published windows: 2 s of gratings, 2 frames of images and "
            + "noise, 3 frames of a movie.",
    "",
    "Of several sessions, those that cannot be read are left out and named, and the exit code is 1; rows of the others are "
            + "written. With --out or --pairs-out, the rows of sessions that are done are kept beside the result until all "
            + "are: ended by force, the same command goes on with them and gives the same bytes; --fresh begins anew.",
    "",
    "Of CSV files: TRIALS has a row for each trial of each cell: cell, direction, spatial_frequency, temporal_frequency or image, "
            + "response, and perhaps speed in cm/s; a row without direction and image is a blank screen. Values that are "
            + "missing are empty or nan. The answer is a row for each metric and cell; nan is what is not defined."}, footer = {
                "  neuropil metrics compute mouse/ --out metrics.parquet --pairs-out pairs.parquet",
                "  neuropil metrics compute mouse/physiology/c1v3 --metrics osi,dsi --samples 1000 --format csv",
                "  neuropil metrics compute mouse/physiology/c1v3 --samples 1000 --pairs-out pairs.parquet --pairs-samples 200",
                "  neuropil metrics compute trials.csv --metrics osi,osi_cv,gosi --samples 1000",
                "  neuropil metrics compute windowed.csv --full full.csv --spontaneous grey.csv --null-frames 12",
                "  neuropil metrics compute --film repeats.csv --traces traces.csv --out metrics.csv"})
final class MetricsComputeVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "SESSION|TRIALS", description = "A session, a folder of sessions or a dataset; or a CSV file of responses of trials, each cell's in the order of time.")
    private @Nullable Path trials;

    @Option(names = "--spontaneous", paramLabel = "FILE", description = "Traces without a stimulus, for what chance gives: cell, time in seconds, value.")
    private @Nullable Path spontaneous;

    @Option(names = "--null-frames", paramLabel = "N", description = "Frames of a trial's window, with --spontaneous.")
    private @Nullable Integer nullFrames;

    @Option(names = "--draws", paramLabel = "N", description = "Random windows; 2500 for gratings, 10000 for images if left out.")
    private @Nullable Integer draws;

    @Option(names = "--full", paramLabel = "FILE", description = "The same gratings on the full field; TRIALS are then those in a window.")
    private @Nullable Path full;

    @Option(names = "--pairs", description = "Also of each pair of cells of TRIALS, which then have the same trials.")
    private boolean pairs;

    @Option(names = "--frames", paramLabel = "FILE", description = "Frames of trials: cell, condition as in TRIALS, trial, value.")
    private @Nullable Path frames;

    @Option(names = "--film", paramLabel = "FILE", description = "Repeats of a film: cell, repeat, value, and perhaps model.")
    private @Nullable Path film;

    @Option(names = "--traces", paramLabel = "FILE", description = "Traces of cells: cell, time in seconds, value, and perhaps speed.")
    private @Nullable Path traces;

    @Option(names = "--metrics", paramLabel = "IDS", split = ",", description = "Only these; all that the files allow if left out.")
    private Set<String> ids = Set.of();

    @Option(names = "--pairs-out", paramLabel = "FILE", description = "Of sessions: write correlations of all pairs of cells, too; .parquet, .csv, .json, .arrow, .feather, .arrows.")
    private @Nullable Path pairsOut;

    @Mixin
    private SessionOptions of = new SessionOptions();

    @Option(names = "--samples", paramLabel = "N", description = "Bootstrap over trials, so often: standard error and interval; 'explain' says what is drawn where there are no trials.")
    private @Nullable Integer samples;

    @Option(names = "--pairs-samples", paramLabel = "N", description = "Of pairs of cells of sessions another number of samples than --samples; 0 for none. Needed if --samples would take more than an hour for them.")
    private @Nullable Integer pairsSamples;

    @Option(names = "--block", paramLabel = "SECONDS", description = "Blocks of frames that the bootstrap draws where there are no trials; 20 if left out. Long against what the signals remember.")
    private double block = FrameBlocks.SECONDS;

    @Option(names = "--level", paramLabel = "P", description = "Share of the bootstrap's figures in the interval; 0.95 if left out.")
    private double level = 0.95;

    @Option(names = "--seed", paramLabel = "S", description = "Of the random windows and the bootstrap; 0 if left out.")
    private long seed;

    @Option(names = {"-o",
        "--out"}, paramLabel = "FILE", description = "Write to a file instead: CSV; of sessions what the ending says, .parquet, .csv, .json, .arrow, .feather, .arrows.")
    private @Nullable Path out;

    @Override
    Path folder() {
        return Path.of(".");
    }

    /// Rows of sessions can be had as those of tables.
    @Override
    Set<Format> formats() {
        return EnumSet.allOf(Format.class);
    }

    @Override
    void run() throws IOException {
        check();
        if (trials != null && !isCsv(trials)) {
            session(trials);
            return;
        }
        if (pairsOut != null || pairsSamples != null || of.areGiven()) {
            throw usage("--pairs-out, --pairs-samples, --stimuli, --trace, --window and --baseline are for sessions");
        }
        if (!super.formats().contains(common().format())) {
            throw usage("--format " + common().format() + " is for sessions");
        }
        MetricTable table = new MetricTable(ids, drawing(samples));
        if (trials != null) {
            Map<String, Responses> cells = MetricFiles.trials(trials);
            table.trials(cells);
            if (spontaneous != null && nullFrames != null) {
                table.responsiveness(cells, chance(spontaneous, nullFrames, cells));
            }
            if (full != null) {
                table.surround(cells, MetricFiles.trials(full));
            }
            if (pairs) {
                table.pairs(cells);
            }
            table.populations(cells);
        }
        if (frames != null) {
            table.frames(MetricFiles.frames(frames));
        }
        if (film != null) {
            table.films(MetricFiles.films(film));
        }
        if (traces != null) {
            table.traces(MetricFiles.traces(traces));
        }
        Set<String> came = new HashSet<>();
        table.rows().forEach(row -> came.add(row.metric()));
        List<String> without = ids.stream().filter(id -> !came.contains(id)).toList();
        if (!ids.isEmpty() && came.isEmpty()) {
            throw new InputException("the files allow no metric that was asked for", "--metrics",
                    "'neuropil metrics explain " + String.join(" ", ids) + "' says what they are made of");
        }
        without.forEach(id -> warn("no row of " + id + ", made of " + Catalogue.input(MetricIds.known(this, id))
                + ": the files do not have it"));
        answer(table.rows());
    }

    private Optional<MetricTable.Drawing> drawing(@Nullable Integer number) {
        return number == null || number == 0
                ? Optional.empty()
                : Optional.of(new MetricTable.Drawing(number, level, seed, block));
    }

    /// Whether a name is one of a CSV file.
    static boolean isCsv(Path file) {
        return !Files.isDirectory(file)
                && String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).matches(".*\\.(csv|txt)(\\.gz)?");
    }

    private void session(Path given) throws IOException {
        if (spontaneous != null || full != null || pairs || frames != null || film != null || traces != null) {
            throw usage("--spontaneous, --full, --pairs, --frames, --film and --traces are for CSV files; "
                    + given + " is none");
        }
        SessionMetricsRun run = new SessionMetricsRun(this, of.choice(this, ids, drawing(samples),
                Optional.ofNullable(draws), seed, common().threads()), Optional.ofNullable(out),
                Optional.ofNullable(pairsOut), drawing(pairsSamples == null ? samples : pairsSamples),
                pairsSamples != null);
        run.check();
        run.run(given, GivenSessions.of(given, this::warn), of.words());
    }

    private void check() {
        ids = new LinkedHashSet<>(ids);
        ids.forEach(id -> MetricIds.known(this, id));
        if (trials == null && frames == null && film == null && traces == null) {
            throw usage("there is nothing to compute from; give a session, TRIALS, --frames, --film or --traces");
        }
        if (trials == null && (spontaneous != null || full != null || pairs)) {
            throw usage("--spontaneous, --full and --pairs need TRIALS");
        }
        if ((spontaneous == null) != (nullFrames == null)) {
            throw usage("--spontaneous and --null-frames go together");
        }
        positive("--null-frames", nullFrames);
        positive("--draws", draws);
        positive("--samples", samples);
        if (pairsSamples != null && (pairsSamples < 0 || pairsOut == null)) {
            throw usage(pairsOut == null
                    ? "--pairs-samples needs --pairs-out"
                    : "--pairs-samples " + pairsSamples + " is less than 0");
        }
        if (!(block > 0 && block < Double.POSITIVE_INFINITY)) {
            throw usage("--block " + block + " is not a number of seconds above 0");
        }
        if (!(level > 0 && level < 1)) {
            throw usage("--level " + level + " is not between 0 and 1");
        }
        if (out != null && Files.exists(out) && !common().force()) {
            throw new InputException("is there already", out.toString(), "--force replaces it");
        }
    }

    private void positive(String option, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw usage(option + " " + number + " is not at least 1");
        }
    }

    private Map<String, SpontaneousNull> chance(Path file, int window, Map<String, Responses> cells)
            throws IOException {
        boolean gratings = cells.values().stream().flatMap(responses -> responses.conditions().stream())
                .anyMatch(Condition.Grating.class::isInstance);
        int count = draws != null ? draws : gratings ? SpontaneousNull.GRATINGS : SpontaneousNull.OTHERS;
        Map<String, SpontaneousNull> chance = new LinkedHashMap<>();
        MetricFiles.traces(file).cells().forEach((cell, trace) -> chance.put(cell, SpontaneousNull.of(trace,
                Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, window, count, seed)));
        return chance;
    }

    private void answer(List<MetricRow> rows) throws IOException {
        List<String> header = new ArrayList<>(List.of("metric", "cell", "of", "value"));
        if (samples != null) {
            header.addAll(List.of("standard_error", "low", "high"));
        }
        Table table = new Table(header.toArray(String[]::new));
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (MetricRow row : rows) {
            List<Double> numbers = new ArrayList<>(List.of(row.value()));
            if (samples != null) {
                row.spread().ifPresentOrElse(
                        spread -> numbers.addAll(List.of(spread.standardError(), spread.low(), spread.high())),
                        () -> numbers.addAll(List.of(Double.NaN, Double.NaN, Double.NaN)));
            }
            List<Object> cells = new ArrayList<>(List.of(row.metric(), row.cell(), row.of()));
            cells.addAll(numbers);
            table.add(cells.toArray());
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                one.put(header.get(i), i < 3 ? cells.get(i) : number(numbers.get(i - 3)));
            }
            json.add(one);
        }
        if (out == null) {
            print(table, json);
            return;
        }
        switch (ResultFile.Kind.of(out).orElse(ResultFile.Kind.CSV)) {
            case CSV -> FileStore.replace(out.toAbsolutePath(), table.csv().getBytes(StandardCharsets.UTF_8), false);
            case JSON -> FileStore.replace(out.toAbsolutePath(), Json.bytes(json), false);
            default -> ResultOutput.place(columns(rows, header), out);
        }
        say(rows.size() + " rows in " + out);
    }

    /// @param header three texts, then numbers: the value, and perhaps its spread
    private static Rows columns(List<MetricRow> rows, List<String> header) {
        List<Function<MetricRow, String>> texts = List.of(MetricRow::metric, MetricRow::cell, MetricRow::of);
        List<ToDoubleFunction<Bootstrap>> spreads = List.of(Bootstrap::standardError, Bootstrap::low, Bootstrap::high);
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (i < texts.size()) {
                Function<MetricRow, String> text = texts.get(i);
                columns.add(Column.of(header.get(i), ColumnType.TEXT));
                data.add(new ColumnData.Texts(rows.stream().map(text).toArray(String[]::new), null));
                continue;
            }
            ToDoubleFunction<MetricRow> number = MetricRow::value;
            if (i > texts.size()) {
                ToDoubleFunction<Bootstrap> spread = spreads.get(i - texts.size() - 1);
                number = row -> row.spread().map(spread::applyAsDouble).orElse(Double.NaN);
            }
            columns.add(Column.of(header.get(i), ColumnType.FLOAT64));
            data.add(new ColumnData.Doubles(rows.stream().mapToDouble(number).toArray(), null));
        }
        return new Rows(columns, data);
    }

    /// JSON knows no NaN.
    private static @Nullable Object number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
