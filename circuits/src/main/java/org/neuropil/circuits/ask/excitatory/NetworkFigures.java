package org.neuropil.circuits.ask.excitatory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import org.neuropil.chart.Axis;
import org.neuropil.chart.Colours;
import org.neuropil.chart.Figure;
import org.neuropil.chart.Ink;
import org.neuropil.chart.Layer;
import org.neuropil.chart.Panel;
import org.neuropil.chart.Range;
import org.neuropil.circuits.graph.DirectedGraph;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.size.SizeMixture;
import org.neuropil.circuits.wiring.CellType;
import org.neuropil.circuits.wiring.Cells;
import org.neuropil.circuits.wiring.Connections;
import org.neuropil.circuits.wiring.DistanceCurve;
import org.neuropil.circuits.wiring.Proportion;
import org.neuropil.circuits.wiring.TypeMatrix;
import org.neuropil.circuits.wiring.Wiring;

/// Pictures of a network.
final class NetworkFigures {
    private static final double WIDTH = 760;
    private static final double SQUARE = 620;
    private static final int BLOCKS = 160;
    private static final int BARS = 30;
    /// Bins of fewer testable pairs are not drawn: their intervals would hide all others. The table has them.
    private static final int FEW = 50;

    private NetworkFigures() {}

    /// The square matrix, by type and then depth; where there are more cells than pixels, shares of pairs in blocks.
    static Figure matrix(Wiring square) {
        Cells cells = square.cells();
        int n = cells.size();
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> cells.type()[a] != cells.type()[b]
                ? Integer.compare(cells.type()[a], cells.type()[b])
                : Double.compare(cells.depth(a), cells.depth(b)));
        int[] rank = new int[n];
        for (int k = 0; k < n; k++) {
            rank[order[k]] = k;
        }
        int blocks = Math.min(n, BLOCKS);
        double[] shares = new double[blocks * blocks];
        Connections connections = square.connections();
        for (int k = 0; k < connections.size(); k++) {
            int row = (int) ((long) rank[connections.from(k)] * blocks / n);
            int column = (int) ((long) rank[connections.to(k)] * blocks / n);
            shares[row * blocks + column]++;
        }
        int[] inBlock = new int[blocks];
        for (int k = 0; k < n; k++) {
            inBlock[(int) ((long) k * blocks / n)]++;
        }
        double most = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= (double) inBlock[i / blocks] * inBlock[i % blocks];
            most = Math.max(most, shares[i]);
        }
        List<Axis.Tick> ticks = ticks(cells, order);
        Axis from = Axis.of("cell that makes synapses", "").within(0, n).down().at(ticks);
        Axis to = Axis.of("cell that gets synapses", "").within(0, n).at(ticks);
        Layer.Scale scale = new Layer.Scale(blocks == n ? "connected" : "share connected", "",
                new Range(0, Math.max(most, 1e-9)), Colours.CIVIDIS);
        return new Figure("Matrix of connections", String.format(Locale.ROOT,
                "%d cells in order of their type, then depth; rows make synapses onto columns.", n), "", SQUARE,
                List.of(Figure.Row.of(SQUARE, Panel.Plot.of("", to, from, List.of(new Layer.HeatMap("connections",
                        new Range(0, n), new Range(0, n), blocks, blocks, shares, scale))))));
    }

    /// In the middle of each type.
    private static List<Axis.Tick> ticks(Cells cells, Integer[] order) {
        List<Axis.Tick> ticks = new ArrayList<>();
        int begin = 0;
        for (int k = 1; k <= order.length; k++) {
            if (k == order.length || cells.type()[order[k]] != cells.type()[order[begin]]) {
                ticks.add(new Axis.Tick((begin + k) / 2.0, cells.typeOf(order[begin]).name()));
                begin = k;
            }
        }
        return ticks;
    }

    /// Numbers of partners.
    static Figure degrees(DirectedGraph graph) {
        double[] out = IntStream.range(0, graph.vertices()).mapToDouble(graph::outDegree).toArray();
        double[] in = Arrays.stream(graph.inDegrees()).asDoubleStream().toArray();
        return new Figure("Numbers of partners", String.format(Locale.ROOT,
                "How many of %d cells have how many partners among them, as targets and as inputs.", graph.vertices()),
                "", WIDTH, List.of(Figure.Row.of(260, histogram("partners that it makes synapses onto", out),
                        histogram("partners that it gets synapses from", in))));
    }

    private static Panel histogram(String label, double[] values) {
        double most = Math.max(1, Arrays.stream(values).max().orElse(1));
        int bars = (int) Math.min(BARS, most + 1);
        double width = (most + 1) / bars;
        double[] left = new double[bars];
        double[] right = new double[bars];
        double[] counts = new double[bars];
        for (int i = 0; i < bars; i++) {
            left[i] = i * width;
            right[i] = (i + 1) * width;
        }
        for (double value : values) {
            counts[(int) Math.min(bars - 1, value / width)]++;
        }
        return Panel.Plot.of("", Axis.of(label, "").within(0, most + 1), Axis.of("cells", ""),
                List.of(new Layer.Bars(label, left, right, counts, Ink.category(0))));
    }

    /// Probabilities from type to type.
    static Figure types(TypeMatrix types) {
        int n = types.types().size();
        double[] shares = new double[n * n];
        double most = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                shares[a * n + b] = types.probability(a, b).share();
                most = Double.isNaN(shares[a * n + b]) ? most : Math.max(most, shares[a * n + b]);
            }
        }
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            CellType type = types.types().get(k);
            ticks.add(new Axis.Tick(k + 0.5, type.name()));
        }
        Layer.Scale scale = new Layer.Scale("probability", "", new Range(0, Math.max(most, 1e-9)), Colours.CIVIDIS);
        double size = Math.max(320, Math.min(SQUARE, 160 + 44 * n));
        return new Figure("Probability of a connection, by type",
                "Share of testable pairs that are connected; rows make synapses onto columns. An empty field has no testable "
                        + "pair.",
                "", size,
                List.of(Figure.Row.of(size,
                        Panel.Plot.of("", Axis.of("type that gets synapses", "").within(0, n).at(ticks),
                                Axis.of("type that makes synapses", "").within(0, n).down().at(ticks),
                                List.of(new Layer.HeatMap("probability", new Range(0, n), new Range(0, n), n, n, shares,
                                        scale))))));
    }

    /// Shares by both distances.
    static Figure distances(DistanceCurve lateral, DistanceCurve depth) {
        return new Figure("Connections by distance",
                "Share of testable pairs that are connected, with Wilson's 95 % interval, by lateral distance of the somata and "
                        + "by how much deeper the target's soma lies. Bins of fewer than " + FEW
                        + " pairs are left out.",
                "", WIDTH, List.of(Figure.Row.of(300, curve(lateral, "lateral distance"),
                        curve(depth, "target deeper by"))));
    }

    private static Panel curve(DistanceCurve curve, String label) {
        int n = curve.bins().length;
        double[] x = new double[n];
        double[] share = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        double most = 1e-9;
        for (int i = 0; i < n; i++) {
            Proportion bin = curve.bins()[i];
            boolean few = bin.of() < FEW;
            x[i] = curve.from(i) + curve.width() / 2;
            share[i] = few ? Double.NaN : bin.share();
            low[i] = few ? Double.NaN : bin.low();
            high[i] = few ? Double.NaN : bin.high();
            most = few ? most : Math.max(most, bin.high());
        }
        return Panel.Plot.of("", Axis.of(label, "µm"), Axis.of("probability", "").within(0, 1.05 * most),
                List.of(new Layer.Band("95 %", x, low, high, Ink.category(0)),
                        new Layer.Line("share connected", x, share, Layer.Pen.category(0))));
    }

    /// Motifs as multiples of chance, a panel for each null model.
    static Figure motifs(List<String> names, Map<String, NullTest[]> tests) {
        List<Figure.Row> rows = new ArrayList<>();
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            ticks.add(new Axis.Tick(k, names.get(k).replace("triad_", "").replace("mutual_pairs", "mutual")
                    .replace("common_inputs_of_connected", "common")));
        }
        tests.forEach((name, found) -> {
            int n = found.length;
            double[] x = IntStream.range(0, n).asDoubleStream().toArray();
            double[] ratio = Arrays.stream(found).mapToDouble(one -> one.observed() / one.mean())
                    .map(one -> Double.isFinite(one) ? one : Double.NaN).toArray();
            double[] low = Arrays.stream(found).mapToDouble(one -> one.low() / one.mean()).toArray();
            double[] high = Arrays.stream(found).mapToDouble(one -> one.high() / one.mean()).toArray();
            rows.add(Figure.Row.of(190, Panel.Plot.of("against the null model " + name,
                    Axis.of("motif", "").within(-0.6, n - 0.4).at(ticks), Axis.of("multiple of chance", ""),
                    List.of(new Layer.Rule("", 1, false, Layer.Pen.dashed(Ink.MUTED)),
                            new Layer.Segments("95 % of drawn graphs", x, low, x, high,
                                    new Layer.Pen(Ink.MUTED, 4, List.of())),
                            new Layer.Points("observed", x, ratio, Ink.category(1), 3.5, 1)))));
        });
        return new Figure("Motifs as multiples of chance",
                "Counts of motifs over their mean in graphs of each null model, with the range of 95 % of these graphs.",
                "",
                WIDTH, rows);
    }

    /// Sizes with both fits, and the two sizes of dual connections.
    static Figure sizes(Connections connections, SizeMixture mixture) {
        float[] sizes = connections.synapses().size();
        double[] logs = IntStream.range(0, sizes.length).filter(i -> sizes[i] > 0).mapToDouble(i -> Math.log(sizes[i]))
                .toArray();
        Range range = Range.of(logs);
        int bars = 2 * BARS;
        double width = range.width() / bars;
        double[] left = new double[bars];
        double[] right = new double[bars];
        double[] counts = new double[bars];
        double[] x = new double[bars];
        double[] fitted = new double[bars];
        for (int i = 0; i < bars; i++) {
            left[i] = range.low() + i * width;
            right[i] = left[i] + width;
            x[i] = left[i] + width / 2;
            fitted[i] = mixture.density(x[i]) * width * logs.length;
        }
        for (double log : logs) {
            counts[(int) Math.clamp((log - range.low()) / width, 0, bars - 1)]++;
        }
        int[] dual = IntStream.range(0, connections.size()).filter(k -> connections.synapses(k) == 2
                && sizes[connections.first(k)] > 0 && sizes[connections.first(k) + 1] > 0).toArray();
        int stride = Math.max(1, (dual.length + 3999) / 4000);
        int[] drawn = IntStream.range(0, dual.length).filter(i -> i % stride == 0).map(i -> dual[i]).toArray();
        double[] one = Arrays.stream(drawn).mapToDouble(k -> Math.log(sizes[connections.first(k)])).toArray();
        double[] other = Arrays.stream(drawn).mapToDouble(k -> Math.log(sizes[connections.first(k) + 1])).toArray();
        return new Figure("Sizes of synapses", String.format(Locale.ROOT,
                "Natural logarithms of the sizes of %,d synapses with a mixture of two groups; and the two sizes of %,d of %,d "
                        + "dual connections.",
                logs.length, drawn.length, dual.length), "", WIDTH,
                List.of(Figure.Row.of(300,
                        Panel.Plot.of("", Axis.of("log size", ""), Axis.of("synapses", ""),
                                List.of(new Layer.Bars("synapses", left, right, counts, Ink.category(0)),
                                        new Layer.Line("two groups", x, fitted, Layer.Pen.category(1)))),
                        Panel.Plot.of("", Axis.of("log size of one", "").within(range),
                                Axis.of("log size of the other", "").within(range),
                                List.of(new Layer.Points("dual connections", one, other, Ink.category(2), 1.8,
                                        0.6))))));
    }
}
