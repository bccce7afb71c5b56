package org.neuropil.physiology.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.stat.Values;

/// What many cells did over time, as an image: a row for each, brightest where it was most active; above it what was shown,
/// below it what the animal did.
public final class RasterPicture {
    /// Columns of the image.
    static final int COLUMNS = 900;
    /// Share of a cell's values that are brighter than the scale's end.
    private static final double TOP = 0.01;

    private RasterPicture() {}

    /// The rows of a plane.
    ///
    /// @param plane its name, and depth if it is known
    /// @param rows values by column, one array a cell
    public record Block(String plane, List<double[]> rows) {
        public Block {
            rows = List.copyOf(rows);
        }
    }

    /// Draws it.
    ///
    /// @param time of the image, seconds
    /// @param blocks planes from top to bottom; rows of one length, as [#binned(Trace, Range, int)] makes them
    /// @param epochs what was shown
    /// @param signals running speed and pupil, each in a panel of its own
    public static Figure of(Caption caption, Quantity value, Range time, List<Block> blocks, List<Epoch> epochs,
            List<Signal> signals) {
        List<Figure.Row> rows = new ArrayList<>();
        Axis seconds = Axis.of("time", "s").within(time);
        if (!epochs.isEmpty()) {
            rows.add(Figure.Row.of(22 + 15.0 * (1 + epochs.size() / 7) + 22, epochs(seconds.hidden(), epochs)));
        }
        int count = blocks.stream().mapToInt(block -> block.rows.size()).sum();
        boolean last = signals.isEmpty();
        rows.add(Figure.Row.of(Math.clamp(2L * count + 60, 160, 460),
                image(value, time, last ? seconds : seconds.hidden(), blocks)));
        for (int i = 0; i < signals.size(); i++) {
            boolean end = i == signals.size() - 1;
            rows.add(Figure.Row.of(end ? 134 : 96, signal(end ? seconds : seconds.hidden(), signals.get(i), i)));
        }
        return new Figure(caption.title(), "Activity of " + Words.count(count, "cell") + " of "
                + Words.count(blocks.size(), "plane") + " over " + Words.number(time.width()) + " s, with "
                + Words.count(epochs.size(), "epoch") + " of stimuli.", caption.note(), 980, rows);
    }

    /// The mean over the frames in each of some equal parts of a time; NaN where there is no frame.
    static double[] binned(Trace trace, Range time, int columns) {
        double[] values = new double[columns];
        for (int i = 0; i < columns; i++) {
            double from = time.low() + time.width() * i / columns;
            double to = time.low() + time.width() * (i + 1) / columns;
            // Half open, so that a frame counts once.
            values[i] = trace.mean(from, Math.nextDown(to));
        }
        return values;
    }

    /// From 0, the cell's median, to 1, which one in a hundred of its values exceed. A cell that is constant is 0.
    static double[] normalised(double[] row) {
        double[] sorted = Values.present(row);
        Arrays.sort(sorted);
        double low = Values.quantile(sorted, 0.5);
        double high = Values.quantile(sorted, 1 - TOP);
        if (!(high > low) && sorted.length > 0) {
            high = sorted[sorted.length - 1];
        }
        double[] scaled = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            scaled[i] = Double.isNaN(row[i])
                    ? Double.NaN
                    : high > low
                            ? Math.clamp((row[i] - low) / (high - low), 0, 1)
                            : 0;
        }
        return scaled;
    }

    /// Epochs in colours that belong to their names.
    static Panel epochs(Axis time, List<Epoch> epochs) {
        Map<String, Ink> inks = new LinkedHashMap<>();
        int coloured = 0;
        for (Epoch epoch : epochs) {
            if (!inks.containsKey(epoch.name())) {
                // Nothing was shown: grey.
                boolean nothing = Stimulus.of(epoch.name()) == Stimulus.SPONTANEOUS;
                inks.put(epoch.name(), nothing ? Ink.MUTED : Ink.category(coloured++));
            }
        }
        return Panel.Plot.of("", time, Axis.of("", "").within(0, 1).hidden(), List.of(new Layer.Spans("",
                epochs.stream().mapToDouble(Epoch::start).toArray(),
                epochs.stream().mapToDouble(Epoch::stop).toArray(), epochs.stream().map(Epoch::name).toList(),
                epochs.stream().map(epoch -> inks.getOrDefault(epoch.name(), Ink.TEXT)).toList(), 0, 1)));
    }

    private static Panel image(Quantity value, Range time, Axis seconds, List<Block> blocks) {
        int count = blocks.stream().mapToInt(block -> block.rows.size()).sum();
        int columns = blocks.stream().flatMap(block -> block.rows.stream()).mapToInt(row -> row.length).findFirst()
                .orElse(1);
        double[] values = new double[Math.max(count, 1) * columns];
        Arrays.fill(values, Double.NaN);
        List<Axis.Tick> ticks = new ArrayList<>();
        List<Double> edges = new ArrayList<>();
        int at = 0;
        for (Block block : blocks) {
            ticks.add(new Axis.Tick(at + block.rows.size() / 2.0, block.plane));
            for (double[] row : block.rows) {
                System.arraycopy(normalised(row), 0, values, at++ * columns, columns);
            }
            edges.add((double) at);
        }
        List<Layer> layers = new ArrayList<>();
        Range rows = new Range(0, Math.max(count, 1));
        layers.add(new Layer.HeatMap("", time, rows, columns, Math.max(count, 1), values,
                new Layer.Scale(value.label() + " of each cell's range", "", new Range(0, 1), Colours.VIRIDIS)));
        for (double edge : edges.subList(0, Math.max(0, edges.size() - 1))) {
            layers.add(new Layer.Rule("", edge, false, Layer.Pen.thin(Ink.PAPER)));
        }
        return Panel.Plot.of("", seconds, Axis.of(Words.count(count, "cell"), "").within(rows).down().at(ticks),
                layers);
    }

    private static Panel signal(Axis time, Signal signal, int number) {
        Trace trace = signal.trace();
        double[] x = new double[trace.clock().frames()];
        for (int i = 0; i < x.length; i++) {
            x[i] = trace.clock().time(i);
        }
        String label = switch (signal.name()) {
            case Signal.RUNNING -> "running";
            case Signal.PUPIL -> "pupil area";
            default -> signal.name().replace('_', ' ');
        };
        return Panel.Plot.of("", time, Axis.of(label, signal.unit()), List.of(new Layer.Line("", x, trace.values(),
                new Layer.Pen(Ink.category(number), 1, List.of()))));
    }
}
