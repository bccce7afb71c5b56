package org.neuropil.coregister;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.coregister.match.ErrorModel;
import org.neuropil.coregister.match.Matches;

/// What there is to say of matches as a whole.
///
/// @param figures by name, in their order: counts, medians in µm, shares
/// @param manual agreement with known matches, if some were given
/// @param warning what is likely to be wrong with what was given, if something is
/// @param notes in sentences: what was found, what of the known matches could not be used
public record MatchFigures(Map<String, Object> figures, Optional<ManualAgreement> manual, Optional<String> warning,
        List<String> notes) {
    /// Share of cells thought to be matched rightly, below which something is wrong.
    private static final double HOPELESS = 0.02;

    /// Copies.
    public MatchFigures {
        figures = new LinkedHashMap<>(figures);
        notes = List.copyOf(notes);
    }

    /// Of all matches.
    public static MatchFigures of(Matching matching) {
        return of(matching, MatchRow.of(matching.matches(), 0, MatchRow.Duplicates.KEEP));
    }

    /// Of some of the matches.
    public static MatchFigures of(Matching matching, List<MatchRow> rows) {
        Matches matches = matching.matches();
        Optional<ManualAgreement> manual = matching.known().map(known -> ManualAgreement.of(matches, known));
        List<String> notes = new ArrayList<>();
        notes.add(String.format(Locale.ROOT, "%,d rows of the kind %s", rows.size(), matching.cells().kind().word()));
        manual.filter(found -> found.strangers() > 0).ifPresent(
                found -> notes.add(found.strangers() + " manual rows are of no cell that was given"));
        return new MatchFigures(figures(matches, rows), manual, warning(matches), notes);
    }

    private static Optional<String> warning(Matches matches) {
        double right = Arrays.stream(matches.probability()).sum();
        return right < HOPELESS * matches.size()
                ? Optional.of(String.format(Locale.ROOT, "hardly any cell has a nucleus where it was mapped to: "
                        + "%.1f of %d cells are thought to be matched rightly; are --unit, --nuclei-unit and --model "
                        + "right?", right, matches.size()))
                : Optional.empty();
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

    /// All of it as a JSON object, with the model of errors, and with digests and parameters.
    public Map<String, Object> json(Matching matching) {
        Map<String, Object> json = new LinkedHashMap<>(figures);
        json.put("error_model", matching.matches().model());
        json.put("inputs", matching.digests());
        json.put("parameters", matching.parameters());
        manual.ifPresent(found -> {
            json.put("manual_matches", found.cells());
            found.reliability().ifPresent(reliability -> {
                json.put("reliability", reliability);
                json.put("agreement", found.curve());
            });
        });
        return json;
    }
}
