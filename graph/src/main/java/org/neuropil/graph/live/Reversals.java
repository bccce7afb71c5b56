package org.neuropil.graph.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;

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

    /// The edges to change.
    ///
    /// @param wanted what is to be the case afterwards
    static EdgeEdit edges(Snapshot snapshot, Effect wanted) throws IOException {
        List<Pair> on = wanted.forward() ? wanted.base().added() : wanted.base().removed();
        List<Pair> off = wanted.forward() ? wanted.base().removed() : wanted.base().added();
        return new EdgeEdit(inState(snapshot, on, false), inState(snapshot, off, true), List.of());
    }

    private static List<Pair> inState(Snapshot snapshot, List<Pair> edges, boolean active) throws IOException {
        List<Pair> list = new ArrayList<>();
        for (Pair edge : edges) {
            // Edges of a supervoxel that has been cut since are its parts' now.
            boolean there = snapshot.isLatest(edge.a()) && snapshot.isLatest(edge.b());
            if (there && snapshot.isActive(edge) == active) {
                list.add(edge);
            }
        }
        return list;
    }

    /// @throws EditRefusedException always
    static Operation unknown(long id) {
        throw new EditRefusedException(Reason.INVALID, "There is no operation " + Long.toUnsignedString(id) + ".");
    }
}
