package org.neuropil.circuits.ask.excitatory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.neuropil.circuits.ask.Findings;
import org.neuropil.circuits.ask.FoundTable;
import org.neuropil.circuits.ask.Question;
import org.neuropil.circuits.ask.Tested;
import org.neuropil.circuits.ask.ViewerLink;
import org.neuropil.circuits.graph.DegreeNull;
import org.neuropil.circuits.graph.DirectedGraph;
import org.neuropil.circuits.graph.Motifs;
import org.neuropil.circuits.graph.NullModel;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.graph.Strata;
import org.neuropil.circuits.graph.StratifiedNull;
import org.neuropil.circuits.size.DualSizes;
import org.neuropil.circuits.size.SizeMixture;
import org.neuropil.circuits.wiring.CellClass;
import org.neuropil.circuits.wiring.Cells;
import org.neuropil.circuits.wiring.Connections;
import org.neuropil.circuits.wiring.DistanceCurve;
import org.neuropil.circuits.wiring.Proportion;
import org.neuropil.circuits.wiring.TypeMatrix;
import org.neuropil.circuits.wiring.Wiring;
import org.neuropil.space.InputException;

/// How are excitatory cells connected: by type and distance, in motifs beyond chance, and do the synapses of one connection
/// have sizes that a rule of learning would leave?
///
/// @param draws graphs that are drawn from each null model
/// @param bin width of the bins of distance, µm
/// @param farthest distance from which on all is one bin, µm
public record ExcitatoryNetwork(int draws, double bin, double farthest) implements Question {
    /// Its name.
    public static final String ID = "excitatory-network";
    /// As it is asked if nothing is given.
    public static final ExcitatoryNetwork USUAL = new ExcitatoryNetwork(1000, 25, 500);

    /// More mutual pairs than chance by half, and a tenth of a variance shared by dual synapses, would matter.
    private static final double RATIO = 1.5;
    private static final double COMMON = 1.2;
    private static final double EXCESS = 0.1;
    /// Cells of a link: more make addresses that browsers refuse.
    private static final int SEEN = 40;
    private static final double TWO_SIDED = 1.959963984540054;
    /// Cells of the square matrix above which its null models take too long and too much memory.
    private static final int MOST = 20_000;

    /// @throws InputException if a parameter is out of range
    public ExcitatoryNetwork {
        if (draws < 100 || draws > 100_000) {
            throw new InputException(draws + " is not one of 100 to 100000", "draws", "1000 are usual");
        }
        if (!(bin > 0) || !(farthest >= bin) || farthest / bin > 1000) {
            throw new InputException("bins of " + bin + " µm up to " + farthest + " µm are none", "bin",
                    "give a width above 0, and a farthest distance of 1 to 1000 of them");
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String asks() {
        return "How are excitatory cells connected: by type and distance, in motifs beyond what chance gives, and with sizes "
                + "of synapses that are alike within a connection?";
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of("draws", draws, "bin_um", bin, "farthest_um", farthest);
    }

    /// Matrices, distances, five null models, sizes.
    @Override
    public int steps() {
        return 8;
    }

    @Override
    public Findings answer(Wiring wiring, Run run) {
        Wiring excitatory = wiring.select(
                wiring.cells().which(i -> wiring.cells().typeOf(i).kind() == CellClass.EXCITATORY), "excitatory cells");
        if (excitatory.cells().size() == 0) {
            throw new InputException("no cell is of an excitatory type", "excitatory", "name types that are: "
                    + String.join(", ", wiring.cells().types().stream().map(one -> one.name()).toList()));
        }
        Cells all = excitatory.cells();
        Wiring square = excitatory.select(all.which(i -> all.axon()[i] && all.dendrite()[i]),
                "excitatory cells whose axon and dendrite count");
        if (square.cells().size() > MOST) {
            throw new InputException(square.cells().size() + " cells have axons that count; null models take up to "
                    + MOST, "axons", "name fewer with --axons or --strategies");
        }
        Findings.Writer out = new Findings.Writer();
        run.steps().step("matrices");
        matrix(excitatory, square, out);
        run.steps().step("distances");
        distances(excitatory, out);
        motifs(square, run, out);
        run.steps().step("sizes");
        sizes(excitatory, out);
        links(square, run, out);
        return out.findings();
    }

    private static void matrix(Wiring excitatory, Wiring square, Findings.Writer out) {
        Cells cells = square.cells();
        out.section("matrix", "Who is connected with whom");
        DirectedGraph graph = square.graph();
        Proportion all = Proportion.of(excitatory.connections().size(), excitatory.testable());
        out.text(String.format(Locale.ROOT,
                "%,d proofread axons and %,d cells onto which synapses are counted make %,d "
                        + "ordered pairs that could have been found connected; %,d are, with %,d synapses: a probability of %.4f. "
                        + "Of the %,d cells of which both count, %,d of %,d ordered pairs are connected, %.4f.",
                excitatory.cells().which(i -> excitatory.cells().axon()[i]).length,
                excitatory.cells().which(i -> excitatory.cells().dendrite()[i]).length, all.of(), all.hits(),
                excitatory.connections().synapses().count(), all.share(), cells.size(), graph.edges(),
                (long) cells.size() * (cells.size() - 1), graph.density()));
        if (cells.size() > 1) {
            out.figure("matrix", NetworkFigures.matrix(square));
            out.figure("degrees", NetworkFigures.degrees(graph));
        }
        TypeMatrix types = TypeMatrix.of(excitatory);
        out.figure("type-matrix", NetworkFigures.types(types));
        FoundTable.Writer table = FoundTable
                .of("type_matrix", "Each type that makes synapses, and each that gets them: "
                        + "synapses, connected and testable ordered pairs, their share with Wilson's 95 % interval, and shares of "
                        + "the synapses made and got among these cells. Inputs are those from proofread axons only.")
                .text("pre_type").text("post_type").whole("synapses").whole("connections").whole("testable")
                .real("probability").real("low").real("high").real("mean_size").real("output_budget")
                .real("input_budget");
        for (int a = 0; a < types.types().size(); a++) {
            for (int b = 0; b < types.types().size(); b++) {
                Proportion share = types.probability(a, b);
                table.row(types.types().get(a).name(), types.types().get(b).name(), types.synapses()[a][b],
                        share.hits(), share.of(), share.share(), share.low(), share.high(),
                        types.size()[a][b] / types.synapses()[a][b], types.outputBudget(a, b), types.inputBudget(a, b));
            }
        }
        out.table(table.table());
        out.table(cellTable(square, graph));
    }

    private static FoundTable cellTable(Wiring square, DirectedGraph graph) {
        Cells cells = square.cells();
        int[] in = graph.inDegrees();
        FoundTable.Writer table = FoundTable
                .of("cells", "Cells of the square matrix: depth in µm, and numbers of partners "
                        + "among them.")
                .id("nucleus_id").id("root_id").text("cell_type").real("depth_um")
                .whole("partners_out").whole("partners_in");
        for (int i = 0; i < cells.size(); i++) {
            table.row(cells.names()[i], cells.roots()[i], cells.typeOf(i).name(), cells.depth(i), graph.outDegree(i),
                    in[i]);
        }
        return table.table();
    }

    private void distances(Wiring excitatory, Findings.Writer out) {
        int bins = (int) Math.ceil(farthest / bin);
        DistanceCurve lateral = DistanceCurve.of(excitatory, DistanceCurve.Axis.LATERAL, 0, bin, bins);
        DistanceCurve depth = DistanceCurve.of(excitatory, DistanceCurve.Axis.DEPTH, -bins * bin, bin, 2 * bins);
        out.section("distance", "How far connections reach");
        out.text(
                "Shares of testable pairs that are connected, by the distance of somata across the depth axis, and by how "
                        + "much deeper the target lies. The first and last bin hold all that is beyond.");
        out.figure("distance", NetworkFigures.distances(lateral, depth));
        FoundTable.Writer table = FoundTable.of("distance", "Each bin of lateral distance and of depth difference, µm: "
                + "connected and testable pairs, their share, Wilson's 95 % interval.").text("axis").real("from_um")
                .real("to_um").whole("connected").whole("testable").real("probability").real("low").real("high");
        for (DistanceCurve curve : List.of(lateral, depth)) {
            for (int i = 0; i < curve.bins().length; i++) {
                Proportion share = curve.bins()[i];
                table.row(curve.axis().name().toLowerCase(Locale.ROOT), curve.from(i), curve.from(i + 1), share.hits(),
                        share.of(), share.share(), share.low(), share.high());
            }
        }
        out.table(table.table());
    }

    /// The null models by their names, in the order in which they keep more.
    private Map<String, NullModel> nulls(Wiring square, DirectedGraph graph) {
        Cells cells = square.cells();
        double[][] lateral = new double[cells.size()][];
        for (int i = 0; i < cells.size(); i++) {
            lateral[i] = new double[]{cells.places()[3 * i], cells.places()[3 * i + 2]};
        }
        Strata distance = Strata.ofDistance(lateral, bin, (int) Math.ceil(farthest / bin));
        String far = String.format(Locale.ROOT, "lateral distance in bins of %s µm", bin);
        Map<String, NullModel> nulls = new LinkedHashMap<>();
        nulls.put("edges", new StratifiedNull(graph, Strata.ALL, "the number of connections (Erdős and Rényi)"));
        nulls.put("types", new StratifiedNull(graph, Strata.ofTypes(cells.type()), "connections from type to type"));
        nulls.put("distance", new StratifiedNull(graph, distance, "connections by " + far));
        nulls.put("degrees", new DegreeNull(graph, Strata.ALL, DegreeNull.STEPS,
                "each cell's numbers of partners (configuration model)"));
        nulls.put("degrees_distance", new DegreeNull(graph, distance, 10 * DegreeNull.STEPS,
                "each cell's numbers of partners, and connections by " + far));
        return nulls;
    }

    private void motifs(Wiring square, Run run, Findings.Writer out) {
        out.section("motifs", "Motifs beside chance");
        DirectedGraph graph = square.graph();
        if (graph.edges() < 2 || graph.vertices() < 3) {
            out.text("There are " + graph.edges() + " connections among " + graph.vertices()
                    + " cells: too few for motifs.");
            out.tested(untested("reciprocity", "Mutual pairs, against chance", graph.edges()));
            out.tested(untested("common-input", "Common input of connected cells, against chance", graph.edges()));
            return;
        }
        out.text(
                "Counts of mutual pairs, of the thirteen connected triads, and of inputs that two connected cells share, "
                        + "beside graphs that keep something of this one and are random in all else. Connections are drawn without "
                        + "replacement. Which null model says chance is a matter of what is taken for granted: the more it keeps, "
                        + "the less is left to be explained. The statements above are tested against the one that keeps most.");
        List<String> names = Motifs.names();
        FoundTable.Writer table = FoundTable.of("motifs", "Each motif under each null model: the count, mean, standard "
                + "deviation and 95 % range of the drawn graphs, z, two-sided p by the +1 rule, and p with Benjamini and "
                + "Hochberg's correction for the motifs of a model.").text("null").text("motif").whole("observed")
                .real("mean").real("deviation").real("low").real("high").real("ratio").real("z").real("p")
                .real("p_corrected");
        Map<String, NullTest[]> tests = new LinkedHashMap<>();
        nulls(square, graph).forEach((name, model) -> {
            run.steps().step("null model: " + name);
            NullTest[] found = NullTest.run(graph, model, drawn -> Motifs.of(drawn, 1).figures(), draws, run.seed(),
                    run.threads());
            tests.put(name, found);
            double[] corrected = corrected(found);
            for (int k = 0; k < found.length; k++) {
                NullTest test = found[k];
                table.row(name, names.get(k), (long) test.observed(), test.mean(), test.deviation(), test.low(),
                        test.high(), test.observed() / test.mean(), test.z(), test.p(), corrected[k]);
            }
            out.text("Null model " + name + " keeps " + model.keeps() + ".");
        });
        out.figure("motifs", NetworkFigures.motifs(names, tests));
        out.table(table.table());
        NullTest[] most = tests.getOrDefault("degrees_distance", new NullTest[0]);
        String keeps = "degrees_distance, " + draws + " draws";
        out.tested(ratio("reciprocity", "Mutual pairs, as a multiple of chance", most[0], RATIO, keeps, graph.edges()));
        out.tested(ratio("common-input", "Inputs shared by connected cells, as a multiple of chance",
                most[names.size() - 1], COMMON, keeps, graph.edges()));
    }

    private static Tested untested(String id, String what, int edges) {
        return new Tested(id, what, Double.NaN, 1, Double.NaN, Double.NaN, Double.NaN, "none", edges, "connections",
                Double.NaN, RATIO, Double.NaN);
    }

    /// Counts of few have variances that grow with their means.
    private static Tested ratio(String id, String what, NullTest test, double interest, String keeps, int edges) {
        double ratio = test.observed() / test.mean();
        double error = test.deviation() / test.mean();
        double spread = TWO_SIDED * error * Math.sqrt(Math.max(1, ratio));
        return new Tested(id, what, ratio, 1, Math.max(0, ratio - spread), ratio + spread, test.p(), keeps, edges,
                "connections", error, interest, error * Math.sqrt(interest));
    }

    /// Benjamini and Hochberg 1995.
    static double[] corrected(NullTest[] tests) {
        Integer[] order = new Integer[tests.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Double.compare(tests[b].p(), tests[a].p()));
        double[] corrected = new double[tests.length];
        double least = 1;
        for (int k = 0; k < order.length; k++) {
            least = Math.min(least, tests[order[k]].p() * tests.length / (tests.length - k));
            corrected[order[k]] = least;
        }
        return corrected;
    }

    private static void sizes(Wiring excitatory, Findings.Writer out) {
        out.section("sizes", "Sizes of synapses");
        Connections connections = excitatory.connections();
        DualSizes dual = DualSizes.of(connections, excitatory.cells().size());
        String what = "Variance of log sizes that the two synapses of a dual connection share beyond what axon and dendrite "
                + "bring";
        out.tested(new Tested("dual-sizes", what, dual.excess(), 0, dual.low(), dual.high(), dual.p(),
                "none; axons left out one at a time, Student's distribution", dual.dual(), "dual connections",
                dual.error(), EXCESS, dual.error()));
        if (dual.synapses() == 0) {
            out.text("The synapses have no sizes.");
            return;
        }
        out.text(String.format(Locale.ROOT,
                "%,d synapses have a size; %,d connections have just two of them. A rule by which "
                        + "activity of both ends sets the size makes these two alike. So does an axon all of whose synapses are large, "
                        + "or a dendrite; what pairs of one axon onto two cells, and of two axons onto one cell, share is "
                        + "subtracted.",
                dual.synapses(), dual.dual()));
        out.table(FoundTable.of("size_correlations", "Correlations of log sizes of two synapses, by what they share.")
                .text("share").real("correlation").row("axon and cell", dual.dualCorrelation())
                .row("axon", dual.axonCorrelation()).row("cell", dual.dendriteCorrelation())
                .row("excess", dual.excess()).table());
        SizeMixture mixture = SizeMixture.of(connections.synapses().size());
        out.figure("sizes", NetworkFigures.sizes(connections, mixture));
        out.text(Double.isNaN(mixture.gain())
                ? "Too few sizes to tell one group from two."
                : String.format(Locale.ROOT,
                        "Two groups of log-normal sizes beside one: Bayesian information criterion "
                                + "smaller by %.1f (above 10 says two groups, below 0 one).",
                        mixture.gain()));
        out.table(FoundTable.of("size_groups", "Log-normal groups of sizes: natural logarithms in the table's unit.")
                .text("model").text("group").real("share").real("mean_log").real("deviation_log")
                .row("one", "all", 1.0, mixture.mean(), mixture.deviation())
                .row("two", "lower", 1 - mixture.share(), mixture.low(), mixture.lowDeviation())
                .row("two", "upper", mixture.share(), mixture.high(), mixture.highDeviation()).table());
        out.table(connectionTable(excitatory));
    }

    private static void links(Wiring square, Run run, Findings.Writer out) {
        Cells cells = square.cells();
        if (cells.size() == 0) {
            return;
        }
        out.section("viewer", "In the viewer");
        DirectedGraph graph = square.graph();
        int[] in = graph.inDegrees();
        List<Integer> most = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            most.add(i);
        }
        most.sort((a, b) -> Integer.compare(graph.outDegree(b) + in[b], graph.outDegree(a) + in[a]));
        int shown = Math.min(SEEN, most.size());
        out.link(ViewerLink.of("The " + shown + " of " + cells.size() + " cells with most partners, coloured by type",
                run.volumes(), most.subList(0, shown).stream().map(i -> ViewerLink.Seen.of(cells, i)).toList()));
    }

    private static FoundTable connectionTable(Wiring excitatory) {
        Cells cells = excitatory.cells();
        Connections connections = excitatory.connections();
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < connections.size(); k++) {
            order.add(k);
        }
        order.sort((a, b) -> Integer.compare(connections.synapses(b), connections.synapses(a)));
        FoundTable.Writer table = FoundTable
                .of("connections", "Every connection, those of most synapses first: cells by "
                        + "nucleus, number of synapses, summed size, lateral distance and depth difference in µm.")
                .id("pre_nucleus_id").id("post_nucleus_id").text("pre_type").text("post_type").whole("synapses")
                .real("sum_size").real("lateral_um").real("deeper_um");
        for (int k : order) {
            int a = connections.from(k);
            int b = connections.to(k);
            table.row(cells.names()[a], cells.names()[b], cells.typeOf(a).name(), cells.typeOf(b).name(),
                    connections.synapses(k), connections.size(k), cells.lateral(a, b),
                    DistanceCurve.Axis.DEPTH.of(cells, a, b));
        }
        return table.table();
    }
}
