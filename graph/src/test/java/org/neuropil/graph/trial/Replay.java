package org.neuropil.graph.trial;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;

/// The states that a log leads through, by brute force: which edges are active after each operation, and what they join.
/// Knows edges and the log only, none of the graph's nodes.
final class Replay {
    final Links links;
    final List<Operation> log = new ArrayList<>();
    private final Map<Pair, Integer> known = new HashMap<>();
    private int[] a;
    private int[] b;
    private int[] common;
    private int count;
    /// Active edges after each operation; the first of ingest.
    private final List<BitSet> states = new ArrayList<>();

    Replay(Links links) {
        this.links = links;
        a = links.a().clone();
        b = links.b().clone();
        common = new int[a.length];
        BitSet active = new BitSet();
        for (int e = 0; e < a.length; e++) {
            add(links.supervoxels()[a[e]], links.supervoxels()[b[e]]);
            active.set(e, links.active()[e]);
        }
        states.add(closed(active));
    }

    private int add(long u, long v) {
        int e = count++;
        if (e == a.length) {
            a = Arrays.copyOf(a, 2 * e + 1);
            b = Arrays.copyOf(b, 2 * e + 1);
            common = Arrays.copyOf(common, 2 * e + 1);
        }
        a[e] = links.place(u);
        b[e] = links.place(v);
        common[e] = links.ids().commonLayer(u, v);
        known.put(Pair.of(u, v), e);
        return e;
    }

    /// Number of operations.
    int size() {
        return log.size();
    }

    /// Active edges after an operation.
    BitSet state(int operation) {
        return states.get(operation);
    }

    /// When a state began; of ingest the distant past.
    Instant time(int operation) {
        return operation == 0 ? Instant.MIN : log.get(operation - 1).time();
    }

    /// The last state that had begun at a moment.
    int at(Instant moment) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (time(middle).isAfter(moment)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /// Goes on with the next operation.
    void apply(Operation operation) {
        for (Pair made : operation.made()) {
            if (!known.containsKey(made)) {
                add(made.a(), made.b());
            }
        }
        log.add(operation);
        states.add(changed(states.getLast(), operation.added(), operation.removed()));
    }

    private BitSet changed(BitSet before, List<Pair> on, List<Pair> off) {
        BitSet after = (BitSet) before.clone();
        on.forEach(pair -> after.set(edge(pair)));
        off.forEach(pair -> after.clear(edge(pair)));
        return closed(after);
    }

    private int edge(Pair pair) {
        return Objects.requireNonNull(known.get(pair), () -> "edge " + pair + " is in no list");
    }

    /// Within a chunk, edges are active whose ends active ones join.
    private BitSet closed(BitSet active) {
        int[] component = components(active, 2);
        for (int e = 0; e < count; e++) {
            if (common[e] == 2 && component[a[e]] == component[b[e]]) {
                active.set(e);
            }
        }
        return active;
    }

    /// What active edges within chunks of a layer join: of each supervoxel the first place of its component.
    int[] components(BitSet active, int layer) {
        Disjoint sets = new Disjoint(links.supervoxels().length);
        for (int e = active.nextSetBit(0); e >= 0; e = active.nextSetBit(e + 1)) {
            if (common[e] <= layer) {
                sets.join(a[e], b[e]);
            }
        }
        return sets.all();
    }

    /// Whether each component of a layer is a node, by its first place: in layers between the second and the last only
    /// those which an edge joins here or will at the next.
    boolean[] nodes(BitSet active, int layer, int[] component) {
        boolean[] node = new boolean[component.length];
        if (layer == 2 || layer == links.ids().layers()) {
            Arrays.fill(node, true);
        } else {
            for (int e = active.nextSetBit(0); e >= 0; e = active.nextSetBit(e + 1)) {
                if (common[e] == layer || common[e] == layer + 1) {
                    node[component[a[e]]] = true;
                    node[component[b[e]]] = true;
                }
            }
        }
        return node;
    }

    /// What an undo or redo leaves of a state, by the rules.
    ///
    /// @param target operation that it names
    BitSet reversed(BitSet before, Kind kind, long target) {
        boolean forward = kind == Kind.REDO;
        Operation base = log.get((int) target - 1);
        while (base.kind() == Kind.UNDO || base.kind() == Kind.REDO) {
            forward ^= base.kind() == Kind.UNDO;
            base = log.get((int) (long) base.target().orElseThrow() - 1);
        }
        return forward
                ? changed(before, base.added(), base.removed())
                : changed(before, base.removed(), base.added());
    }
}
