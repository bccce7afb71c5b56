package org.neuropil.graph.trial;

import java.time.Instant;

import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.EditResult;

/// What somebody asked and was told. Times are of one clock, nanoseconds: when it was sent, and when it was answered.
sealed interface Event {
    /// Who, from 0.
    int client();

    /// Before the request left.
    long sent();

    /// After the answer came.
    long answered();

    /// An edit.
    record Edit(int client, long sent, long answered, Ask ask, Outcome outcome) implements Event {}

    /// Roots of supervoxels at present.
    ///
    /// @param places of the supervoxels
    record Roots(int client, long sent, long answered, int[] places, long[] roots) implements Event {}

    /// Whether roots are part of the present state.
    record Latest(int client, long sent, long answered, long[] roots, boolean[] latest) implements Event {}

    /// Roots of supervoxels at a moment that was not in the future.
    ///
    /// @param places of the supervoxels
    record Past(int client, long sent, long answered, Instant at, int[] places, long[] roots) implements Event {}

    /// What came of an edit.
    sealed interface Outcome {
        /// What a result says.
        static Outcome of(EditResult result) {
            return result.operation().isEmpty()
                    ? new Nothing()
                    : new Made(result.operation().get(), result.oldRoots(), result.newRoots());
        }
    }

    /// An operation.
    ///
    /// @param before roots that it replaced; empty if that was not told
    record Made(long operation, long[] before, long[] after) implements Outcome {}

    /// There was nothing to do.
    record Nothing() implements Outcome {}

    /// It was refused.
    record Refused(Reason reason, String message) implements Outcome {}

    /// No answer came: it may have been made or not.
    record Unknown(String why) implements Outcome {}
}
