package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.KnownMatches;
import org.neuropil.coregister.MatchRow;
import org.neuropil.coregister.match.Agreement;
import org.neuropil.coregister.match.ErrorModel;
import org.neuropil.coregister.match.Matches;
import org.neuropil.coregister.match.Reliability;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil coregister match`.
@Command(name = "match", header = "Finds the nucleus in EM of each imaged cell, with its probability.", description = {
    "CELLS.csv has a row for each cell: the columns that name it (MICrONS: session, scan_idx, unit_id, perhaps field; "
            + "V1DD: column, volume, plane, roi) and its centroid. The result is rows of a table that 'table create' and "
            + "'table import' take as they are: residual in um, and as score the separation, which is the distance to "
            + "the nearest other nucleus less the residual.",
    "The probability weighs the nuclei around by the errors of the map, which are estimated from all cells together, "
            + "and counts that a cell may have no nucleus in the list."}, footer = {
                "  neuropil coregister match rois.csv --model model.json --unit mm --nuclei nuclei.csv \\",
                "      --out coregistration.csv",
                "  neuropil coregister match rois.csv --unit um --nuclei nucleus_detection_v0@1300 \\",
                "      --dataset minnie65 --one-to-one --per session,scan_idx --out coregistration.parquet"})
final class CoregisterMatchVerb extends Verb {
    private static final List<Double> PROBABILITIES = List.of(0.0, 0.5, 0.8, 0.9, 0.95, 0.99);
    /// Share of cells thought to be matched rightly, below which something is wrong.
    private static final double HOPELESS = 0.02;
    private static final List<Double> SEPARATIONS = List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);

    @Parameters(index = "0", paramLabel = "CELLS.csv", description = "The cells.")
    private Path file = Path.of("");

    @Mixin
    private MatchOptions options = new MatchOptions();

    @Option(names = "--duplicates", paramLabel = "POLICY", description = "Several cells on one nucleus: keep, best-probability, best-separation, or drop; keep if left out.")
    private String duplicates = "keep";

    @Option(names = "--min-probability", paramLabel = "P", description = "Leave out matches that are less likely; 0 if left out.")
    private double least;

    @Option(names = "--score", paramLabel = "WHICH", description = "What the field score holds: separation or probability; separation if left out.")
    private String score = "separation";

    @Option(names = "--agreement", paramLabel = "FILE", description = "With --manual: write the share of agreement and of what remains by threshold; CSV.")
    private @Nullable Path agreement;

    @Mixin
    private OutFile out = new OutFile();

    @Override
    Path folder() {
        return out.file().orElse(Path.of(".")).toAbsolutePath().normalize();
    }

    @Override
    void run() throws IOException {
        MatchRow.Duplicates policy = policy();
        if (!(least >= 0 && least <= 1)) {
            throw usage("--min-probability " + least + " is not within 0 and 1");
        }
        if (!score.equals("separation") && !score.equals("probability")) {
            throw usage("--score '" + score + "' is not one of separation, probability");
        }
        if (agreement != null && Files.exists(agreement) && !common().force()) {
            throw new InputException("is there already", agreement.toString(), "--force replaces it");
        }
        out.file().ifPresent(path -> AnswerFiles.check(path, common().force()));
        MatchOptions.Matched found = options.match(this, file, CoregisterFitVerb.work(this, "coregister match"));
        if (agreement != null && found.known().isEmpty()) {
            throw usage("--agreement needs --manual");
        }
        List<MatchRow> rows = MatchRow.of(found.matches(), least, policy);
        Map<String, Object> json = new LinkedHashMap<>();
        Table table = new Table("figure", "value");
        Map<String, Object> figures = figures(found.matches(), rows);
        double right = Arrays.stream(found.matches().probability()).sum();
        if (right < HOPELESS * found.matches().size()) {
            warn(String.format(Locale.ROOT,
                    "hardly any cell has a nucleus where it was mapped to: %.1f of %d cells are "
                            + "thought to be matched rightly; are --unit, --nuclei-unit and --model right?",
                    right,
                    found.matches().size()));
        }
        figures.forEach((name, value) -> {
            table.add(name.replace('_', ' '), value);
            json.put(name, value);
        });
        json.put("error_model", found.matches().model());
        json.put("inputs", found.digests());
        json.put("parameters", found.parameters());
        if (out.file().isPresent()) {
            MatchOutput.write(out.file().get(), found, rows, score.equals("probability"));
            say(String.format(Locale.ROOT, "%,d rows of the kind %s in %s", rows.size(), found.cells().kind().word(),
                    out.file().get()));
        }
        if (found.known().isPresent()) {
            manual(found.matches(), found.known().get(), table, json);
        }
        print(table, json);
    }

    private MatchRow.Duplicates policy() {
        return Arrays.stream(MatchRow.Duplicates.values()).filter(one -> one.word().equals(duplicates)).findFirst()
                .orElseThrow(() -> usage("--duplicates '" + duplicates + "' is not one of "
                        + Arrays.stream(MatchRow.Duplicates.values()).map(MatchRow.Duplicates::word)
                                .collect(Collectors.joining(", "))));
    }

    /// What there is to say of matches, all of them.
    static Map<String, Object> figures(Matches matches) {
        return figures(matches, MatchRow.of(matches, 0, MatchRow.Duplicates.KEEP));
    }

    private static Map<String, Object> figures(Matches matches, List<MatchRow> rows) {
        ErrorModel model = matches.model();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("cells", matches.size());
        figures.put("rows", rows.size());
        figures.put("nuclei", rows.stream().map(MatchRow::nucleus).distinct().count());
        figures.put("rows_whose_nucleus_has_several", rows.stream().filter(row -> row.cells() > 1).count());
        figures.put("rows_of_at_least_0.95", rows.stream().filter(row -> row.probability() >= 0.95).count());
        figures.put("expected_right_rows", rows.stream().mapToDouble(MatchRow::probability).sum());
        figures.put("residual_median_um", median(rows.stream().mapToDouble(MatchRow::residual).toArray()));
        figures.put("separation_median_um", median(rows.stream().mapToDouble(MatchRow::separation).toArray()));
        String axes = "xyz";
        for (int axis = 0; axis < 3; axis++) {
            figures.put("shift_" + axes.charAt(axis) + "_um", model.shift().get(axis));
            figures.put("error_" + axes.charAt(axis) + "_median_um", model.median(axis));
        }
        figures.put("wider_100_um_from_landmarks", model.widening(100));
        figures.put("share_with_nucleus", model.matched());
        figures.put("share_of_missed_nuclei", model.missed());
        figures.put("share_of_others", model.other());
        return figures;
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private void manual(Matches matches, KnownMatches known, Table table, Map<String, Object> json)
            throws IOException {
        int[] cells = IntStream.range(0, matches.size()).filter(i -> known.nucleus().get(i).isPresent())
                .toArray();
        boolean[] agrees = new boolean[cells.length];
        double[] probability = new double[cells.length];
        double[] separation = new double[cells.length];
        for (int i = 0; i < cells.length; i++) {
            int nucleus = matches.nucleus()[cells[i]];
            agrees[i] = nucleus != Matches.NONE && known.nucleus().get(cells[i]).orElseThrow() == nucleus;
            probability[i] = matches.probability()[cells[i]];
            separation[i] = matches.separation()[cells[i]];
        }
        table.add("manual matches", cells.length);
        json.put("manual_matches", cells.length);
        if (known.strangers() > 0) {
            say(known.strangers() + " manual rows are of no cell that was given");
        }
        if (cells.length == 0) {
            return;
        }
        Reliability reliability = Reliability.of(probability, agrees, Reliability.BINS);
        table.add("expected calibration error", reliability.expectedError());
        json.put("reliability", reliability);
        List<Map<String, Object>> curve = new ArrayList<>();
        Table points = new Table("by", "threshold", "kept", "remaining", "agree");
        for (boolean by : new boolean[]{true, false}) {
            String name = by ? "probability" : "separation";
            Agreement all = Agreement.of(by ? probability : separation, agrees);
            for (Agreement.Point point : all.points()) {
                points.add(name, String.valueOf(point.threshold()), point.kept(), String.valueOf(point.remaining()),
                        String.valueOf(point.agree()));
                curve.add(Map.of("by", name, "threshold", point.threshold(), "kept", point.kept(), "remaining",
                        point.remaining(), "agree", point.agree()));
            }
            for (double threshold : by ? PROBABILITIES : SEPARATIONS) {
                all.points().stream().filter(point -> point.threshold() >= threshold).findFirst().ifPresent(
                        point -> table.add(String.format(Locale.ROOT, "agree, of %s at least %s%s", name,
                                threshold == Math.rint(threshold) ? Long.toString((long) threshold) : threshold,
                                by ? "" : " um"),
                                String.format(Locale.ROOT, "%.4f of the %.4f that remain",
                                        point.agree(), point.remaining())));
            }
        }
        json.put("agreement", curve);
        if (agreement != null) {
            FileStore.replace(agreement.toAbsolutePath(), points.csv().getBytes(StandardCharsets.UTF_8), false);
        }
    }
}
