package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.space.InputException;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
import it.unimi.dsi.fastutil.longs.LongArrays;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// The operations of some roots' history, each read once.
final class Steps {
    private final Graph graph;
    private final Long2ObjectOpenHashMap<Step> read = new Long2ObjectOpenHashMap<>();

    Steps(Graph graph) {
        this.graph = graph;
    }

    /// @throws InputException if one is unknown or no root
    static void checkRoots(Graph graph, long[] roots) throws IOException {
        checkNodes(graph, roots);
        int layers = graph.info().layers();
        for (long root : roots) {
            if (NodeIds.layer(root) != layers) {
                throw new InputException(Long.toUnsignedString(root) + " is a node of layer " + NodeIds.layer(root)
                        + ", not a root", "ids", "roots of this graph are of layer " + layers);
            }
        }
    }

    /// @return when they came to be
    /// @throws InputException if one is unknown
    static Instant[] checkNodes(Graph graph, long[] nodes) throws IOException {
        @Nullable
        Instant[] created = graph.created(nodes);
        Instant[] known = new Instant[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            Instant one = created[i];
            if (one == null) {
                throw new InputException("this graph has no node " + Long.toUnsignedString(nodes[i]), "ids",
                        "check the id, and that it is of this dataset");
            }
            known[i] = one;
        }
        return known;
    }

    private @Nullable Step step(long operation) throws IOException {
        if (operation == 0) {
            return null;
        }
        Step step = read.get(operation);
        if (step == null) {
            Operation found = graph.operation(operation);
            if (found == null) {
                throw new IOException("the graph's log lacks operation " + operation);
            }
            step = Step.of(found);
            read.put(operation, step);
        }
        return step;
    }

    /// What made a root; null if ingest did.
    @Nullable
    Step madeBy(long root) throws IOException {
        return step(graph.madeBy(root));
    }

    /// What replaced a root up to a moment, null if nothing did.
    @Nullable
    Step replacedBy(long root, Instant at) throws IOException {
        return step(graph.replacedBy(root, at));
    }

    Instant created(@Nullable Step madeBy) {
        return madeBy == null ? graph.info().ingested() : madeBy.time();
    }

    /// Sees a root of a walk and the step to its neighbours, null if the walk ends there.
    @FunctionalInterface
    interface Visitor {
        void visit(long root, @Nullable Step step) throws IOException;
    }

    /// Walks from roots to what they came from, each root once. Ends at roots that were there at the moment `from`.
    void back(long[] roots, Instant from, Visitor visitor) throws IOException {
        LongOpenHashSet seen = new LongOpenHashSet(roots);
        LongArrayFIFOQueue next = queue(seen);
        while (!next.isEmpty()) {
            long root = next.dequeueLong();
            Step made = madeBy(root);
            Step step = made != null && made.time().isAfter(from) ? made : null;
            visitor.visit(root, step);
            if (step != null) {
                enqueue(step.before(), seen, next);
            }
        }
    }

    /// Walks from roots to what replaced them, each root once. Ends at roots that nothing replaced up to the moment `to`.
    void forth(long[] roots, Instant to, Visitor visitor) throws IOException {
        LongOpenHashSet seen = new LongOpenHashSet(roots);
        LongArrayFIFOQueue next = queue(seen);
        while (!next.isEmpty()) {
            long root = next.dequeueLong();
            Step step = replacedBy(root, to);
            visitor.visit(root, step);
            if (step != null) {
                enqueue(step.after(), seen, next);
            }
        }
    }

    private static LongArrayFIFOQueue queue(LongOpenHashSet roots) {
        LongArrayFIFOQueue next = new LongArrayFIFOQueue();
        for (long root : roots.toLongArray()) {
            next.enqueue(root);
        }
        return next;
    }

    private static void enqueue(long[] roots, LongOpenHashSet seen, LongArrayFIFOQueue next) {
        for (long root : roots) {
            if (seen.add(root)) {
                next.enqueue(root);
            }
        }
    }

    /// In unsigned order.
    static long[] sorted(LongOpenHashSet ids) {
        long[] all = ids.toLongArray();
        LongArrays.quickSort(all, Long::compareUnsigned);
        return all;
    }
}
