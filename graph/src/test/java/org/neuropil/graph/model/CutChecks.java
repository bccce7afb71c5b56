package org.neuropil.graph.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;

import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.SupervoxelSplit;

/// What must be true once an operation has cut supervoxels. Where they were cut follows from voxels, which the model does
/// not know; so it does not go on from there. What it does know: the parts, all that is elsewhere, and the past.
final class CutChecks {
    private final Graph graph;
    private final ModelGraph model;
    private final Operation operation;
    private final List<Long> wholes = new ArrayList<>();
    private final List<Long> parts = new ArrayList<>();

    CutChecks(Graph graph, ModelGraph model, Operation operation) {
        this.graph = graph;
        this.model = model;
        this.operation = operation;
        for (SupervoxelSplit split : operation.supervoxelSplits()) {
            wholes.add(split.whole());
            parts.addAll(Ids.set(split.parts()));
        }
    }

    void check() throws IOException {
        ids();
        present();
        elsewhere();
        before();
    }

    private void ids() throws IOException {
        if (wholes.isEmpty()) {
            return; // The cut runs along a border of chunks.
        }
        NodeIds ids = model.world.state.ids;
        assertThat(model.now().state().supervoxels).as("supervoxels that were cut").containsAll(wholes);
        for (SupervoxelSplit split : operation.supervoxelSplits()) {
            assertThat(split.parts()).as("parts, ascending").isEqualTo(Ids.array(Ids.set(split.parts())))
                    .hasSizeGreaterThan(1);
            for (long part : split.parts()) {
                assertThat(ids.chunkId(part)).as("chunk of a part").isEqualTo(ids.chunkId(split.whole()));
                assertThat(model.lives).as("ids that were given before").doesNotContainKey(part);
            }
        }
        assertThat(graph.created(array(parts))).as("created of parts").containsOnly(operation.time());
        assertThat(graph.replaced(array(wholes), Graph.NOW)).as("replaced of what was cut")
                .containsOnly(operation.time());
        assertThat(graph.isLatest(array(wholes), Graph.NOW)).as("isLatest of what was cut").containsOnly(false);
    }

    private void present() throws IOException {
        SortedSet<Long> all = Ids.set(model.now().state().supervoxels);
        all.removeAll(wholes);
        all.addAll(parts);
        long[] supervoxels = Ids.array(all);
        assertThat(graph.isLatest(supervoxels, Graph.NOW)).as("isLatest of supervoxels").containsOnly(true);
        SortedSet<Long> roots = Ids.set(roots(supervoxels, Graph.NOW, model.info().layers()));
        List<Long> leaves = new ArrayList<>();
        for (long root : roots) {
            leaves.addAll(Ids.set(graph.leaves(root, null, 1)));
        }
        leaves.sort(Long::compareUnsigned);
        assertThat(leaves).as("supervoxels of all roots").isEqualTo(List.copyOf(all));
        SortedSet<Long> old = Ids.set(model.now().nodes().keySet());
        old.removeIf(node -> NodeIds.layer(node) < model.info().layers());
        SortedSet<Long> gone = Ids.set(old);
        gone.removeAll(roots);
        roots.removeAll(old);
        assertThat(operation.before()).as("roots before").isEqualTo(Ids.array(gone));
        assertThat(operation.after()).as("roots after").isEqualTo(Ids.array(roots));
    }

    private void elsewhere() throws IOException {
        List<Long> others = new ArrayList<>(model.now().state().supervoxels);
        SortedSet<Long> changed = Ids.set(operation.before());
        others.removeIf(supervoxel -> changed.contains(model.now().id(model.now().state().root(supervoxel))));
        for (int stop = 2; stop <= model.info().layers(); stop++) {
            assertThat(roots(array(others), Graph.NOW, stop)).as("nodes of other objects")
                    .isEqualTo(model.roots(array(others), Graph.NOW, stop));
        }
    }

    /// Parts lead where the whole led.
    private void before() throws IOException {
        for (ModelGraph.Epoch epoch : model.epochs) {
            for (int stop = 2; stop <= model.info().layers(); stop++) {
                for (SupervoxelSplit split : operation.supervoxelSplits()) {
                    long[] wholeRoot = model.roots(new long[]{split.whole()}, epoch.time(), stop);
                    assertThat(Ids.set(roots(split.parts(), epoch.time(), stop))).as("where parts led")
                            .isEqualTo(Ids.set(wholeRoot));
                }
            }
        }
        long[] last = model.roots(array(wholes), Graph.NOW, model.info().layers());
        assertThat(roots(array(wholes), operation.time(), model.info().layers())).as("where the whole led")
                .isEqualTo(last);
        Instant early = model.info().ingested().minusMillis(1);
        assertThat(Arrays.stream(roots(array(parts), early, 2)).boxed().toList()).as("before ingest")
                .isEqualTo(Collections.nCopies(parts.size(), 0L));
    }

    private long[] roots(long[] nodes, Instant at, int stop) throws IOException {
        return graph.roots(nodes, at, stop);
    }

    private static long[] array(List<Long> ids) {
        return ids.stream().mapToLong(id -> id).toArray();
    }
}
