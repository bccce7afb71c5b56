package org.neuropil.graph.live;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.Operation.Pair;
import org.neuropil.graph.Operation.SupervoxelSplit;
import org.neuropil.graph.SplitRequest;

/// Works out what each kind of edit does to a state, which roots it depends on, and what the log says of it.
///
/// @param lookup where supervoxels lie
record Drafts(PointLookup lookup) {

    /// What the log says of an edit, apart from what follows from its draft.
    private record About(Kind kind, String user, List<EditPoint> sources, List<EditPoint> sinks,
            Optional<Long> target) {
        private Operation operation(long id, Instant time, long[] sourceSupervoxels, long[] sinkSupervoxels,
                Draft draft, Draft.Numbered nodes, List<SupervoxelSplit> splits) {
            // Edges of parts of a supervoxel that was cut are no edges that somebody made.
            List<Pair> made = kind == Kind.MERGE
                    ? nodes.pairs(draft.made.stream().map(edge -> Pair.of(edge.own(), edge.far())).toList())
                    : List.of();
            return new Operation(id, kind, user, time, sources, sinks, sourceSupervoxels, sinkSupervoxels,
                    draft.before.toLongArray(), nodes.after(), nodes.pairs(draft.added), nodes.pairs(draft.removed),
                    made, target, splits);
        }
    }

    Edits.Drafting merge(MergeRequest request) {
        About about = new About(Kind.MERGE, request.user(), List.of(request.source()), List.of(request.sink()),
                Optional.empty());
        return now -> {
            long[] ends = lookup.find(now, List.of(request.source(), request.sink()));
            Draft draft = draft(now, Merges.edges(now, request, ends[0], ends[1]));
            draft.guards.add(now.root(ends[0]));
            draft.guards.add(now.root(ends[1]));
            return new Edits.Drafted(draft, List.of(), (id, time, nodes) -> about.operation(id, time,
                    new long[]{ends[0]}, new long[]{ends[1]}, draft, nodes, List.of()));
        };
    }

    Edits.Drafting split(SplitRequest request) {
        About about = new About(Kind.SPLIT, request.user(), request.sources(), request.sinks(), Optional.empty());
        return now -> {
            long[] sources = lookup.find(now, request.sources());
            long[] sinks = lookup.find(now, request.sinks());
            Draft draft = new Draft(now.ids());
            Splits.Parting parting = Splits.edges(now, lookup.volume(now), draft, request, sources, sinks);
            Map<Long, long[]> parts = parting.cutting().parts();
            Hierarchy.rebuild(now, draft, Level2Change.of(now, draft, parting.edges(), parts));
            if (draft.isEmpty()) {
                throw new EditRefusedException(Reason.CONFLICT,
                        "These edges are not all that holds the object together here. Place points on either side.");
            }
            draft.removed.addAll(parting.parted());
            draft.guards.add(now.root(sources[0]));
            // If a neighbour is cut meanwhile, too, an edge between them would be lost.
            for (long supervoxel : parting.cutting().touched()) {
                draft.guards.add(now.root(supervoxel));
            }
            return new Edits.Drafted(draft, parting.cutting().patches(), (id, time, nodes) -> {
                List<SupervoxelSplit> splits = parts.entrySet().stream()
                        .map(entry -> new SupervoxelSplit(entry.getKey(), nodes.ids(entry.getValue()))).toList();
                return about.operation(id, time, nodes.ids(parting.cutting().sources()),
                        nodes.ids(parting.cutting().sinks()), draft, nodes, splits);
            });
        };
    }

    /// @param kind undo or redo
    /// @param operation to be reversed or done again
    /// @param log where operations are found
    Edits.Drafting reverse(Kind kind, String user, long operation, Reversals.Log log) {
        About about = new About(kind, user, List.of(), List.of(), Optional.of(operation));
        return now -> {
            Reversals.Effect effect = Reversals.effect(log, operation);
            Reversals.Effect wanted = new Reversals.Effect(effect.base(), effect.forward() == (kind == Kind.REDO));
            Reversals.Reversal reversal = Reversals.edges(now, wanted);
            Draft draft = draft(now, reversal.edges());
            for (long supervoxel : reversal.supervoxels()) {
                draft.guards.add(now.root(supervoxel));
            }
            return new Edits.Drafted(draft, List.of(), (id, time, nodes) -> about.operation(id, time, new long[0],
                    new long[0], draft, nodes, List.of()));
        };
    }

    private static Draft draft(Snapshot now, EdgeEdit edges) throws IOException {
        Draft draft = new Draft(now.ids());
        Hierarchy.rebuild(now, draft, Level2Change.of(now, draft, edges, Map.of()));
        return draft;
    }
}
