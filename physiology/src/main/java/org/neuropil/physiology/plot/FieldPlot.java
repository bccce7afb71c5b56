package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.SpontaneousNull;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.field.Field;
import org.neuropil.physiology.field.Fields;
import org.neuropil.physiology.field.Noise;
import org.neuropil.physiology.field.SweepSets;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.physiology.trial.Window;
import org.neuropil.space.InputException;

/// A cell's receptive field of a session, by both methods.
final class FieldPlot {
    /// Radius of V1DD's window of gratings, degrees.
    private static final double RADIUS = 15;

    private final SessionPlots plots;
    private final Session session;
    private final SweepSets sets;

    FieldPlot(SessionPlots plots) {
        this.plots = plots;
        this.session = plots.session();
        this.sets = new SweepSets(plots.choice().seed());
    }

    Figure of(Cell cell) throws IOException {
        String stimulus = plots.stimuli().chosen(plots.choice().stimulus(),
                shown -> Stimulus.of(shown.stimulus()) == Stimulus.SPARSE_NOISE && shown.frame() >= 0,
                "frames of sparse noise");
        List<Presentation> shown = plots.stimuli().of(stimulus);
        Template template = Noise.template(session.templates(), shown.getFirst().stimulus())
                .orElseThrow(() -> new InputException("the frames of " + stimulus + " are not in the session",
                        session.info().name(), "a receptive field needs the template of the noise"));
        TraceKind kind = plots.kind(cell.plane(), true);
        Trace trace = cell.trace(session, kind);
        Window window = Window.of(Stimulus.SPARSE_NOISE);
        Noise noise = Noise.of(shown, template, trace.clock(), window);
        Fields fields = Fields.of(noise.responses(trace), chance(trace, noise.frames()), sets);
        List<FieldPicture.Maps> maps = new ArrayList<>();
        maps.add(maps(fields, fields.means(), Fields.Rule.STA, new Quantity("mean " + kind.word(), "a.u.")));
        if (Arrays.stream(fields.fractions()).anyMatch(value -> !Double.isNaN(value))) {
            maps.add(maps(fields, fields.fractions(), Fields.Rule.FRACTION,
                    new Quantity("responsive share of sweeps", "")));
        }
        return FieldPicture.of(new Caption("Receptive field of " + cell.label(), session.info().name() + " · "
                + kind.word() + " · " + Words.count(noise.sweeps(), "sweep") + " · above: mean response, field where "
                + "chance gives as much with p < 0.05 over all squares (Holm and Šidák, seed " + plots.choice().seed()
                + ")" + (maps.size() > 1
                        ? "; below: sweeps above the 95th percentile of spontaneous activity, field "
                                + "where they are a quarter"
                        : "; no spontaneous activity, so no map of responsive sweeps")),
                maps);
    }

    private SpontaneousNull chance(Trace trace, int frames) {
        double[] windows = session.epochs().stream()
                .filter(epoch -> Stimulus.of(epoch.name()) == Stimulus.SPONTANEOUS)
                .flatMapToDouble((Epoch epoch) -> Arrays.stream(
                        trace.slidingMeans(epoch.start(), epoch.stop(), Math.max(1, frames))))
                .toArray();
        return new SpontaneousNull(windows, SpontaneousNull.OTHERS, plots.choice().seed());
    }

    private FieldPicture.Maps maps(Fields fields, double[] values, Fields.Rule rule, Quantity quantity) {
        Field field = fields.field(rule);
        int squares = fields.grid().squares();
        double[] on = field.centre(Field.Polarity.ON);
        double[] off = field.centre(Field.Polarity.OFF);
        return new FieldPicture.Maps(fields.grid().rows(), fields.grid().columns(), fields.grid().degrees(), quantity,
                new FieldPicture.Map(Arrays.copyOf(values, squares), Arrays.copyOf(field.passing(), squares), on[0],
                        on[1]),
                new FieldPicture.Map(Arrays.copyOfRange(values, squares, 2 * squares),
                        Arrays.copyOfRange(field.passing(), squares, 2 * squares), off[0], off[1]),
                disc().stream().toList());
    }

    private Optional<FieldPicture.Disc> disc() {
        boolean v1dd = session.planes().stream().flatMap(plane -> plane.rois().stream()).findFirst()
                .filter(roi -> roi.key() instanceof RoiKey.Column).isPresent();
        return plots.stimuli().of(Stimulus.GRATINGS_WINDOWED.word()).stream()
                .filter(shown -> !Double.isNaN(shown.azimuth() + shown.elevation())).findFirst()
                .map(shown -> new FieldPicture.Disc(shown.azimuth(), shown.elevation(), v1dd ? RADIUS : Double.NaN));
    }
}
