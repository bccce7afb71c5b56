package org.neuropil.physiology.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.neuropil.chart.Figure;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

class SessionPlotsTest {
    private static final String NASTY = "<img src=x onerror=alert(1)> & \"co\"";
    private static final MadeSession MADE = new MadeSession(new MadePlan(1, 3, List.of(5, 3), Protocol.TINY, 5));

    private static SessionPlots plots(Session session) {
        return new SessionPlots(session, PlotChoice.DEFAULT);
    }

    /// The made session under another name, with or without what is not cells' activity.
    private static Session held(boolean whole) {
        Map<Integer, Map<TraceKind, float[][]>> traces = new HashMap<>();
        for (Plane plane : MADE.planes()) {
            Map<TraceKind, float[][]> of = new HashMap<>();
            for (TraceKind kind : plane.kinds()) {
                of.put(kind, MADE.traces(plane, kind, 0, plane.rois().size()));
            }
            traces.put(plane.number(), of);
        }
        SessionInfo info = new SessionInfo(NASTY, "", "made", NASTY, Map.of("genotype", NASTY), List.of(NASTY));
        return new MemorySession(info, MADE.planes(), whole ? MADE.presentations() : List.of(),
                whole ? MADE.epochs() : List.of(), whole ? MADE.signals() : List.of(),
                whole ? MADE.templates() : List.of(), traces, Map.of());
    }

    private static List<String> cells(Figure figure, String series, String kind) {
        return figure.csv().lines().map(row -> row.replaceFirst("^\"[^\"]*\"", ""))
                .filter(row -> row.contains("," + series + "," + kind + ",")).toList();
    }

    /// From the frames, by hand: all frames from start to start + 2 s.
    @Test
    void aTuningCurveIsTheMeanOfFramesOfTrials() throws IOException {
        Plane plane = MADE.planes().get(1);
        float[] trace = MADE.traces(plane, TraceKind.EVENTS, 2, 1)[0];
        Condition.Grating wanted = new Condition.Grating(90, 0.08, 1);
        double sum = 0;
        int trials = 0;
        double blank = 0;
        for (Presentation shown : MADE.presentations()) {
            if (!shown.stimulus().equals("drifting_gratings_full")) {
                continue;
            }
            double mean = 0;
            int frames = 0;
            for (int f = 0; f < trace.length; f++) {
                double time = plane.clock().time(f);
                if (time >= shown.start() && time <= shown.start() + 2) {
                    mean += trace[f];
                    frames++;
                }
            }
            if (shown.blank()) {
                blank = mean / frames;
            } else if (shown.condition().equals(Optional.of(wanted))) {
                sum += mean / frames;
                trials++;
            }
        }
        Figure figure = plots(MADE).tuning("c1v3p1r2");
        List<String> curve = cells(figure, "0.08 cycles/deg", "line");
        assertThat(curve).hasSize(12);
        assertThat(Double.parseDouble(curve.get(3).split(",")[4])).isCloseTo(sum / trials, within(1e-9));
        assertThat(Double.parseDouble(cells(figure, "blank screen", "rule").getFirst().split(",")[4]))
                .isCloseTo(blank, within(1e-9));
    }

    @Test
    void everyPictureOfASessionIsDrawn() throws IOException {
        SessionPlots plots = plots(MADE);
        for (Figure figure : List.of(plots.tuning("c1v3p0r0"), plots.field("c1v3p0r1"), plots.trials("c1v3p1r2"),
                plots.raster(), plots.depth(() -> {}), plots.correlations())) {
            assertThat(figure.svg()).contains("<title>" + figure.title()).doesNotContain("NaN", "Infinity");
            assertThat(figure.svg()).isEqualTo(figure.svg());
            assertThat(figure.description()).doesNotContain("NaN");
        }
        assertThat(plots.raster().csv().lines().filter(row -> row.contains(",map,")).map(row -> row.split(",")[4])
                .distinct().count()).isEqualTo(8);
        assertThat(plots.correlations().description()).contains("8 cells", "28 pairs");
    }

    @Test
    void whatIsNotThereIsTold() {
        assertThatThrownBy(() -> plots(MADE).tuning("c1v3p0r9")).isInstanceOf(InputException.class)
                .hasMessageContaining("no ROI 'c1v3p0r9'");
        assertThatThrownBy(() -> plots(held(false)).tuning("c1v3p0r0")).isInstanceOf(InputException.class)
                .hasMessageContaining("no drifting gratings");
        PlotChoice raw = new PlotChoice(Optional.of(TraceKind.RAW), Optional.empty(), "gosi", 300, false, 0, 1);
        assertThatThrownBy(() -> new SessionPlots(MADE, raw).raster()).isInstanceOf(InputException.class)
                .hasMessageContaining("no traces of kind raw");
        PlotChoice other = new PlotChoice(Optional.empty(), Optional.of("dots"), "gosi", 300, false, 0, 1);
        assertThatThrownBy(() -> new SessionPlots(MADE, other).tuning("c1v3p0r0")).isInstanceOf(InputException.class)
                .hasMessageContaining("'dots' was not shown");
        assertThatThrownBy(() -> new SessionPlots(MADE, other).correlations()).isInstanceOf(InputException.class)
                .hasMessageContaining("'dots' has no epoch");
    }

    private static String report(Session session) throws IOException {
        return SessionReport.html(session, PlotChoice.DEFAULT,
                new SessionReport.Options(List.of("gosi", "z_score_preferred"), "z_score_preferred", 1, "Neuropil 1"),
                () -> {});
    }

    @Test
    void aReportIsOnePageThatAsksForNothingAndTrustsNoName() throws IOException {
        Session session = held(true);
        String html = report(session);
        assertThat(html).isEqualTo(report(session));
        assertThat(html).doesNotContain("<img").contains("&lt;img src=x", "default-src 'none'", "lang=\"en\"");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:", "//cdn", "url(");
        assertThat(Pattern.compile("(src|href)=\"(?!#|data:)").matcher(html).find()).isFalse();
        for (String part : List.of("session", "stimuli", "activity", "depth", "distributions", "best", "correlations",
                "cells", "choices", "missing")) {
            assertThat(html).contains("<section id=\"" + part + "\"").contains("href=\"#" + part + "\"");
        }
        String table = html.substring(html.indexOf("<table id=\"rois\""));
        assertThat(Arrays.stream(table.substring(0, table.indexOf("</table>")).split("<tr>")).skip(2)).hasSize(8)
                .allMatch(row -> row.startsWith("<th scope=\"row\">c1v3p"));
        assertThat(html.length()).isLessThan(5_000_000);
    }

    @Test
    void aReportOfABareSessionSaysWhatIsMissing() throws IOException {
        String html = report(held(false));
        assertThat(html).contains("There is no stimulus table.", "There is no running_speed.", "No cell has gosi",
                "There is no spontaneous epoch", "Activity of 8 cells");
        assertThat(html.substring(html.indexOf("<body>"), html.lastIndexOf("<script>"))).doesNotContain("NaN");
    }
}
