package org.neuropil.physiology.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.FrameBlocks;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.field.SweepSets;
import org.neuropil.physiology.metric.About;
import org.neuropil.physiology.metric.Catalogue;
import org.neuropil.physiology.metric.Metric;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// All that the cells of a session share, whatever their clocks.
final class SessionPlan {
    /// Draws of chance for gratings, and for other stimuli.
    private final SpontaneousNull.Draws gratings;
    private final SpontaneousNull.Draws others;
    private final SweepSets sets;
    private final String name;
    private final SessionChoice choice;
    private final List<Shown> shown;
    private final List<Template> templates;
    private final Behaviours behaviours;
    private final Map<Class<?>, List<Wanted<?>>> wanted = new HashMap<>();
    private final double[] window;

    /// A metric that is asked for.
    record Wanted<M extends Metric>(M metric, About about, String id) {}

    SessionPlan(Session session, SessionChoice choice) {
        this.name = session.info().name();
        this.choice = choice;
        this.shown = Shown.of(session);
        this.templates = session.templates();
        this.behaviours = Behaviours.of(session);
        this.gratings = new SpontaneousNull.Draws(choice.draws().orElse(SpontaneousNull.GRATINGS), choice.seed());
        this.others = new SpontaneousNull.Draws(choice.draws().orElse(SpontaneousNull.OTHERS), choice.seed());
        this.sets = new SweepSets(choice.seed());
        this.window = shown.stream().filter(of -> of.family() == Stimulus.GRATINGS_WINDOWED)
                .flatMap(of -> of.presentations().stream()).filter(at -> !Double.isNaN(at.azimuth() + at.elevation()))
                .findFirst().map((Presentation at) -> new double[]{at.azimuth(), at.elevation()})
                .orElse(new double[]{Double.NaN, Double.NaN});
    }

    String name() {
        return name;
    }

    SessionChoice choice() {
        return choice;
    }

    List<Shown> shown() {
        return shown;
    }

    /// The stimulus of a word.
    Stimulus family(String word) {
        return shown.stream().filter(of -> of.word().equals(word)).map(Shown::family).findFirst()
                .orElse(Stimulus.OTHER);
    }

    List<Template> templates() {
        return templates;
    }

    Behaviours behaviours() {
        return behaviours;
    }

    SpontaneousNull.Draws draws(Stimulus family) {
        return switch (family) {
            case GRATINGS_FULL, GRATINGS_WINDOWED, MOVING_BARS -> gratings;
            default -> others;
        };
    }

    /// Seconds of a block of frames that is drawn.
    double seconds() {
        return choice.drawing().map(MetricTable.Drawing::block).orElse(FrameBlocks.SECONDS);
    }

    SweepSets sets() {
        return sets;
    }

    /// Azimuth and elevation of the centre of windowed gratings; NaN if it is not known.
    double[] window() {
        return window.clone();
    }

    /// The metrics of a kind that are asked for, in the catalogue's order.
    @SuppressWarnings("unchecked") // each list is of its key's kind
    synchronized <M extends Metric> List<Wanted<M>> wanted(Class<M> kind) {
        return (List<Wanted<M>>) (List<?>) wanted.computeIfAbsent(kind, _ -> {
            List<Wanted<?>> found = new ArrayList<>();
            for (Metric metric : Catalogue.ALL) {
                About about = metric.about();
                if (kind.isInstance(metric) && choice.wants(about.id())) {
                    found.add(new Wanted<>(kind.cast(metric), about, about.id()));
                }
            }
            return List.copyOf(found);
        });
    }

    /// The kind of trace that a metric is made of: the one that was asked for; else its entry's, or what comes nearest to it in
    /// the plane. Empty if the plane lacks the one that was asked for, or has none.
    Optional<TraceKind> kind(About about, Set<TraceKind> there) {
        if (choice.trace().isPresent()) {
            return choice.trace().filter(there::contains);
        }
        return order(about).stream().filter(there::contains).findFirst();
    }

    private static List<TraceKind> order(About about) {
        return about.kind() == TraceKind.EVENTS
                ? List.of(TraceKind.EVENTS, TraceKind.DFF, TraceKind.CORRECTED, TraceKind.DEMIXED, TraceKind.RAW)
                : List.of(TraceKind.DFF, TraceKind.CORRECTED, TraceKind.DEMIXED, TraceKind.RAW, TraceKind.EVENTS);
    }

    /// The kind of trace of a metric of all cells together, of one kind alone: the one that was asked for; else the first one
    /// that all planes with cells have, or if there is none, that any has. Cells of planes that lack it are left out.
    Optional<TraceKind> common(About about, List<Plane> planes) {
        List<Set<TraceKind>> there = planes.stream().filter(plane -> !plane.rois().isEmpty()).map(Plane::kinds)
                .toList();
        List<TraceKind> order = choice.trace().map(List::of).orElseGet(() -> order(about));
        return order.stream().filter(kind -> !there.isEmpty() && there.stream().allMatch(of -> of.contains(kind)))
                .findFirst().or(() -> order.stream()
                        .filter(kind -> there.stream().anyMatch(of -> of.contains(kind))).findFirst());
    }
}
