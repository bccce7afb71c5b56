package org.neuropil.circuits.animals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.neuropil.circuits.graph.DegreeNull;
import org.neuropil.circuits.graph.DirectedGraph;
import org.neuropil.circuits.graph.NullTest;
import org.neuropil.circuits.graph.Strata;
import org.neuropil.circuits.match.WeightedEdges;
import org.neuropil.volume.kernel.Parallel;

/// Whether animals have more connections in common than they would if each cell of each animal had as many partners, but any.
/// Connections of a cell with itself are left out. Pairs are counted whatever cells an animal lacks.
///
/// @param all connections that every animal has
/// @param one connections that one animal alone has
/// @param overlap mean over pairs of animals: connections that both have per connections that either has
public record Conservation(NullTest all, NullTest one, NullTest overlap) {
    private static final int FIGURES = 3;

    /// Tests against graphs of the same degrees, drawn for each animal on its own ([DegreeNull]).
    ///
    /// @param animals at least two
    /// @param draws at least 1
    /// @param threads at least 1
    public static Conservation of(List<Animal> animals, int draws, long seed, int threads) {
        if (animals.size() < 2) {
            throw new IllegalArgumentException(animals.size() + " animals have nothing in common");
        }
        List<DirectedGraph> graphs = animals.stream().map(animal -> graph(animal.edges())).toList();
        double[][] drawn = new double[draws][];
        Parallel.run(threads, draws, draw -> {
            List<DirectedGraph> made = new ArrayList<>();
            for (int animal = 0; animal < graphs.size(); animal++) {
                SplittableRandom random = NullTest.random(NullTest.random(seed, animal).nextLong(), draw);
                made.add(new DegreeNull(graphs.get(animal), Strata.ALL, DegreeNull.STEPS, "degrees").draw(random));
            }
            drawn[draw] = figures(made);
        });
        double[] observed = figures(graphs);
        NullTest[] tests = new NullTest[FIGURES];
        for (int k = 0; k < FIGURES; k++) {
            double[] values = new double[draws];
            for (int draw = 0; draw < draws; draw++) {
                values[draw] = drawn[draw][k];
            }
            tests[k] = NullTest.of(observed[k], values);
        }
        return new Conservation(tests[0], tests[1], tests[2]);
    }

    /// Who connects to whom, without those who connect to themselves.
    private static DirectedGraph graph(WeightedEdges edges) {
        int[] from = new int[edges.edges()];
        int[] to = new int[edges.edges()];
        int count = 0;
        for (int i = 0; i < edges.rows(); i++) {
            for (int e = edges.start(i); e < edges.start(i + 1); e++) {
                if (edges.target(e) != i) {
                    from[count] = i;
                    to[count++] = edges.target(e);
                }
            }
        }
        return DirectedGraph.of(edges.rows(), Arrays.copyOf(from, count), Arrays.copyOf(to, count));
    }

    private static double[] figures(List<DirectedGraph> graphs) {
        int animals = graphs.size();
        int[][] both = new int[animals][animals];
        int all = 0;
        int one = 0;
        int cells = graphs.getFirst().vertices();
        int[] having = new int[cells];
        int[][] who = new int[cells][animals];
        for (int from = 0; from < cells; from++) {
            for (int animal = 0; animal < animals; animal++) {
                for (int to : graphs.get(animal).targets(from)) {
                    for (int k = 0; k < having[to]; k++) {
                        both[who[to][k]][animal]++;
                    }
                    who[to][having[to]++] = animal;
                }
            }
            for (int to = 0; to < cells; to++) {
                all += having[to] == animals ? 1 : 0;
                one += having[to] == 1 ? 1 : 0;
                having[to] = 0;
            }
        }
        double overlap = 0;
        for (int a = 0; a < animals; a++) {
            for (int b = a + 1; b < animals; b++) {
                int either = graphs.get(a).edges() + graphs.get(b).edges() - both[a][b];
                overlap += either == 0 ? 1 : (double) both[a][b] / either;
            }
        }
        return new double[]{all, one, overlap / (animals * (animals - 1) / 2.0)};
    }
}
