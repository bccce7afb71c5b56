package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.Edge;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.space.Int3;

/// The model's nodes in cases small enough to see that they are right.
class StateTest {
    /// Five layers: eight chunks along an axis.
    private static final NodeIds IDS = new NodeIds(5, 10);

    private static long supervoxel(int x, int number) {
        return IDS.id(1, new Int3(x, 0, 0), number);
    }

    private static Pair pair(long a, long b) {
        return Pair.of(a, b);
    }

    private static State state(List<Pair> edges, List<Pair> on, long... alone) {
        SortedMap<Pair, Edge> all = new TreeMap<>(Ids.PAIRS);
        List<Long> supervoxels = new ArrayList<>(Ids.set(alone));
        for (Pair pair : edges) {
            all.put(pair, new Edge(pair.a(), pair.b(), 0.5f, 1));
            supervoxels.addAll(List.of(pair.a(), pair.b()));
        }
        return new State(IDS, Ids.set(supervoxels), all, on);
    }

    /// Layers of the nodes from a supervoxel to its root.
    private static List<Integer> layers(State state, long supervoxel) {
        List<Integer> layers = new ArrayList<>();
        for (ModelNode node = state.up(supervoxel, 1); node != null; node = node.parent) {
            layers.add(node.layer);
        }
        return layers;
    }

    @Test
    void whatIsAloneSkipsAllLayersBetween() {
        assertThat(layers(state(List.of(), List.of(), supervoxel(3, 1)), supervoxel(3, 1))).containsExactly(1, 2, 5);
    }

    @Test
    void anEdgeBetweenSiblingsIsJoinedInTheNextLayer() {
        Pair edge = pair(supervoxel(0, 1), supervoxel(1, 1));
        State joined = state(List.of(edge), List.of(edge));
        assertThat(layers(joined, edge.a())).containsExactly(1, 2, 3, 5);
        assertThat(joined.up(edge.a(), 3).children).hasSize(2);
        State apart = state(List.of(edge), List.of());
        assertThat(layers(apart, edge.a())).containsExactly(1, 2, 5);
        assertThat(apart.root(edge.a())).isNotSameAs(apart.root(edge.b()));
    }

    @Test
    void anEdgeThatIsJoinedHigherMakesANodeJustBelow() {
        // Chunks 1 and 2 have one chunk from layer 4 on, 0 and 7 from layer 5 on.
        Pair near = pair(supervoxel(1, 1), supervoxel(2, 1));
        Pair far = pair(supervoxel(0, 1), supervoxel(7, 1));
        assertThat(layers(state(List.of(near), List.of(near)), near.a())).containsExactly(1, 2, 3, 4, 5);
        assertThat(layers(state(List.of(far), List.of(far)), far.a())).containsExactly(1, 2, 4, 5);
    }

    @Test
    void withinAChunkAllEdgesOfWhatIsJoinedAreActive() {
        Pair ab = pair(supervoxel(0, 1), supervoxel(0, 2));
        Pair bc = pair(supervoxel(0, 2), supervoxel(0, 3));
        Pair ac = pair(supervoxel(0, 1), supervoxel(0, 3));
        State state = state(List.of(ab, bc, ac), List.of(ab, bc));
        assertThat(state.active).containsExactly(ab, ac, bc);
        // Removing one of a triangle parts nothing; removing two does.
        assertThat(state.with(Change.off(List.of(ac))).isAs(state)).isTrue();
        assertThat(state.with(Change.off(List.of(ac, bc))).active).containsExactly(ab);
    }

    @Test
    void betweenChunksEdgesAreActiveEachForItself() {
        Pair ab = pair(supervoxel(0, 1), supervoxel(1, 1));
        Pair inside = pair(supervoxel(1, 1), supervoxel(1, 2));
        Pair ac = pair(supervoxel(0, 1), supervoxel(1, 2));
        State state = state(List.of(ab, inside, ac), List.of(ab, inside));
        assertThat(state.active).containsExactly(ab, inside);
        State other = state.with(Change.on(List.of(ac)));
        assertThat(other.isAs(state)).isFalse();
        assertThat(Objects.requireNonNull(other.up(ab.a(), 2).parent).supervoxels).hasSize(3);
    }
}
