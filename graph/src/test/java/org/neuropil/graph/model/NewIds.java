package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;

/// Takes over the ids that a graph gives to nodes, if they are as they must be.
final class NewIds {
    private final ModelGraph model;
    private final Map<Long, Long> firstFree = new HashMap<>();

    NewIds(ModelGraph model) {
        this.model = model;
    }

    /// Ids of the nodes of a state, as the graph gives them.
    ///
    /// @param touched supervoxels at ends of edges that were to change
    Map<ModelNode, Long> learn(Graph graph, State state, Set<Long> touched) throws IOException {
        Map<ModelNode, Long> ids = new IdentityHashMap<>();
        long[] supervoxels = Ids.array(state.supervoxels);
        for (int stop = 1; stop <= state.ids.layers(); stop++) {
            long[] found = graph.roots(supervoxels, Graph.NOW, stop);
            for (int i = 0; i < found.length; i++) {
                ModelNode node = state.up(supervoxels[i], stop);
                Long known = ids.putIfAbsent(node, found[i]);
                assertThat(found[i]).as(() -> "one node of " + name(node)).isEqualTo(known == null ? found[i] : known);
                assertThat(NodeIds.layer(found[i])).as(() -> "layer of " + name(node)).isEqualTo(node.layer);
                assertThat(state.ids.chunkId(found[i])).as(() -> "chunk of " + name(node)).isEqualTo(node.chunk);
            }
        }
        assertThat(new HashSet<>(ids.values())).as("ids of different nodes").hasSameSizeAs(ids.values());
        for (ModelNode node : state.nodes) {
            kept(node, ids, touched);
        }
        return ids;
    }

    /// A node keeps its id if it has the same children and the same edges to other chunks as before, and else gets one
    /// that nobody had. If edges at it were to change and did not, it may do either.
    private void kept(ModelNode node, Map<ModelNode, Long> ids, Set<Long> touched) {
        ModelGraph.Epoch last = model.now();
        long id = Objects.requireNonNull(ids.get(node));
        Long old = last.keys().get(node.key());
        if (node.layer == 1) {
            assertThat(id).as(() -> name(node)).isEqualTo(node.supervoxels.first());
            return;
        }
        if (old != null) {
            ModelNode was = Objects.requireNonNull(last.nodes().get(old));
            boolean same = was.cross.equals(node.cross) && Arrays.equals(last.sorted(was.children),
                    Ids.array(node.children.stream().map(child -> ids.getOrDefault(child, 0L)).toList()));
            if (same && (id == old || node.supervoxels.stream().noneMatch(touched::contains))) {
                assertThat(ReadChecks.text(id)).as(() -> "kept id of " + name(node)).isEqualTo(ReadChecks.text(old));
                return;
            }
        }
        assertThat(model.lives).as(() -> "ids that were given before; new is " + name(node)).doesNotContainKey(id);
        assertThat(model.world.state.ids.number(id)).as(() -> "number of an edit's node of " + name(node))
                .isGreaterThanOrEqualTo(firstFree.computeIfAbsent(node.chunk, chunk -> BaseIds
                        .firstFree(model.world.state, model.epochs.getFirst().ids(), model.info().anchorBits(),
                                chunk)));
    }

    private static String name(ModelNode node) {
        return "layer " + node.layer + " with " + ReadChecks.text(Ids.array(node.supervoxels));
    }
}
