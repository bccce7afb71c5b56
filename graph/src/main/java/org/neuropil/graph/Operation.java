package org.neuropil.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An edit as the log keeps it.
///
/// @param id its number, from 1, in the order in which edits took effect
/// @param kind what was asked for
/// @param user who asked
/// @param time when it took effect, whole milliseconds; later than that of every operation before it
/// @param sources points as given (of a merge: one); empty for undo and redo
/// @param sinks points as given (of a merge: one); empty for undo and redo
/// @param sourceSupervoxels supervoxel of each source
/// @param sinkSupervoxels supervoxel of each sink
/// @param before roots that it replaced, ascending
/// @param after roots that it made, ascending
/// @param added edges that it made active, each once
/// @param removed edges that it made inactive, each once; where it cut supervoxels, with those of their parts that stand for
///        active ones, or lie between parts
/// @param made edges among `added` that were in no list before: they join supervoxels that do not touch
/// @param target the operation that an undo or redo is of, as the user named it
/// @param supervoxelSplits supervoxels that it cut
public record Operation(long id, Kind kind, String user, Instant time, List<EditPoint> sources, List<EditPoint> sinks,
        long[] sourceSupervoxels, long[] sinkSupervoxels, long[] before, long[] after, List<Pair> added,
        List<Pair> removed, List<Pair> made, Optional<Long> target, List<SupervoxelSplit> supervoxelSplits) {
    /// Kinds of edits.
    public enum Kind {
        /// Two objects became one.
        MERGE,
        /// An object was cut.
        SPLIT,
        /// The opposite of an earlier operation.
        UNDO,
        /// An earlier operation again.
        REDO
    }

    /// Two supervoxels that an edge joins; the smaller (unsigned) first.
    public record Pair(long a, long b) {
        /// The pair of two ids in either order.
        public static Pair of(long a, long b) {
            return Long.compareUnsigned(a, b) <= 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }

    /// A supervoxel that was cut in parts, each with an id of its own.
    ///
    /// @param whole the id until then
    /// @param parts the ids since, ascending
    public record SupervoxelSplit(long whole, long[] parts) {}
}
