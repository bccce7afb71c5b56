package org.neuropil.circuits.wiring;

import java.util.Arrays;

import org.neuropil.circuits.graph.DirectedGraph;

/// Synapses put together by the two cells that they join: one connection for each ordered pair that has any. Connections are
/// in order of their cells, and the synapses of connection k are those from `first[k]` to `first[k + 1]`.
public final class Connections {
    private final Synapses synapses;
    private final int[] first;

    private Connections(Synapses synapses, int[] first) {
        this.synapses = synapses;
        this.first = first;
    }

    /// Puts synapses together.
    public static Connections of(Synapses synapses) {
        int n = synapses.count();
        int[] first = new int[n + 1];
        int k = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || synapses.pre()[i] != synapses.pre()[i - 1] || synapses.post()[i] != synapses.post()[i - 1]) {
                first[k++] = i;
            }
        }
        first[k] = n;
        return new Connections(synapses, Arrays.copyOf(first, k + 1));
    }

    /// How many.
    public int size() {
        return first.length - 1;
    }

    /// The synapses.
    public Synapses synapses() {
        return synapses;
    }

    /// The cell that a connection comes from.
    public int from(int connection) {
        return synapses.pre()[first[connection]];
    }

    /// The cell that it leads to.
    public int to(int connection) {
        return synapses.post()[first[connection]];
    }

    /// Its first synapse.
    public int first(int connection) {
        return first[connection];
    }

    /// How many synapses it has.
    public int synapses(int connection) {
        return first[connection + 1] - first[connection];
    }

    /// The sum of their sizes; NaN if one has none.
    public double size(int connection) {
        double sum = 0;
        for (int i = first[connection]; i < first[connection + 1]; i++) {
            sum += synapses.size()[i];
        }
        return sum;
    }

    /// As a graph of all cells.
    ///
    /// @param cells how many
    /// @throws IllegalArgumentException if a cell is connected with itself
    public DirectedGraph graph(int cells) {
        int[] from = new int[size()];
        int[] to = new int[size()];
        for (int k = 0; k < from.length; k++) {
            from[k] = from(k);
            to[k] = to(k);
        }
        return DirectedGraph.of(cells, from, to);
    }
}
