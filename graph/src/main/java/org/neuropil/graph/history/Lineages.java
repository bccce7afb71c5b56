package org.neuropil.graph.history;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Lineage;
import org.neuropil.graph.Lineage.Link;
import org.neuropil.graph.Lineage.Node;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// From which roots roots came, and which replaced them.
public final class Lineages {
    private static final Comparator<Link> ORDER = ((Comparator<Link>) (a, b) -> Long.compareUnsigned(a.from(),
            b.from()))
            .thenComparing((a, b) -> Long.compareUnsigned(a.to(), b.to()));

    private Lineages() {}

    /// All ancestors and descendants of roots within a span of time. An operation links each root that it replaced to each
    /// that it made.
    ///
    /// To the past the walk ends with the roots that were there at `from` (so they came to be at `from` or before, outside
    /// of the span, and stand in the answer); to the future it follows operations up to `to`. So among the descendants
    /// those without a successor are exactly those that are current at `to`, and among the ancestors those without a
    /// predecessor exactly those that were current at `from`: what clients compute latest and original roots from. CAVE
    /// also follows operations after `to` by one step, and those at `from` itself, and thereby names roots that are not.
    ///
    /// A root's `replacedBy` is told if a link of the answer shows it, or it was replaced up to `to`.
    ///
    /// @param roots of any time
    /// @param from first moment
    /// @param to last moment
    /// @throws org.neuropil.space.InputException if a root is unknown, or no root; names it
    public static Lineage of(Graph graph, long[] roots, Instant from, Instant to) throws IOException {
        Steps.checkRoots(graph, roots);
        Steps steps = new Steps(graph);
        Long2ObjectOpenHashMap<Instant> created = new Long2ObjectOpenHashMap<>();
        Long2LongOpenHashMap replacedBy = new Long2LongOpenHashMap();
        List<Link> links = new ArrayList<>();
        steps.back(roots, from, (root, step) -> {
            created.put(root, steps.created(step == null ? steps.madeBy(root) : step));
            if (step != null) {
                for (long before : step.before()) {
                    links.add(new Link(before, root));
                    replacedBy.put(before, step.operation());
                }
            }
        });
        steps.forth(roots, to, (root, step) -> {
            if (!created.containsKey(root)) {
                created.put(root, steps.created(steps.madeBy(root)));
            }
            if (step != null) {
                replacedBy.put(root, step.operation());
                for (long after : step.after()) {
                    links.add(new Link(root, after));
                }
            }
        });
        List<Node> nodes = new ArrayList<>();
        for (long root : Steps.sorted(new LongOpenHashSet(created.keySet()))) {
            long operation = replacedBy.get(root);
            nodes.add(new Node(root, created.get(root), operation == 0 ? Optional.empty() : Optional.of(operation)));
        }
        return new Lineage(nodes, inOrder(links));
    }

    /// All ancestors and descendants of roots.
    ///
    /// @throws org.neuropil.space.InputException if a root is unknown, or no root; names it
    public static Lineage of(Graph graph, long[] roots) throws IOException {
        return of(graph, roots, Instant.MIN, Graph.NOW);
    }

    private static List<Link> inOrder(List<Link> links) {
        links.sort(ORDER);
        List<Link> once = new ArrayList<>(links.size());
        @Nullable
        Link last = null;
        for (Link link : links) {
            // Between two of the roots that were asked for, both walks find it.
            if (!link.equals(last)) {
                once.add(link);
            }
            last = link;
        }
        return once;
    }
}
