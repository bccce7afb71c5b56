package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.chart.Figure;
import org.neuropil.chart.page.ReportPage;
import org.neuropil.coregister.Coregistration;
import org.neuropil.coregister.Space;
import org.neuropil.coregister.fit.HeldOut;
import org.neuropil.coregister.report.MatchPictures;
import org.neuropil.coregister.report.ModelPictures;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Software;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil coregister report`.
@Command(name = "report", header = "Shows how good a coregistration is: one page with pictures.", description = {
    "Writes DIR/report.html, which opens without a net, each picture as DIR/NAME.svg and .png, and DIR/report.json with digests of "
            + "all inputs, parameters and figures.",
    "With --model: how it bends space, and its errors at landmarks that it did not see. With CELLS.csv and --nuclei: "
            + "matches as 'match' makes them with the same options. With --manual: how these agree."}, footer = {
                "  neuropil coregister report --model model.json --out report",
                "  neuropil coregister report rois.csv --model model.json --nuclei nuclei.csv --manual manual.csv \\",
                "      --out report"})
final class CoregisterReportVerb extends Verb {
    private static final String PAGE = "report.html";
    private static final String RECORD = "report.json";

    @Parameters(index = "0", arity = "0..1", paramLabel = "CELLS.csv", description = "The cells; none for the model alone.")
    private @Nullable Path file;

    @Mixin
    private MatchOptions options = new MatchOptions();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder that is written to; made if it is not there.")
    private Path out = Path.of("");

    @Override
    Path folder() {
        return out.toAbsolutePath().normalize();
    }

    @Override
    void run() throws IOException {
        if (file == null && options.model().isEmpty()) {
            throw usage("there is nothing to report; give --model, or CELLS.csv and --nuclei");
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("is there already, and is no folder", out.toString(), "name a folder");
        }
        if (Files.exists(out.resolve(PAGE)) && !common().force()) {
            throw new InputException("is there already", out.resolve(PAGE).toString(), "--force replaces it");
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("software", Software.NAME);
        ReportPage page = new ReportPage("Coregistration");
        Map<String, Figure> pictures = new LinkedHashMap<>();
        if (file == null) {
            Path model = options.model().orElseThrow();
            Coregistration fitted = CoregisterApplyVerb.model(model);
            record.put("inputs", Map.of("model", Json.sha256(Files.readAllBytes(model))));
            model(fitted, page, pictures, record);
        } else {
            MatchOptions.Matched found = options.match(this, file, CoregisterFitVerb.work(this, "coregister report"));
            record.put("inputs", found.digests());
            record.put("parameters", found.parameters());
            found.fitted().ifPresent(fitted -> model(fitted, page, pictures, record));
            matches(found, page, pictures, record);
        }
        page.section("made", "How it was made");
        page.paragraph("Digests are SHA-256 of the files' bytes.");
        page.text(new String(Json.bytes(record), StandardCharsets.UTF_8));
        Files.createDirectories(out);
        for (Map.Entry<String, Figure> picture : pictures.entrySet()) {
            FileStore.replace(folder().resolve(picture.getKey() + ".svg"),
                    picture.getValue().svg().getBytes(StandardCharsets.UTF_8), false);
            FileStore.replace(folder().resolve(picture.getKey() + ".png"), picture.getValue().png(2), false);
        }
        Json.write(folder().resolve(RECORD), record, false);
        FileStore.replace(folder().resolve(PAGE), page.html().getBytes(StandardCharsets.UTF_8), false);
        Table table = new Table("file");
        List<String> names = new ArrayList<>();
        pictures.keySet().forEach(name -> names.addAll(List.of(name + ".svg", name + ".png")));
        names.addAll(List.of(RECORD, PAGE));
        names.forEach(name -> table.add(out.resolve(name).toString()));
        print(table, Map.of("folder", out.toString(), "files", names, "record", record));
    }

    private static void model(Coregistration fitted, ReportPage page, Map<String, Figure> pictures,
            Map<String, Object> record) {
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
            rows.add(List.of(space == Space.EM ? "EM" : "two-photon", number(errors.points()), number(errors.median()),
                    number(errors.p90()), number(errors.mean()), number(errors.axisMedian().get(0)),
                    number(errors.axisMedian().get(1)), number(errors.axisMedian().get(2))));
        }
        record.put("model", facts);
        page.section("model", "The model");
        page.table("errors", "Errors in µm of the target space at landmarks that were not seen, the choice of the "
                + "recipe included.",
                List.of("to", "landmarks", "median", "90th percentile", "mean", "x median", "y median", "z median"),
                rows, false);
        for (Space space : List.of(Space.EM, Space.TWO_PHOTON)) {
            Map<String, Figure> some = ModelPictures.of(fitted, space);
            if (!some.isEmpty()) {
                page.section(space.word(), space == Space.EM ? "From two-photon to EM" : "From EM to two-photon");
            }
            some.forEach((name, figure) -> page.figure(figure, name));
            pictures.putAll(some);
        }
        if (pictures.isEmpty()) {
            page.paragraph("There are no pictures of the model: it is of earlier days and lacks the errors of single "
                    + "landmarks; fit them again to see them.");
        }
    }

    private static void matches(MatchOptions.Matched found, ReportPage page, Map<String, Figure> pictures,
            Map<String, Object> record) {
        Map<String, Object> figures = CoregisterMatchVerb.figures(found.matches());
        record.put("matches", figures);
        record.put("error_model", found.matches().model());
        List<List<String>> rows = new ArrayList<>();
        figures.forEach((name, value) -> rows.add(List.of(name.replace('_', ' '),
                value instanceof Double number ? number(number) : value.toString())));
        page.section("matches", "Matches");
        page.table("figures", "Of all cells that were given.", List.of("figure", "value"), rows, false);
        Map<String, Figure> some = MatchPictures.of(found.places(), found.matches(), found.known());
        some.forEach((name, figure) -> page.figure(figure, name));
        pictures.putAll(some);
        if (Optional.ofNullable(some.get("reliability")).isEmpty() && found.known().isPresent()) {
            page.paragraph("None of the manual matches is of a cell that was given.");
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
