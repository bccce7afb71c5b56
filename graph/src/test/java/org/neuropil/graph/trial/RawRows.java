package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;

/// What the rows of a graph name: nodes that must exist, moments that must be those of operations.
///
/// @param nodes that edits made
/// @param parents nodes and their parents, two by two; of a root the operation that replaced it
/// @param times when a parent was set
/// @param last number of the last operation
/// @param applied the operation up to which all rows are said to be written
record RawRows(List<Long> nodes, List<Long> parents, Set<Long> times, long last, long applied) {
    static RawRows of(GraphStore store) throws IOException {
        List<Long> nodes = new ArrayList<>();
        store.scan(Table.NODES, new byte[0], null, (key, value) -> nodes.add(number(key, 0)));
        List<Long> parents = new ArrayList<>();
        Set<Long> times = new HashSet<>();
        store.scan(Table.PARENTS, new byte[0], null, (key, value) -> {
            parents.add(number(key, 0));
            parents.add(number(value, 0));
            return times.add(number(key, 8)) | true;
        });
        GraphStore.Row last = store.last(Table.OPERATIONS, new byte[0], null);
        byte @Nullable [] applied = store.get(Table.META, new byte[]{0});
        return new RawRows(nodes, parents, times, last == null ? 0 : number(last.key(), 0),
                applied == null ? 0 : number(applied, 0));
    }

    private static long number(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getLong(at);
    }

    /// Holds the rows as a killed process left them against the graph that was opened since.
    void check(Graph graph, Timeline timeline) throws IOException {
        assertThat(timeline.size()).as("operations").isEqualTo((int) last);
        assertThat(applied).as("no more is said to be written than there is").isLessThanOrEqualTo(last);
        Set<Long> moments = new HashSet<>();
        timeline.replay.log.forEach(operation -> moments.add(operation.time().toEpochMilli()));
        assertThat(moments.containsAll(times)).as("moments of rows are those of operations").isTrue();
        assertExist(graph, nodes, moments);
        List<Long> named = new ArrayList<>();
        for (int i = 0; i < parents.size(); i += 2) {
            named.add(parents.get(i));
            if (parents.get(i + 1) >>> 56 != 0) {
                named.add(parents.get(i + 1));
            } else {
                assertThat(parents.get(i + 1)).as("operation that replaced a root").isBetween(1L, last);
            }
        }
        moments.add(graph.info().ingested().toEpochMilli());
        assertExist(graph, named, moments);
        List<Long> children = new ArrayList<>();
        for (long node : nodes) {
            long[] own = graph.children(node);
            assertThat(own.length).as("children of a node").isPositive();
            Arrays.stream(own).forEach(children::add);
        }
        assertExist(graph, children, moments);
    }

    private static void assertExist(Graph graph, List<Long> nodes, Set<Long> moments) throws IOException {
        @Nullable
        Instant[] created = graph.created(nodes.stream().mapToLong(id -> id).toArray());
        for (int i = 0; i < created.length; i++) {
            Instant moment = created[i];
            // One by one: a set's own look-up, not that of the assertion, which goes through it.
            assertThat(moment != null && moments.contains(moment.toEpochMilli()))
                    .as("node %s exists since an operation: %s", Long.toUnsignedString(nodes.get(i)), moment).isTrue();
        }
    }
}
