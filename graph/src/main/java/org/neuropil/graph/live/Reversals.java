package org.neuropil.graph.live;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Which edges an undo or redo changes (cave.md 2.10): those of the merge or split at the end of the chain of undoes and
/// redoes, as far as they are not yet as wanted.
final class Reversals {
    private Reversals() {}

    /// Looks operations up.
    @FunctionalInterface
    interface Log {
        /// @throws EditRefusedException if there is no such operation
        Operation read(long id) throws IOException;
    }

    /// A merge or split, and whether it is to be made or taken back.
    record Effect(Operation base, boolean forward) {}

    /// What an operation did in the end: the undo of an undo makes the base again.
    static Effect effect(Log log, long id) throws IOException {
        Operation operation = log.read(id);
        boolean forward = true;
        while (operation.kind() == Kind.UNDO || operation.kind() == Kind.REDO) {
            forward ^= operation.kind() == Kind.UNDO;
            operation = log.read(operation.target().orElseThrow());
        }
        return new Effect(operation, forward);
    }

    /// What to change.
    ///
    /// @param edges to add and to remove
    /// @param supervoxels whose objects that depends on
    record Reversal(EdgeEdit edges, LongOpenHashSet supervoxels) {}

    /// The edges to change. Those of a supervoxel that has been cut since are its parts' now:
    ///
    /// - To take a join back, all edges between the parts are removed.
    /// - To join again, of the objects that the parts lie in now one is chosen, that with the largest area in common with
    ///   what is to be joined: to join all would undo the cut, too, which nobody asked for. What was cut together goes
    ///   together.
    ///
    /// @param wanted what is to be the case afterwards
    static Reversal edges(Snapshot snapshot, Effect wanted) throws IOException {
        List<Pair> on = wanted.forward() ? wanted.base().added() : wanted.base().removed();
        List<Pair> off = wanted.forward() ? wanted.base().removed() : wanted.base().added();
        PartEdges parts = new PartEdges(snapshot);
        Set<Pair> add = new LinkedHashSet<>();
        for (Pair pair : parts.chosen(on)) {
            if (!snapshot.isActive(pair)) {
                add.add(pair);
            }
        }
        Set<Pair> remove = new LinkedHashSet<>();
        for (Pair pair : parts.all(off)) {
            if (snapshot.isActive(pair)) {
                remove.add(pair);
            }
        }
        return new Reversal(new EdgeEdit(List.copyOf(add), List.copyOf(remove), List.of()), parts.seen());
    }

    /// @throws EditRefusedException always
    static Operation unknown(long id) {
        throw new EditRefusedException(Reason.INVALID, "There is no operation " + Long.toUnsignedString(id) + ".");
    }
}
