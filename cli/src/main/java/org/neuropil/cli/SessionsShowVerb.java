package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil sessions show`.
@Command(name = "show", header = "Shows what a session holds: planes, parts, signals, and what was left out or guessed.", description = {
    "", "As JSON it also has every ROI and every presentation of a stimulus; as CSV, a row for each plane."}, footer = {
        "  neuropil sessions show recordings/M409828_13_20180921.nwb",
        "  neuropil sessions show film.mat --format json"})
final class SessionsShowVerb extends Verb {
    @Parameters(arity = "1", paramLabel = "SESSION", description = "File or folder of a session, or a dataset of one session.")
    private Path given = Path.of("");

    @Mixin
    private MissingChunksOption gaps = new MissingChunksOption();

    @Override
    Path folder() {
        return given;
    }

    @Override
    void run() throws IOException {
        try (Session session = OpenSession.open(given, gaps.of(this))) {
            Table planes = new Table("plane", "name", "depth", "rate", "width", "height", "frames", "ROIs", "kinds");
            for (Plane plane : session.planes()) {
                planes.add(plane.number(), plane.name(), number(plane.depth()), number(plane.rate()), plane.width(),
                        plane.height(), plane.clock().frames(), plane.rois().size(),
                        SessionsListVerb.words(plane.kinds()));
            }
            switch (common().format()) {
                case text -> text(session, planes);
                default -> print(planes, json(session));
            }
        }
    }

    private void text(Session session, Table planes) {
        out().println(session.info().name() + ", " + session.info().layout() + ", subject "
                + (session.info().subject().isEmpty() ? "not known" : session.info().subject()));
        out().println();
        print(planes, List.of());
        if (!session.epochs().isEmpty()) {
            out().println();
            Table epochs = new Table("part", "start", "stop", "presentations");
            for (Epoch epoch : session.epochs()) {
                long shown = session.presentations().stream().filter(one -> one.stimulus().equals(epoch.name())
                        && one.start() >= epoch.start() && one.start() <= epoch.stop()).count();
                epochs.add(epoch.name(), epoch.start(), epoch.stop(), shown);
            }
            print(epochs, List.of());
        }
        if (!session.signals().isEmpty()) {
            out().println();
            Table signals = new Table("signal", "unit", "samples");
            session.signals().forEach(
                    one -> signals.add(one.name(), one.unit(), one.trace().clock().frames()));
            print(signals, List.of());
        }
        if (!session.info().notes().isEmpty()) {
            out().println();
            session.info().notes().forEach(note -> out().println("note: " + note));
        }
    }

    /// JSON knows no NaN, and tables have an empty cell.
    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    private static Map<String, @Nullable Object> json(Session session) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("session", session.info().name());
        json.put("subject", session.info().subject());
        json.put("layout", session.info().layout());
        json.put("source", session.info().source());
        json.put("properties", session.info().properties());
        json.put("notes", session.info().notes());
        json.put("planes", session.planes().stream().map(SessionsShowVerb::plane).toList());
        json.put("epochs", session.epochs().stream()
                .map(one -> Map.of("name", one.name(), "start", one.start(), "stop", one.stop())).toList());
        json.put("presentations", session.presentations().stream().map(SessionsShowVerb::presentation).toList());
        List<Map<String, Object>> signals = new ArrayList<>();
        for (Signal one : session.signals()) {
            signals.add(Map.of("name", one.name(), "unit", one.unit(), "samples", one.trace().clock().frames()));
        }
        json.put("signals", signals);
        json.put("templates", session.templates().stream().map(one -> Map.of("stimulus", one.stimulus(), "frames",
                one.frames(), "height", one.height(), "width", one.width())).toList());
        return json;
    }

    private static Map<String, @Nullable Object> plane(Plane plane) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("number", plane.number());
        json.put("name", plane.name());
        json.put("depth", number(plane.depth()));
        json.put("rate", number(plane.rate()));
        json.put("width", plane.width());
        json.put("height", plane.height());
        Clock clock = plane.clock();
        json.put("frames", clock.frames());
        json.put("first", clock.frames() == 0 ? null : clock.time(0));
        json.put("last", clock.frames() == 0 ? null : clock.time(clock.frames() - 1));
        json.put("kinds", plane.kinds().stream().sorted().map(kind -> kind.word()).toList());
        List<Map<String, @Nullable Object>> rois = new ArrayList<>();
        for (Roi roi : plane.rois()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("key", roi.key().label());
            one.put("x", number(roi.x()));
            one.put("y", number(roi.y()));
            one.put("soma", number(roi.soma()));
            one.put("delay", roi.delay());
            rois.add(one);
        }
        json.put("rois", rois);
        return json;
    }

    private static Map<String, @Nullable Object> presentation(Presentation one) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("stimulus", one.stimulus());
        json.put("start", number(one.start()));
        json.put("stop", number(one.stop()));
        json.put("condition", one.condition().map(condition -> condition.label()).orElse(null));
        json.put("blank", one.blank());
        json.put("frame", one.frame() < 0 ? null : one.frame());
        json.put("order", one.order() < 0 ? null : one.order());
        json.put("azimuth", number(one.azimuth()));
        json.put("elevation", number(one.elevation()));
        json.put("label", one.label());
        return json;
    }
}
