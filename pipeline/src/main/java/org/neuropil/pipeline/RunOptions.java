package org.neuropil.pipeline;

/// How a stage is run; nothing in here changes the bytes of its result.
///
/// @param threads at least 1
/// @param progress where to say how far it is
/// @param fresh true to throw away what an interrupted run has done
/// @param force true to replace a part that exists
public record RunOptions(int threads, Progress progress, boolean fresh, boolean force) {
    /// @throws IllegalArgumentException if there is no thread
    public RunOptions {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }

    /// All processors, silent, going on with interrupted work, replacing nothing.
    public static RunOptions defaults() {
        return new RunOptions(Runtime.getRuntime().availableProcessors(), Progress.NONE, false, false);
    }

    /// These with [#force] set.
    public RunOptions forced() {
        return new RunOptions(threads, progress, fresh, true);
    }
}
