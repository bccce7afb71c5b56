package org.neuropil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionReport;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Software;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil plot report`.
@Command(name = "report", header = "Makes one page of a session, which opens without a network.", description = {"",
    "Facts, what was shown, activity, metrics by depth and over cells, the best cells with tuning and receptive field, "
            + "correlations, all cells in a table, what is missing, and what all of it was made of."}, footer = {
                "  neuropil plot report neuropil-v1dd/physiology/M409828_13 --out report.html",
                "  neuropil plot report neuropil-v1dd/physiology/M409828_13 --metrics gosi,dsi_cv --top 12 \\",
                "    --out report.html"})
final class PlotReportVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SESSION", description = "File or folder of a session, or a dataset that holds one.")
    private Path path = Path.of("");

    @Option(names = {"-o", "--out"}, paramLabel = "FILE", required = true, description = "The page; .html.")
    private Path out = Path.of("");

    @Option(names = "--metrics", paramLabel = "IDS", split = ",", description = "Metrics of cells; those that say most if left out.")
    private List<String> metrics = SessionReport.Options.METRICS;

    @Option(names = "--metric", paramLabel = "ID", description = "The one that is shown by depth; gosi if left out.")
    private String metric = PlotChoice.DEFAULT.metric();

    @Option(names = "--rank", paramLabel = "ID", description = "The one by which the best cells are found; z_score_preferred if left out.")
    private String rank = "z_score_preferred";

    @Option(names = "--top", paramLabel = "N", description = "How many of the best cells are shown one by one; 6 if left out.")
    private int top = 6;

    @Option(names = "--seed", paramLabel = "S", description = "Of chance; 0 if left out.")
    private long seed;

    @Option(names = "--clustered", description = "In the matrix of correlations, what is alike side by side.")
    private boolean clustered;

    @Mixin
    private PlotCells cells = new PlotCells();

    @Override
    Path folder() {
        return out.toAbsolutePath().normalize();
    }

    @Override
    void run() throws IOException {
        check();
        try (Session session = OpenSession.open(path)) {
            Progress progress = StageProgress.of("plot", spec().commandLine().getErr(), terminal(),
                    common().quiet());
            PlotChoice choice = cells.in(new PlotChoice(Optional.empty(), Optional.empty(), metric, 1, clustered,
                    seed, common().run(progress).threads()));
            String html;
            try (Progress.Task task = progress.begin("metrics", SessionMetrics.steps(session), 0)) {
                html = SessionReport.html(session, choice,
                        new SessionReport.Options(metrics, rank, top, Software.NAME), task::step);
            }
            Path whole = out.toAbsolutePath();
            Files.createDirectories(whole.resolveSibling(""));
            FileStore.replace(whole, html.getBytes(StandardCharsets.UTF_8), false);
        }
        say("wrote " + out);
    }

    private void check() {
        if (!String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT).matches(".*\\.html?")) {
            throw usage("--out " + out + " does not end with .html");
        }
        if (top < 0 || top > 50) {
            throw usage("--top " + top + " is not one of 0 to 50");
        }
        cells.check(this);
        metrics.forEach(id -> MetricIds.known(this, id));
        MetricIds.known(this, metric);
        MetricIds.known(this, rank);
        if (Files.exists(out) && !common().force()) {
            throw new InputException("is there already", out.toString(), "--force replaces it");
        }
    }
}
