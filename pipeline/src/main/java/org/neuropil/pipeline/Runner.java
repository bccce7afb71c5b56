package org.neuropil.pipeline;

import java.util.PrimitiveIterator;

/// Where and how many at a time the blocks of a job are worked on. It knows nothing of ledgers, stages or progress: it is
/// given blocks and tells how each of them ended. The result of a job does not depend on it.
///
/// [ThreadRunner] works in this process; others are found by [Runners].
public interface Runner extends AutoCloseable {
    /// Its name, as `--runner` and the provenance have it.
    String name();

    /// How many blocks are worked on at a time, at most; at least 1.
    int parallelism();

    /// True if workers may die under a run that goes on, and leave temporary files behind.
    boolean losesWorkers();

    /// What to do where a block has too little memory, in the user's words.
    default String memoryHint() {
        return "give more with --memory, or use fewer --threads";
    }

    /// Works on blocks until there are no more, or until it is told to stop. A block may be worked on twice, but is told
    /// of once. When this returns, no more is told; what was under way when it was told to stop may have been abandoned.
    ///
    /// @param job a job whose [BlockJob#run] may be called by any thread, or in another process on a copy
    /// @param blocks numbers of the blocks, in the order in which to begin them; asked by one thread at a time
    /// @param retry how often a block is tried
    /// @param listener is told how each block ended
    /// @throws RunStoppedException if the run was stopped from outside; blocks that were then under way may or may not
    ///         have been told of
    /// @throws java.io.IOException if the runner itself cannot work any longer
    void run(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener) throws java.io.IOException;

    /// Lets go of what it holds. It is not used any more.
    @Override
    void close();

    /// Is told of blocks, by one or by several threads.
    @FunctionalInterface
    interface Listener {
        /// A block is done or has failed for good.
        ///
        /// @return false if no further block is to be begun
        boolean ended(BlockResult result);
    }
}
