package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.decode.Accuracy;
import org.neuropil.physiology.decode.AccuracyRows;
import org.neuropil.physiology.decode.CrossValidation;
import org.neuropil.physiology.decode.DecodeFiles;
import org.neuropil.physiology.decode.Decoder;
import org.neuropil.physiology.decode.Decoding;
import org.neuropil.physiology.decode.DecodingPlan;
import org.neuropil.physiology.decode.Folds;
import org.neuropil.physiology.decode.Labelling;
import org.neuropil.physiology.decode.Lda;
import org.neuropil.physiology.decode.LinearSvm;
import org.neuropil.physiology.decode.Missing;
import org.neuropil.physiology.decode.Neighbours;
import org.neuropil.physiology.decode.Noise;
import org.neuropil.physiology.decode.Part;
import org.neuropil.physiology.decode.SessionTrials;
import org.neuropil.physiology.decode.Settings;
import org.neuropil.physiology.decode.TrialMatrix;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.table.MetricFiles;
import org.neuropil.physiology.table.ResultFile;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil decode`.
@Command(name = "decode", header = "Tells what was shown from the responses of many cells, and how well that goes.", description = {
    "",
    "Of a session, or a dataset that holds one, trials are cut as 'metrics compute' cuts them: the window's mean of the events, "
            + "or what comes nearest; --stimuli names the stimulus, if there are several.",
    "",
    "TRIALS is what 'metrics compute' takes: cell, direction, spatial_frequency, temporal_frequency or image, response, "
            + "and perhaps speed in cm/s; all cells with the same trials. Decoders learn from all folds of trials but one, "
            + "and are asked about that. The answer is a row for each number of cells: accuracy is the share of trials told "
            + "right, deviation its spread over repeats, which draw cells and folds."}, footer = {
                "  neuropil decode mouse/physiology/c1v3 --stimuli drifting_gratings_full --labels direction --by-running",
                "  neuropil decode mouse/physiology/c1v3 --stimuli natural_images --by-depth 50 --cells 10,50,all",
                "  neuropil decode trials.csv --labels direction --cells 1,2,5,10,20,50,all --noise",
                "  neuropil decode trials.csv --decoder svm --groups depths.csv --by-running --out accuracy.csv"})
final class DecodeVerb extends Verb {
    private static final String ALL = "all";

    @Parameters(index = "0", paramLabel = "SESSION|TRIALS", description = "A session, or a dataset that holds one; or a CSV file of responses of trials, each cell's in the order of time.")
    private Path trials = Path.of("");

    @Option(names = "--decoder", paramLabel = "NAME", description = "lda (shrunk by Ledoit and Wolf's rule), svm (linear), or knn; lda if left out.")
    private String name = "lda";

    @Option(names = "--cost", paramLabel = "C", description = "Of errors, of svm; 1 if left out.")
    private double cost = 1;

    @Option(names = "--neighbours", paramLabel = "K", description = "That vote, of knn; 5 if left out.")
    private int neighbours = Neighbours.DEFAULT;

    @Option(names = "--raw", description = "Take responses as they are. Left out, each cell is brought to mean 0 and deviation 1 by the trials that are learned from.")
    private boolean raw;

    @Option(names = "--labels", paramLabel = "WHAT", description = "What to tell apart: condition, direction or orientation; condition if left out.")
    private String labels = "condition";

    @Option(names = "--missing", paramLabel = "WHAT", description = "Where responses are missing: cells leaves out such cells, after trials that more than half of the cells lack; trials leaves out such trials. cells if left out.")
    private String missing = "cells";

    @Option(names = "--folds", paramLabel = "N", description = "Of the cross-validation; 5 if left out. Conditions with fewer trials are left out.")
    private @Nullable Integer folds;

    @Option(names = "--folds-from", paramLabel = "FILE", description = "Take folds from a file: trial (from 0, blanks not counted), fold.")
    private @Nullable Path foldsFrom;

    @Option(names = "--folds-to", paramLabel = "FILE", description = "Write the folds of the first repeat.")
    private @Nullable Path foldsTo;

    @Option(names = "--cells", paramLabel = "N", split = ",", description = "Numbers of cells, drawn in each repeat; all is one; all if left out.")
    private List<String> cells = List.of(ALL);

    @Option(names = "--repeats", paramLabel = "N", description = "How often cells and folds are drawn; 10 if left out.")
    private int repeats = Settings.REPEATS;

    @Option(names = "--shuffles", paramLabel = "N", description = "Trials shuffled against labels, so often, for what chance gives; 100 if left out.")
    private int shuffles = Settings.SHUFFLES;

    @Option(names = "--noise", description = "Also without noise correlation: shuffled (trials of a class, for each cell), and diagonal (that, but asked about trials as they were).")
    private boolean noise;

    @Option(names = "--groups", paramLabel = "FILE", description = "Also of each group of cells by itself: cell, group.")
    private @Nullable Path groups;

    @Option(names = "--by-plane", description = "Of sessions: also of the cells of each plane by themselves.")
    private boolean byPlane;

    @Option(names = "--by-depth", paramLabel = "UM", description = "Of sessions: also of the cells of each layer so deep by themselves: 0 to UM below the pia, and so on.")
    private @Nullable Double byDepth;

    @Mixin
    private SessionOptions of = new SessionOptions();

    @Option(names = "--by-running", description = "Also of the trials by themselves in which the animal ran (above 1 cm/s), and of those in which it did not.")
    private boolean byRunning;

    @Option(names = "--confusion", paramLabel = "FILE", description = "Write how often each condition was taken for each.")
    private @Nullable Path confusion;

    @Option(names = "--predictions", paramLabel = "FILE", description = "Write what is told of each trial by all cells, in the first repeat, with the scores.")
    private @Nullable Path predictions;

    @Option(names = "--seed", paramLabel = "S", description = "Of all that is drawn; 0 if left out.")
    private long seed;

    @Option(names = {"-o",
        "--out"}, paramLabel = "FILE", description = "Write to a file instead: CSV, or what the ending says, .parquet, .json, .arrow, .feather, .arrows.")
    private @Nullable Path out;

    @Override
    Path folder() {
        return Path.of(".");
    }

    /// Rows can be had as those of tables.
    @Override
    Set<Format> formats() {
        return EnumSet.allOf(Format.class);
    }

    @Override
    void run() throws Exception {
        Settings settings = settings();
        different(out, confusion, predictions, foldsTo);
        Stream.of(out, confusion, predictions, foldsTo).forEach(this::mustBeNew);
        Map<String, Map<String, String>> groupings = new LinkedHashMap<>();
        TrialMatrix whole = TrialMatrix.of(responses(groupings), labelling(), missing());
        DecodingPlan plan = DecodingPlan.of(whole, settings, trials.toString(), byRunning, groupings);
        plan.notes().forEach(this::say);
        Decoding decoding = new Decoding(plan.parts(), settings);
        if (decoding.tasks() == 0) {
            throw new InputException("of " + trials + " there are " + whole.cells().size() + " cells", "--cells",
                    "ask for no more");
        }
        List<Accuracy> rows;
        try (Progress.Task task = StageProgress.of("decode", spec().commandLine().getErr(), terminal(),
                common().quiet()).begin("cross-validations", decoding.tasks(), 0)) {
            rows = decoding.run(common().threads(), task::step);
        }
        writeBeside(plan.first(), settings, rows);
        answer(new DecodeRows(rows));
    }

    /// The responses of cells.
    ///
    /// @param groupings takes the groups of cells, by where they are from: the group of each cell
    private Map<String, Responses> responses(Map<String, Map<String, String>> groupings) throws IOException {
        if (groups != null) {
            groupings.put(groups.toString(), DecodeFiles.groups(groups));
        }
        if (MetricsComputeVerb.isCsv(trials)) {
            if (of.areGiven() || byPlane || byDepth != null) {
                throw usage("--stimuli, --trace, --window, --baseline, --response, --by-plane and --by-depth are for "
                        + "sessions");
            }
            return MetricFiles.trials(trials);
        }
        if (byDepth != null && !(byDepth > 0 && byDepth < Double.POSITIVE_INFINITY)) {
            throw usage("--by-depth " + byDepth + " is not above 0");
        }
        SessionOptions.understood(this, () -> List.of(of.words().cuts(), of.words().kind()));
        try (Session session = OpenSession.open(trials)) {
            SessionTrials found = SessionTrials.of(session, of.words());
            found.notes().forEach(this::say);
            say(found.cells().size() + " cells in trials of " + found.stimulus());
            if (byPlane) {
                groupings.put("--by-plane", found.planes());
            }
            if (byDepth != null) {
                Map<String, String> layers = found.byDepth(byDepth);
                if (layers.isEmpty()) {
                    throw new InputException("depths of planes are not known", trials.toString(),
                            "leave out --by-depth, or give --by-plane or --groups");
                }
                groupings.put("--by-depth", layers);
            }
            return found.cells();
        }
    }

    private Settings settings() throws IOException {
        if (folds != null && foldsFrom != null) {
            throw usage("--folds and --folds-from exclude each other");
        }
        atLeast("--folds", folds == null ? Settings.FOLDS : folds, 2);
        atLeast("--repeats", repeats, 1);
        atLeast("--shuffles", shuffles, 0);
        atLeast("--neighbours", neighbours, 1);
        if (!(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
            throw usage("--cost " + cost + " is not above 0");
        }
        List<Integer> sizes = cells.stream().map(this::size).toList();
        Decoder decoder = switch (name) {
            case "lda" -> new Lda();
            case "svm" -> new LinearSvm(cost);
            case "knn" -> new Neighbours(neighbours);
            default -> throw usage("--decoder '" + name + "' is not one of lda, svm, knn");
        };
        return new Settings(decoder, !raw, folds == null ? Settings.FOLDS : folds,
                foldsFrom == null ? Map.of() : DecodeFiles.folds(foldsFrom), sizes, repeats, shuffles, noise, seed);
    }

    private void atLeast(String option, int number, int least) {
        if (number < least) {
            throw usage(option + " " + number + " is not at least " + least);
        }
    }

    private int size(String text) {
        if (text.equals(ALL)) {
            return Settings.ALL;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw usage("--cells '" + text + "' is not a number of cells, or all");
        }
        return Integer.parseInt(text);
    }

    private Labelling labelling() {
        return switch (labels) {
            case "condition" -> Labelling.CONDITION;
            case "direction" -> Labelling.DIRECTION;
            case "orientation" -> Labelling.ORIENTATION;
            default -> throw usage("--labels '" + labels + "' is not one of condition, direction, orientation");
        };
    }

    private Missing missing() {
        return switch (missing) {
            case "cells" -> Missing.CELLS;
            case "trials" -> Missing.TRIALS;
            default -> throw usage("--missing '" + missing + "' is not one of cells, trials");
        };
    }

    private void mustBeNew(@Nullable Path file) {
        if (file != null && Files.exists(file) && !common().force()) {
            throw new InputException("is there already", file.toString(), "--force replaces it");
        }
    }

    private void writeBeside(Part first, Settings settings, List<Accuracy> rows) throws IOException {
        Folds ofFirst = first.folds(settings, 0);
        if (foldsTo != null) {
            write(foldsTo, DecodeFiles.foldsText(first.matrix(), ofFirst));
        }
        if (predictions != null) {
            TrialMatrix matrix = first.matrix();
            write(predictions, DecodeFiles.predictionsText(matrix, ofFirst, CrossValidation.of(
                    matrix.values(first.columns()), matrix.labels(), matrix.classes().size(), ofFirst,
                    settings.decoder(), settings.standardise(), Noise.INTACT, new SplittableRandom(seed))));
        }
        if (confusion != null) {
            write(confusion, new DecodeRows(rows).confusion().csv());
        }
    }

    private void write(Path file, String text) throws IOException {
        FileStore.replace(file.toAbsolutePath(), text.getBytes(StandardCharsets.UTF_8), false);
        say("wrote " + file);
    }

    private void answer(DecodeRows rows) throws IOException {
        if (out == null) {
            switch (common().format()) {
                case arrow, parquet -> ResultOutput.print(this, AccuracyRows.of(rows.all()));
                default -> print(rows.table(), rows.json());
            }
            return;
        }
        switch (ResultFile.Kind.of(out).orElse(ResultFile.Kind.CSV)) {
            case CSV -> write(out, rows.table().csv());
            case JSON -> write(out, new String(Json.bytes(rows.json()), StandardCharsets.UTF_8));
            default -> {
                ResultOutput.place(AccuracyRows.of(rows.all()), out);
                say("wrote " + out);
            }
        }
    }
}
