package org.neuropil.circuits.wiring;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.neuropil.circuits.graph.DirectedGraph;

/// Cells, the synapses between them, and how they were come by. Synapses are those that can be counted: from a proofread axon
/// onto a cell onto which synapses are counted, none of a cell onto itself.
///
/// @param cells all that are known
/// @param connections between them
/// @param account of what was left out
public record Wiring(Cells cells, Connections connections, Account account) {
    /// Of synapses; those that cannot be counted are left out, and counted.
    public static Wiring of(Cells cells, Synapses synapses, Account account) {
        int[] all = IntStream.range(0, synapses.count())
                .filter(i -> cells.isTestable(synapses.pre()[i], synapses.post()[i])).toArray();
        if (all.length == synapses.count()) {
            return new Wiring(cells, Connections.of(synapses), account);
        }
        int[] pre = new int[all.length];
        int[] post = new int[all.length];
        float[] size = new float[all.length];
        for (int k = 0; k < all.length; k++) {
            pre[k] = synapses.pre()[all[k]];
            post[k] = synapses.post()[all[k]];
            size[k] = synapses.size()[all[k]];
        }
        return new Wiring(cells, Connections.of(new Synapses(pre, post, size)),
                account.with(new Account.Step("from proofread axons onto cells that are counted, none onto itself",
                        "synapses", synapses.count(), all.length)));
    }

    /// Between some cells only, numbered anew.
    ///
    /// @param chosen numbers of cells, ascending
    /// @param what they are, for the account
    public Wiring select(int[] chosen, String what) {
        int[] number = new int[cells.size()];
        Arrays.fill(number, -1);
        for (int k = 0; k < chosen.length; k++) {
            number[chosen[k]] = k;
        }
        Synapses kept = connections.synapses().select(number);
        return new Wiring(cells.select(chosen), Connections.of(kept),
                account.with(new Account.Step(what, "cells", cells.size(), chosen.length))
                        .with(new Account.Step("between " + what, "synapses", connections.synapses().count(),
                                kept.count())));
    }

    /// As a graph.
    public DirectedGraph graph() {
        return connections.graph(cells.size());
    }

    /// How many ordered pairs could have been found connected.
    public long testable() {
        long axons = cells.which(i -> cells.axon()[i]).length;
        long dendrites = cells.which(i -> cells.dendrite()[i]).length;
        return axons * dendrites - cells.which(i -> cells.axon()[i] && cells.dendrite()[i]).length;
    }
}
