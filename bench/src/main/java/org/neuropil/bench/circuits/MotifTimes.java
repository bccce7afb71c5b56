package org.neuropil.bench.circuits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.neuropil.circuits.graph.DegreeNull;
import org.neuropil.circuits.graph.DirectedGraph;
import org.neuropil.circuits.graph.Motifs;
import org.neuropil.circuits.graph.NullModel;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.graph.Strata;
import org.neuropil.circuits.graph.Triad;
import org.neuropil.circuits.graph.TriadCensus;

/// Prints the census of graphs out of files, a line `census <file> <triad> <count>` each; of the last one how long the census
/// takes, the first time in this process and the best of five, and how long so many null graphs with all their motifs take.
@SuppressWarnings("SystemOut") // what it is for
final class MotifTimes {
    private static final int REPEATS = 5;
    private static final double NANO = 1e-9;

    private MotifTimes() {}

    /// @param args files, whose first line is the number of vertices, all others an edge each, `from to`; number of null
    ///     graphs; threads
    public static void main(String[] args) throws IOException {
        int draws = Integer.parseInt(args[args.length - 2]);
        int threads = Integer.parseInt(args[args.length - 1]);
        DirectedGraph graph = DirectedGraph.of(0, new int[0], new int[0]);
        for (int i = 0; i < args.length - 2; i++) {
            graph = read(Path.of(args[i]));
            double first = seconds(graph, 1);
            long[] census = TriadCensus.of(graph, threads);
            for (Triad triad : Triad.values()) {
                System.out.println("census " + i + " " + triad.label() + " " + census[triad.ordinal()]);
            }
            if (i == args.length - 3) {
                figure("triads.cold_seconds", first);
            }
        }
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REPEATS; i++) {
            best = Math.min(best, seconds(graph, 1));
        }
        figure("triads.seconds", best);
        long start = System.nanoTime();
        NullModel model = new DegreeNull(graph, Strata.ALL, DegreeNull.STEPS, "degrees");
        NullTest[] tests = NullTest.run(graph, model, drawn -> Motifs.of(drawn, 1).figures(), draws, 1, threads);
        figure("nulls.seconds", (System.nanoTime() - start) * NANO);
        for (int k = 0; k < tests.length; k++) {
            System.out.println("null " + Motifs.names().get(k) + " " + tests[k].observed() + " " + tests[k].mean() + " "
                    + tests[k].z());
        }
    }

    private static double seconds(DirectedGraph graph, int threads) {
        long start = System.nanoTime();
        TriadCensus.of(graph, threads);
        return (System.nanoTime() - start) * NANO;
    }

    private static void figure(String name, double seconds) {
        System.out.println(String.format(Locale.ROOT, "figure %s %.4f s", name, seconds));
    }

    private static DirectedGraph read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int[] from = new int[lines.size() - 1];
        int[] to = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            String[] ends = lines.get(i + 1).split(" ", -1);
            from[i] = Integer.parseInt(ends[0]);
            to[i] = Integer.parseInt(ends[1]);
        }
        return DirectedGraph.of(Integer.parseInt(lines.getFirst()), from, to);
    }
}
