package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.chart.Figure;
import org.neuropil.coregister.report.CoregistrationReport;
import org.neuropil.pipeline.Json;
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
        if (file == null && (options.hasNuclei() || options.manual().isPresent())) {
            throw usage("--nuclei and --manual go with CELLS.csv; leave them out for a page on the model alone");
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new InputException("is there already, and is no folder", out.toString(), "name a folder");
        }
        if (Files.exists(out.resolve(PAGE)) && !common().force()) {
            throw new InputException("is there already", out.resolve(PAGE).toString(), "--force replaces it");
        }
        CoregistrationReport report = file == null
                ? CoregistrationReport.of(CoregisterApplyVerb.given(options.model().orElseThrow()))
                : CoregistrationReport
                        .of(options.match(this, file, CoregisterFitVerb.work(this, "coregister report")));
        Files.createDirectories(out);
        for (Map.Entry<String, Figure> picture : report.pictures().entrySet()) {
            FileStore.replace(folder().resolve(picture.getKey() + ".svg"),
                    picture.getValue().svg().getBytes(StandardCharsets.UTF_8), false);
            FileStore.replace(folder().resolve(picture.getKey() + ".png"), picture.getValue().png(2), false);
        }
        Json.write(folder().resolve(RECORD), report.record(), false);
        FileStore.replace(folder().resolve(PAGE), report.html().getBytes(StandardCharsets.UTF_8), false);
        Table table = new Table("file");
        List<String> names = new ArrayList<>();
        report.pictures().keySet().forEach(name -> names.addAll(List.of(name + ".svg", name + ".png")));
        names.addAll(List.of(RECORD, PAGE));
        names.forEach(name -> table.add(out.resolve(name).toString()));
        print(table, Map.of("folder", out.toString(), "files", names, "record", report.record()));
    }
}
