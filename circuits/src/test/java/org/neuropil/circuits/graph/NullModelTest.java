package org.neuropil.circuits.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NullModelTest {
    @Property(tries = 40)
    void degreesStayAndNothingElseIsMade(@ForAll @IntRange(min = 3, max = 30) int vertices, @ForAll long seed) {
        DirectedGraph graph = GraphWorlds.random(vertices, 0.3, 0.2, seed);
        DirectedGraph drawn = new DegreeNull(graph, Strata.ALL, DegreeNull.STEPS, "degrees")
                .draw(new SplittableRandom(seed));
        assertThat(drawn.edges()).isEqualTo(graph.edges());
        assertThat(drawn.inDegrees()).isEqualTo(graph.inDegrees());
        for (int v = 0; v < vertices; v++) {
            assertThat(drawn.outDegree(v)).isEqualTo(graph.outDegree(v));
        }
        // Refuses self-connections and double edges.
        assertThat(DirectedGraph.of(vertices, drawn.sources(), drawn.targets())).isEqualTo(drawn);
    }

    @Property(tries = 40)
    void edgesInEachStratumStay(@ForAll @IntRange(min = 3, max = 30) int vertices, @ForAll long seed) {
        DirectedGraph graph = GraphWorlds.random(vertices, 0.3, 0.2, seed);
        SplittableRandom random = new SplittableRandom(seed);
        int[] types = random.ints(vertices, 0, 3).toArray();
        double[][] places = new double[vertices][];
        for (int v = 0; v < vertices; v++) {
            places[v] = new double[]{random.nextDouble(), random.nextDouble()};
        }
        Strata strata = Strata.ofTypes(types).and(Strata.ofDistance(places, 0.4, 3));
        assertThat(counts(new StratifiedNull(graph, strata, "").draw(random), strata)).isEqualTo(counts(graph, strata));
        DirectedGraph drawn = new DegreeNull(graph, strata, DegreeNull.STEPS, "").draw(random);
        assertThat(counts(drawn, strata)).isEqualTo(counts(graph, strata));
        assertThat(drawn.inDegrees()).isEqualTo(graph.inDegrees());
    }

    @Test
    void everyGraphOfTheSameDegreesIsDrawnEquallyOften() {
        // Among them cycles of three, which switches alone do not turn around.
        for (DirectedGraph graph : List.of(GraphWorlds.of(3, 0, 1, 1, 2, 2, 0),
                GraphWorlds.of(5, 0, 1, 1, 2, 2, 0, 0, 3, 3, 4, 2, 4))) {
            Set<DirectedGraph> all = ofSameDegrees(graph);
            assertThat(all.size()).isGreaterThan(1);
            Map<DirectedGraph, Integer> drawn = new HashMap<>();
            NullModel model = new DegreeNull(graph, Strata.ALL, 60, "degrees");
            int draws = 400 * all.size();
            for (int i = 0; i < draws; i++) {
                drawn.merge(model.draw(NullTest.random(7, i)), 1, Integer::sum);
            }
            assertThat(drawn.keySet()).isEqualTo(all);
            assertThat(chiSquare(drawn, draws)).isLessThan(all.size() - 1 + 5 * Math.sqrt(2.0 * all.size()));
        }
    }

    @Test
    void everyPlacementInTheStrataIsDrawnEquallyOften() {
        DirectedGraph graph = GraphWorlds.of(4, 0, 1, 2, 3, 0, 2);
        Strata strata = Strata.ofTypes(new int[]{0, 0, 1, 1});
        Map<DirectedGraph, Integer> drawn = new HashMap<>();
        NullModel model = new StratifiedNull(graph, strata, "types");
        // Of the type pairs 0-0, 0-1 and 1-1, with 2, 4 and 2 pairs, one edge each.
        int draws = 400 * 16;
        for (int i = 0; i < draws; i++) {
            drawn.merge(model.draw(NullTest.random(3, i)), 1, Integer::sum);
        }
        assertThat(drawn).hasSize(16);
        assertThat(chiSquare(drawn, draws)).isLessThan(15 + 5 * Math.sqrt(32));
    }

    @Test
    void pairsThatAreNotTestableGetNoEdgeAndAreTold() {
        DirectedGraph graph = GraphWorlds.random(12, 0.4, 0, 1);
        int[] types = new int[12];
        types[3] = -1;
        StratifiedNull model = new StratifiedNull(graph, Strata.ofTypes(types), "");
        assertThat(model.leftOut()).isEqualTo(graph.outDegree(3) + graph.inDegrees()[3]);
        DirectedGraph drawn = model.draw(new SplittableRandom(1));
        assertThat(drawn.outDegree(3) + drawn.inDegrees()[3]).isZero();
        assertThat(drawn.edges() + model.leftOut()).isEqualTo(graph.edges());
    }

    @Test
    void bitsAndHashHoldTheSameEdges() {
        DirectedGraph graph = GraphWorlds.random(70, 0.2, 0, 9);
        EdgeSet bits = EdgeSet.of(graph);
        EdgeSet hash = new EdgeSet.Hash(new it.unimi.dsi.fastutil.longs.LongOpenHashSet());
        for (int u = 0; u < 70; u++) {
            for (int v : graph.targets(u)) {
                hash.add(u, v);
            }
        }
        bits.remove(0, 69);
        hash.remove(0, 69);
        bits.add(69, 64);
        hash.add(69, 64);
        for (int u = 0; u < 70; u++) {
            for (int v = 0; v < 70; v++) {
                assertThat(bits.has(u, v)).isEqualTo(hash.has(u, v));
            }
        }
    }

    @Test
    void aTestSaysWhereTheGraphLiesAmongThoseThatWereDrawnWhateverTheThreads() {
        DirectedGraph graph = GraphWorlds.random(60, 0.05, 0.6, 4);
        NullModel model = new DegreeNull(graph, Strata.ALL, DegreeNull.STEPS, "degrees");
        NullTest[] one = NullTest.run(graph, model, drawn -> Motifs.of(drawn, 1).figures(), 99, 5, 1);
        NullTest[] two = NullTest.run(graph, model, drawn -> Motifs.of(drawn, 1).figures(), 99, 5, 2);
        assertThat(two).isEqualTo(one);
        int mutual = Motifs.names().indexOf("mutual_pairs");
        assertThat(one[mutual].z()).isGreaterThan(5);
        assertThat(one[mutual].p()).isEqualTo(0.02);
        assertThat(one[mutual].more()).isEqualTo(0.01);
        assertThat(one[mutual].less()).isEqualTo(1);
    }

    @Test
    void figuresOfANullAreThoseOfItsValues() {
        NullTest test = NullTest.of(3, new double[]{1, 2, 3, 4});
        assertThat(test.mean()).isEqualTo(2.5);
        assertThat(test.deviation()).isEqualTo(Math.sqrt(5.0 / 3));
        assertThat(test.less()).isEqualTo(0.8);
        assertThat(test.more()).isEqualTo(0.6);
        assertThat(test.p()).isEqualTo(1);
        assertThat(test.low()).isCloseTo(1.075, within(1e-12));
        assertThat(NullTest.of(3, new double[]{3, 3}).z()).isNaN();
    }

    private static long[] counts(DirectedGraph graph, Strata strata) {
        long[] counts = new long[strata.count()];
        for (int v = 0; v < graph.vertices(); v++) {
            for (int target : graph.targets(v)) {
                counts[strata.of(v, target)]++;
            }
        }
        return counts;
    }

    private static double chiSquare(Map<DirectedGraph, Integer> drawn, int draws) {
        double expected = (double) draws / drawn.size();
        return drawn.values().stream().mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
    }

    /// All graphs of the same degrees, by trying all sets of edges.
    private static Set<DirectedGraph> ofSameDegrees(DirectedGraph graph) {
        int n = graph.vertices();
        List<int[]> pairs = new ArrayList<>();
        for (int u = 0; u < n; u++) {
            for (int v = 0; v < n; v++) {
                if (u != v) {
                    pairs.add(new int[]{u, v});
                }
            }
        }
        Set<DirectedGraph> all = new HashSet<>();
        for (long set = 0; set < 1L << pairs.size(); set++) {
            if (Long.bitCount(set) != graph.edges()) {
                continue;
            }
            int[] out = new int[n];
            int[] in = new int[n];
            List<int[]> edges = new ArrayList<>();
            for (int i = 0; i < pairs.size(); i++) {
                if ((set >> i & 1) != 0) {
                    edges.add(pairs.get(i));
                    out[pairs.get(i)[0]]++;
                    in[pairs.get(i)[1]]++;
                }
            }
            boolean same = Arrays.equals(in, graph.inDegrees());
            for (int v = 0; v < n; v++) {
                same &= out[v] == graph.outDegree(v);
            }
            if (same) {
                all.add(GraphWorlds.of(n, edges));
            }
        }
        return all;
    }
}
