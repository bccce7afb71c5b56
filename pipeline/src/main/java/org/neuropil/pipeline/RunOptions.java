package org.neuropil.pipeline;

/// How a stage is run; nothing in here changes the bytes of its result.
///
/// @param runner where blocks are worked on; whoever opened it closes it
/// @param retry how often a failing block is tried
/// @param progress where to say how far it is
/// @param fresh true to throw away what an interrupted run has done
/// @param force true to replace a part that exists
public record RunOptions(Runner runner, Retry retry, Progress progress, boolean fresh, boolean force) {
    /// On threads of this process, with [Retry#DEFAULT].
    ///
    /// @param threads at least 1
    /// @throws IllegalArgumentException if there is no thread
    public RunOptions(int threads, Progress progress, boolean fresh, boolean force) {
        this(new ThreadRunner(threads), Retry.DEFAULT, progress, fresh, force);
    }

    /// All processors, silent, going on with interrupted work, replacing nothing.
    public static RunOptions defaults() {
        return new RunOptions(Runtime.getRuntime().availableProcessors(), Progress.NONE, false, false);
    }

    /// How many blocks are worked on at a time.
    public int threads() {
        return runner.parallelism();
    }

    /// These with [#force] set.
    public RunOptions forced() {
        return new RunOptions(runner, retry, progress, fresh, true);
    }

    /// These with another runner.
    public RunOptions withRunner(Runner other) {
        return new RunOptions(other, retry, progress, fresh, force);
    }

    /// These with another way of trying again.
    public RunOptions withRetry(Retry other) {
        return new RunOptions(runner, other, progress, fresh, force);
    }
}
