package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.ManualAgreement;
import org.neuropil.coregister.MatchChoice;
import org.neuropil.coregister.MatchFigures;
import org.neuropil.coregister.MatchRow;
import org.neuropil.coregister.MatchTable;
import org.neuropil.coregister.Matching;
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

    @Parameters(index = "0", paramLabel = "CELLS.csv", description = "The cells.")
    private Path file = Path.of("");

    @Mixin
    private MatchOptions options = new MatchOptions();

    @Option(names = "--duplicates", paramLabel = "POLICY", description = "Several cells on one nucleus: keep, best-probability, best-separation, or drop; keep if left out.")
    private String duplicates = MatchChoice.KEEP;

    @Option(names = "--min-probability", paramLabel = "P", description = "Leave out matches that are less likely; 0 if left out.")
    private double least;

    @Option(names = "--score", paramLabel = "WHICH", description = "What the field score holds: separation or probability; separation if left out.")
    private String score = MatchChoice.SEPARATION;

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
        MatchChoice choice = SessionOptions.understood(this, () -> MatchChoice.of(least, duplicates, score));
        if (agreement != null && options.manual().isEmpty()) {
            throw usage("--agreement needs --manual");
        }
        different(agreement, out.file().orElse(null));
        if (agreement != null && Files.exists(agreement) && !common().force()) {
            throw new InputException("is there already", agreement.toString(), "--force replaces it");
        }
        out.file().ifPresent(path -> AnswerFiles.check(path, common().force()));
        Matching matching = options.match(this, file, CoregisterFitVerb.work(this, "coregister match"));
        List<MatchRow> rows = choice.rows(matching);
        MatchFigures figures = MatchFigures.of(matching, rows);
        figures.warning().ifPresent(this::warn);
        if (out.file().isPresent()) {
            ResultOutput.place(MatchTable.of(matching, rows, choice.likely()), out.file().get());
        }
        figures.notes().forEach(this::say);
        out.file().ifPresent(path -> say("wrote " + path));
        if (agreement != null) {
            FileStore.replace(agreement.toAbsolutePath(),
                    figures.manual().map(CoregisterMatchVerb::curve).orElseThrow().getBytes(StandardCharsets.UTF_8),
                    false);
        }
        print(table(figures), figures.json(matching));
    }

    private static Table table(MatchFigures figures) {
        Table table = new Table("figure", "value");
        figures.figures().forEach((name, value) -> table.add(name.replace('_', ' '), value));
        figures.manual().ifPresent(manual -> {
            table.add("manual matches", manual.cells());
            manual.reliability()
                    .ifPresent(found -> table.add("expected calibration error", found.expectedError()));
            manual.lines().forEach(table::add);
        });
        return table;
    }

    private static String curve(ManualAgreement manual) {
        Table points = new Table("by", "threshold", "kept", "remaining", "agree");
        // A table may round numbers, for people; a file has all digits.
        manual.curve().forEach(point -> points.add(point.by(), String.valueOf(point.threshold()), point.kept(),
                String.valueOf(point.remaining()), String.valueOf(point.agree())));
        return points.csv();
    }
}
