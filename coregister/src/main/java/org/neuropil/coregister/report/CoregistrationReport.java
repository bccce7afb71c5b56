package org.neuropil.coregister.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.chart.Figure;
import org.neuropil.chart.page.ReportPage;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.GivenFile;
import org.neuropil.coregister.MatchFigures;
import org.neuropil.coregister.Matching;
import org.neuropil.coregister.ModelFile;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Software;

/// How good a coregistration is: one page with pictures, which opens without a net. Equal input gives equal bytes.
///
/// @param html the page
/// @param pictures those of the page, by a name for the file
/// @param record digests of all inputs, parameters and figures
public record CoregistrationReport(String html, Map<String, Figure> pictures, Map<String, Object> record) {
    /// Copies the maps.
    public CoregistrationReport {
        pictures = new LinkedHashMap<>(pictures);
        record = new LinkedHashMap<>(record);
    }

    /// Of a model alone.
    ///
    /// @throws org.neuropil.space.InputException if the file holds none
    public static CoregistrationReport of(GivenFile model) {
        Making making = new Making();
        making.record.put("inputs", Map.of("model", model.digest()));
        making.model(ModelFile.parse(model.bytes(), model.name()));
        return making.made();
    }

    /// Of matches, and of the model if there is one.
    public static CoregistrationReport of(Matching matching) {
        Making making = new Making();
        making.record.put("inputs", matching.digests());
        making.record.put("parameters", matching.parameters());
        matching.fitted().ifPresent(making::model);
        making.matches(matching);
        return making.made();
    }

    private static final class Making {
        private final ReportPage page = new ReportPage("Coregistration");
        private final Map<String, Figure> pictures = new LinkedHashMap<>();
        private final Map<String, Object> record = new LinkedHashMap<>(Map.of("software", Software.NAME));

        CoregistrationReport made() {
            page.section("made", "How it was made");
            page.paragraph("Digests are SHA-256 of the files' bytes.");
            page.text(new String(Json.bytes(record), StandardCharsets.UTF_8));
            return new CoregistrationReport(page.html(), pictures, record);
        }

        void model(Coregistration fitted) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("landmarks", fitted.source());
            facts.put("software", fitted.software());
            facts.put("seed", fitted.seed());
            facts.put("folds", fitted.folds());
            facts.put("robust", fitted.robust());
            List<List<String>> rows = new ArrayList<>();
            for (Space space : List.of(Space.EM, Space.TWO_PHOTON)) {
                HeldOut errors = fitted.to(space).heldOut();
                facts.put("to_" + space.word(), errors);
                rows.add(List.of(space == Space.EM ? "EM" : "two-photon", number(errors.points()),
                        number(errors.median()), number(errors.p90()), number(errors.mean()),
                        number(errors.axisMedian().get(0)), number(errors.axisMedian().get(1)),
                        number(errors.axisMedian().get(2))));
            }
            record.put("model", facts);
            page.section("model", "The model");
            page.table("errors", "Errors in µm of the target space at landmarks that were not seen, the choice of the "
                    + "recipe included.",
                    List.of("to", "landmarks", "median", "90th percentile", "mean", "x median", "y median",
                            "z median"),
                    rows, false);
            for (Space space : List.of(Space.EM, Space.TWO_PHOTON)) {
                Map<String, Figure> some = ModelPictures.of(fitted, space);
                if (!some.isEmpty()) {
                    page.section(space.word(), space == Space.EM ? "From two-photon to EM" : "From EM to two-photon");
                }
                add(some);
            }
            if (pictures.isEmpty()) {
                page.paragraph("There are no pictures of the model: it is of earlier days and lacks the errors of "
                        + "single landmarks; fit them again to see them.");
            }
        }

        void matches(Matching matching) {
            Map<String, Object> figures = MatchFigures.of(matching).figures();
            record.put("matches", figures);
            record.put("error_model", matching.matches().model());
            List<List<String>> rows = new ArrayList<>();
            figures.forEach((name, value) -> rows.add(List.of(name.replace('_', ' '),
                    value instanceof Double number ? number(number) : value.toString())));
            page.section("matches", "Matches");
            page.table("figures", "Of all cells that were given.", List.of("figure", "value"), rows, false);
            Map<String, Figure> some = MatchPictures.of(matching.places(), matching.matches(), matching.known());
            add(some);
            if (!some.containsKey("reliability") && matching.known().isPresent()) {
                page.paragraph("None of the manual matches is of a cell that was given.");
            }
        }

        private void add(Map<String, Figure> some) {
            some.forEach((name, figure) -> page.figure(figure, name));
            pictures.putAll(some);
        }

        private static String number(double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? Long.toString((long) value)
                    : String.format(Locale.ROOT, "%.3f", value);
        }
    }
}
