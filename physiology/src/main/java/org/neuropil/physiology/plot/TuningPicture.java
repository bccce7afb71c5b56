package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Responses;
import org.neuropil.physiology.stat.Values;
import org.neuropil.space.InputException;

/// How a cell answers to directions: the mean of each, its standard error, and all trials, on straight axes and around the
/// circle. A curve for each spatial frequency (and temporal one, if there are several).
public final class TuningPicture {
    private TuningPicture() {}

    /// Draws it.
    ///
    /// @param responses of one cell; conditions that are no gratings are left out
    /// @param blank the mean response to a blank screen; NaN if there was none
    /// @throws InputException if there is no grating
    public static Figure of(Caption caption, Quantity response, Responses responses, double blank) {
        List<Curve> curves = curves(responses);
        if (curves.isEmpty()) {
            throw new InputException("nothing that moves in directions was shown", caption.title(),
                    "'neuropil plot trials' shows responses to other stimuli");
        }
        double preferred = preferred(responses);
        return new Figure(caption.title(), describe(curves, preferred), caption.note(), 760,
                List.of(new Figure.Row(330, List.of(straight(response, curves, preferred, blank),
                        polar(response, curves, preferred, blank)), List.of(1.15, 1.0))));
    }

    private record Frequencies(double spatial, double temporal) {}

    private record Curve(String name, double[] degrees, double[] means, double[] errors, double[][] trials) {}

    private static List<Curve> curves(Responses responses) {
        TreeMap<Frequencies, List<Integer>> groups = new TreeMap<>(
                Comparator.comparingDouble(Frequencies::spatial).thenComparingDouble(Frequencies::temporal));
        for (int c = 0; c < responses.conditions().size(); c++) {
            if (responses.conditions().get(c) instanceof Condition.Grating grating) {
                groups.computeIfAbsent(new Frequencies(grating.spatialFrequency(), grating.temporalFrequency()),
                        _ -> new ArrayList<>()).add(c);
            }
        }
        boolean temporal = groups.keySet().stream().mapToDouble(Frequencies::temporal).boxed().distinct().count() > 1;
        List<Curve> curves = new ArrayList<>();
        groups.forEach((frequencies, conditions) -> {
            int n = conditions.size();
            double[] degrees = new double[n];
            double[] means = new double[n];
            double[] errors = new double[n];
            double[][] trials = new double[n][];
            for (int i = 0; i < n; i++) {
                int c = conditions.get(i);
                degrees[i] = ((Condition.Grating) responses.conditions().get(c)).direction();
                means[i] = responses.mean(c);
                trials[i] = responses.valuesOf(c);
                errors[i] = Values.deviation(trials[i], 1) / Math.sqrt(trials[i].length);
            }
            curves.add(new Curve(name(frequencies, temporal), degrees, means, errors, trials));
        });
        return curves;
    }

    private static String name(Frequencies frequencies, boolean temporal) {
        String spatial = Double.isNaN(frequencies.spatial) ? "mean ± s.e.m." : frequencies.spatial + " cycles/deg";
        return temporal ? spatial + ", " + frequencies.temporal + " Hz" : spatial;
    }

    private static double preferred(Responses responses) {
        int best = responses.preferred();
        return best >= 0 && responses.conditions().get(best) instanceof Condition.Grating grating
                ? grating.direction()
                : Double.NaN;
    }

    private static Panel straight(Quantity response, List<Curve> curves, double preferred, double blank) {
        List<Layer> layers = new ArrayList<>();
        if (!Double.isNaN(blank)) {
            layers.add(new Layer.Rule("blank screen", blank, false, Layer.Pen.dashed(Ink.TEXT)));
        }
        if (!Double.isNaN(preferred)) {
            layers.add(new Layer.Rule("preferred " + Words.number(preferred) + "°", preferred, true,
                    new Layer.Pen(Ink.MUTED, 1, List.of(2.0, 3.0))));
        }
        for (int i = 0; i < curves.size(); i++) {
            // Beside each other, so that none hides another.
            double shift = 3 * (i - (curves.size() - 1) / 2.0);
            trials(curves.get(i), i, shift, layers);
        }
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            double shift = 3 * (i - (curves.size() - 1) / 2.0);
            double[] x = Arrays.stream(curve.degrees).map(degree -> degree + shift).toArray();
            double[] low = IntStream.range(0, x.length).mapToDouble(k -> curve.means[k] - curve.errors[k]).toArray();
            double[] high = IntStream.range(0, x.length).mapToDouble(k -> curve.means[k] + curve.errors[k]).toArray();
            layers.add(new Layer.Segments("", x, low, x, high,
                    new Layer.Pen(Ink.category(i), 1.6, List.of())));
            layers.add(new Layer.Line(curve.name, x, curve.means, Layer.Pen.category(i)));
            layers.add(new Layer.Points("", x, curve.means, Ink.category(i), 3, 1));
        }
        return Panel.Plot.of("Responses: mean ± s.e.m., trials", directions(), response.axis(), layers);
    }

    private static void trials(Curve curve, int number, double shift, List<Layer> layers) {
        int count = Arrays.stream(curve.trials).mapToInt(of -> of.length).sum();
        double[] x = new double[count];
        double[] y = new double[count];
        int at = 0;
        for (int i = 0; i < curve.degrees.length; i++) {
            for (double trial : curve.trials[i]) {
                x[at] = curve.degrees[i] + shift;
                y[at++] = trial;
            }
        }
        layers.add(new Layer.Points("", x, y, Ink.category(number), 1.8, 0.35));
    }

    static Axis directions() {
        return Axis.of("direction", "deg").within(-15, 360)
                .at(IntStream.rangeClosed(0, 8).mapToObj(i -> new Axis.Tick(45 * i, Integer.toString(45 * i)))
                        .toList());
    }

    private static Panel polar(Quantity response, List<Curve> curves, double preferred, double blank) {
        List<Panel.Curve> drawn = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            drawn.add(new Panel.Curve(curve.name, curve.degrees, curve.means, curve.errors, Layer.Pen.category(i)));
        }
        return new Panel.Polar("Around the circle (below 0 at the centre)", response.label(), response.unit(), drawn,
                Double.isNaN(preferred) ? List.of() : List.of(new Panel.Polar.Marked(preferred, "preferred")), blank);
    }

    private static String describe(List<Curve> curves, double preferred) {
        int trials = curves.stream().flatMap(curve -> Arrays.stream(curve.trials)).mapToInt(of -> of.length).sum();
        return "Mean responses to " + curves.getFirst().degrees.length + " directions, "
                + Words.count(curves.size(), "curve") + ", " + Words.count(trials, "trial") + ". "
                + (Double.isNaN(preferred)
                        ? "No trial has a response."
                        : "The largest is at " + Words.number(preferred) + " degrees.");
    }
}
