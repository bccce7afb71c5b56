package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Figure;
import org.neuropil.chart.page.ReportPage;
import org.neuropil.chart.Panel;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Cut;
import org.neuropil.space.InputException;

/// A session on one page: facts, what was shown, activity, populations, the best cells, correlations, all cells in a table,
/// what is missing, and all choices that figures rest on. The same session and choices give the same bytes.
public final class SessionReport {
    /// Cells of the table times its columns at most, so that a page stays below 5 MB.
    private static final int TABLE = 100_000;
    private static final int ACROSS = 4;

    private final Session session;
    private final PlotChoice choice;
    private final Options options;
    private final SessionPlots plots;
    private final ReportPage page;
    private final List<String> missing = new ArrayList<>();

    /// What is in a report.
    ///
    /// @param metrics ids of the metrics of cells
    /// @param rank the metric by which the best cells are found
    /// @param top how many cells are shown one by one
    /// @param software what made it, with its version
    public record Options(List<String> metrics, String rank, int top, String software) {
        /// Metrics that say most of a cell.
        public static final List<String> METRICS = List.of("z_score_preferred", SessionPlots.GRATINGS,
                SessionPlots.IMAGES, "preferred_direction", "preferred_spatial_frequency", "osi_cv", "dsi_cv", "gosi",
                "gdsi", "reliability_v1dd", "lifetime_sparseness", "run_mod_v1dd", "ssi_cv", "oracle_score",
                "run_correlation", "pupil_correlation", "rf_sta_p", "rf_sta_any_azimuth", "rf_sta_any_elevation",
                "rf_sta_any_area");

        public Options {
            metrics = List.copyOf(metrics);
        }
    }

    private SessionReport(Session session, PlotChoice choice, Options options) {
        this.session = session;
        this.choice = choice;
        this.options = options;
        this.plots = new SessionPlots(session, choice);
        this.page = new ReportPage("Session " + session.info().name());
    }

    /// Makes the page.
    ///
    /// @param done is run when some cells are done
    /// @return HTML
    public static String html(Session session, PlotChoice choice, Options options, Runnable done) throws IOException {
        return new SessionReport(session, choice, options).html(done);
    }

    private interface Drawn {
        Figure draw() throws IOException;
    }

    private String html(Runnable done) throws IOException {
        missing.addAll(session.info().notes());
        missing.addAll(Missing.of(session));
        facts();
        shown();
        page.section("activity", "Activity");
        figure(plots::raster, "raster");
        LinkedHashSet<String> wanted = new LinkedHashSet<>(options.metrics);
        wanted.add(choice.metric());
        wanted.add(options.rank);
        CellFigures figures = CellFigures.of(session, wanted, choice, done);
        List<CellFigures.Column> columns = figures.columns().stream()
                .sorted(Comparator.comparingInt(column -> List.copyOf(wanted).indexOf(column.metric()))).toList();
        wanted.stream().filter(id -> columns.stream().noneMatch(column -> column.metric().equals(id)))
                .forEach(id -> missing.add("No cell has " + id + "; 'neuropil metrics explain " + id
                        + "' tells what it needs."));
        depths(figures);
        distributions(figures, columns);
        best(figures);
        page.section("correlations", "Correlations");
        figure(plots::correlations, "correlations");
        cells(figures, columns);
        choices(columns);
        page.section("missing", "What is missing");
        if (missing.isEmpty()) {
            page.paragraph("Nothing that this report looks for.");
        } else {
            page.list(missing.stream().distinct().toList());
        }
        return page.html();
    }

    /// A figure, or in the list of what is missing why there is none.
    private void figure(Drawn drawn, String file) throws IOException {
        try {
            page.figure(drawn.draw(), session.info().name() + "-" + file);
        } catch (InputException e) {
            page.paragraph("Not drawn: " + e.what() + ".");
            missing.add("No " + file + ": " + e.what() + ".");
        }
    }

    private void facts() {
        SessionInfo info = session.info();
        page.section("session", "Session");
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("session", info.name()));
        facts.add(List.of("subject", info.subject().isEmpty() ? "unknown" : info.subject()));
        facts.add(List.of("layout", info.layout()));
        facts.add(List.of("source", info.source()));
        facts.add(List.of("planes", Integer.toString(session.planes().size())));
        facts.add(List.of("cells", Words.count(session.rois(), "ROI")));
        try {
            facts.add(List.of("imaged for", Words.number(Math.round(plots.time().width())) + " s"));
        } catch (InputException e) {
            facts.add(List.of("imaged for", e.what()));
        }
        facts.add(List.of("presentations", Words.count(session.presentations().size(), "presentation")));
        facts.add(List.of("beside the cells", session.signals().isEmpty()
                ? "nothing"
                : session.signals().stream().map(Signal::name).collect(Collectors.joining(", "))));
        new TreeMap<>(info.properties()).forEach((name, value) -> facts.add(List.of(name, value)));
        page.facts(facts);
        page.table("planes", "Planes", List.of("plane", "name", "depth\nµm", "rate\nHz", "size\npixels", "frames",
                "ROIs", "traces"), session.planes().stream().map(SessionReport::row).toList(), false);
    }

    private static List<String> row(Plane plane) {
        return List.of(Integer.toString(plane.number()), plane.name(), text(plane.depth()), text(plane.rate()),
                plane.width() == 0 ? "" : plane.width() + " × " + plane.height(),
                Integer.toString(plane.clock().frames()), Integer.toString(plane.rois().size()),
                plane.kinds().stream().sorted().map(TraceKind::word).collect(Collectors.joining(", ")));
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Words.number(value);
    }

    private void shown() throws IOException {
        page.section("stimuli", "What was shown");
        if (!session.epochs().isEmpty()) {
            figure(() -> new Figure("Epochs of " + session.info().name(), "When which stimulus was shown, from the "
                    + "first to the last: " + plots.epochs().stream().map(epoch -> epoch.name() + " from "
                            + Words.number(Math.rint(epoch.start())) + " to " + Words.number(Math.rint(epoch.stop()))
                            + " s").collect(Collectors.joining(", "))
                    + ".", "", 980,
                    List.of(Figure.Row.of(112, RasterPicture.epochs(
                            Axis.of("time", "s").within(plots.time()), plots.epochs())))),
                    "epochs");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Map.Entry<String, List<Presentation>> entry : plots.stimuli().shown().entrySet()) {
            List<Presentation> of = entry.getValue();
            rows.add(List.of(entry.getKey(), Integer.toString(of.size()),
                    Long.toString(of.stream().map(Presentation::condition).flatMap(Optional<Condition>::stream)
                            .distinct().count()),
                    Long.toString(of.stream().filter(Presentation::blank).count()),
                    Words.number(Math.rint(of.getFirst().start())), Words.number(Math.rint(of.getLast().stop())),
                    SessionPlots.describe(Cut.of(Stimulus.of(entry.getKey())))));
        }
        page.table("shown", "Stimuli", List.of("stimulus", "presentations", "conditions", "blanks", "from\ns", "to\ns",
                "response"), rows, false);
        if (!session.templates().isEmpty()) {
            page.list(session.templates().stream().map(SessionReport::describe).toList());
        }
    }

    private static String describe(Template template) {
        return "Template of " + template.stimulus() + ": " + Words.count(template.frames(), "frame") + " of "
                + template.height() + " × " + template.width() + " squares"
                + (Double.isNaN(template.degrees()) ? "" : " of " + Words.number(template.degrees()) + " degrees");
    }

    private void depths(CellFigures figures) throws IOException {
        page.section("depth", "By depth");
        for (String metric : new LinkedHashSet<>(List.of(choice.metric(), options.rank))) {
            figure(() -> plots.depth(figures, metric), "depth-" + metric);
        }
    }

    private void distributions(CellFigures figures, List<CellFigures.Column> columns) {
        page.section("distributions", "Distributions of metrics");
        if (columns.isEmpty()) {
            page.paragraph("No cell has a metric.");
            return;
        }
        List<Cell> cells = Cell.all(session);
        List<Figure.Row> rows = new ArrayList<>();
        for (int first = 0; first < columns.size(); first += ACROSS) {
            List<Panel> panels = new ArrayList<>();
            for (int i = first; i < first + ACROSS; i++) {
                panels.add(i < columns.size() ? panel(figures, cells, columns.get(i)) : empty());
            }
            rows.add(Figure.Row.of(170, panels.toArray(Panel[]::new)));
        }
        long metrics = columns.stream().map(CellFigures.Column::metric).distinct().count();
        page.figure(new Figure("Metrics of " + Words.count(cells.size(), "cell"), "Histograms of "
                + Words.count(metrics, "metric") + " over cells, each with its median; a panel for each stimulus that "
                + "gives the metric, whose name is above it.",
                session.info().name()
                        + " · cells without a value are left out",
                980, rows),
                session.info().name() + "-distributions");
    }

    private static Panel panel(CellFigures figures, List<Cell> cells, CellFigures.Column column) {
        Quantity quantity = Quantity.metric(column.metric());
        return DistributionPicture.panel(column.stimulus(), new Quantity(column.metric(), quantity.unit()),
                figures.values(cells, column), "cells");
    }

    private static Panel empty() {
        return Panel.Plot.of("", Axis.of("", "").within(0, 1).hidden(), Axis.of("", "").within(0, 1).hidden(),
                List.of());
    }

    private void best(CellFigures figures) throws IOException {
        page.section("best", "Cells one by one");
        Optional<CellFigures.Column> rank = figures.find(options.rank, choice.stimulus());
        if (rank.isEmpty()) {
            page.paragraph("No cell has " + options.rank + ", by which they would be chosen.");
            return;
        }
        List<Cell> cells = ranked(figures, rank.get()).stream().limit(options.top).toList();
        page.paragraph("The " + Words.count(cells.size(), "cell") + " with the largest " + options.rank + " ("
                + rank.get().stimulus() + ", " + rank.get().trace() + ").");
        for (Cell cell : cells) {
            page.heading(cell.label() + ": " + options.rank + " "
                    + Words.number(figures.value(cell.roi().key(), rank.get())));
            figure(() -> plots.tuning(cell.label()), "tuning-" + cell.label());
            figure(() -> plots.field(cell.label()), "rf-" + cell.label());
        }
    }

    /// Cells that have a figure, the largest first.
    private List<Cell> ranked(CellFigures figures, CellFigures.Column column) {
        return Cell.all(session).stream().filter(cell -> !Double.isNaN(figures.value(cell.roi().key(), column)))
                .sorted(Comparator.comparingDouble(cell -> -figures.value(cell.roi().key(), column))).toList();
    }

    private void cells(CellFigures figures, List<CellFigures.Column> columns) {
        page.section("cells", "All cells");
        List<Cell> cells = Cell.all(session);
        int most = Math.max(1, TABLE / (columns.size() + 5));
        Optional<CellFigures.Column> rank = figures.find(options.rank, choice.stimulus());
        if (cells.size() > most) {
            page.paragraph("Of " + Words.count(cells.size(), "cell") + " the table holds " + most
                    + rank.map(column -> ", those with the largest " + options.rank).orElse(", the first ones")
                    + ", so that the page stays small; 'neuropil metrics compute' gives all.");
            cells = rank.map(column -> ranked(figures, column)).orElse(cells).stream().limit(most).toList();
        }
        List<String> header = new ArrayList<>(List.of("ROI", "plane", "depth\nµm", "x\npixels", "y\npixels"));
        columns.forEach(column -> header.add(column.metric() + "\n" + column.stimulus()));
        List<List<String>> rows = new ArrayList<>();
        for (Cell cell : cells) {
            List<String> row = new ArrayList<>(List.of(cell.label(), cell.plane().name(), text(cell.plane().depth()),
                    text(cell.roi().x()), text(cell.roi().y())));
            row.addAll(figures.texts(cell, columns));
            rows.add(row);
        }
        page.table("rois", "Metrics of cells; empty is not defined", header, rows, true);
    }

    private void choices(List<CellFigures.Column> columns) {
        page.section("choices", "How it was made");
        page.facts(List.of(List.of("software", options.software), List.of("input", session.info().source()),
                List.of("traces", columns.stream().map(CellFigures.Column::trace).distinct()
                        .collect(Collectors.joining(", "))),
                List.of("kind asked for", choice.trace().map(TraceKind::word).orElse("each metric's own")),
                List.of("stimulus asked for", choice.stimulus().orElse("all")),
                List.of("windows", "as in the table of stimuli"),
                List.of("seed", Long.toString(choice.seed())),
                List.of("chance", "2,500 windows of spontaneous activity for gratings, 10,000 for other stimuli"),
                List.of("cells in raster and matrix", "at most " + choice.cells() + ", evenly spread"),
                List.of("order of the matrix", choice.clustered() ? "average linkage" : "by plane"),
                List.of("metrics", columns.stream().map(CellFigures.Column::metric).distinct()
                        .collect(Collectors.joining(", ")) + "; 'neuropil metrics explain ID' tells each formula")));
    }
}
