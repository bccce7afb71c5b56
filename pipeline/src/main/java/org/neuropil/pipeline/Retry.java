package org.neuropil.pipeline;

import java.io.IOException;
import java.io.Serializable;

/// How often a block that fails is tried, and how long is waited before it is tried again. Disks, networks and object
/// stores fail now and then; a block is a pure function, so trying it again is safe.
///
/// @param attempts in all, at least 1
/// @param pause before another attempt
public record Retry(int attempts, Pause pause) implements Serializable {
    /// Three attempts; a quarter of a second before the second, a second before the third.
    public static final Retry DEFAULT = new Retry(3, failed -> Thread.sleep(250L << 2 * (failed - 1)));

    /// @throws IllegalArgumentException if there is no attempt
    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException(attempts + " attempts");
        }
    }

    /// Waits before another attempt.
    @FunctionalInterface
    public interface Pause extends Serializable {
        /// Waits.
        ///
        /// @param failed how many attempts have failed, from 1 on
        void after(int failed) throws InterruptedException;
    }

    /// Does a block, trying it again if it fails. What a user must mend, a lack of memory, a full disk and errors of the
    /// program ([Failures#isFinal]) are not tried again.
    ///
    /// @return how it ended, whatever was thrown
    /// @throws InterruptedException if the thread was interrupted while the block was worked on; the block is then
    ///         neither done nor failed
    public BlockResult run(BlockJob job, int block) throws InterruptedException {
        for (int attempt = 1;; attempt++) {
            try {
                job.run(block);
                return new BlockResult(block, attempt, null);
            } catch (IOException | RuntimeException | Error e) {
                // An interrupted thread's files are closed under it: that is no failure of the block.
                if (Thread.currentThread().isInterrupted() || Failures.isInterruption(e)) {
                    throw new InterruptedException(job.name() + " at block " + block);
                }
                if (attempt == attempts || Failures.isFinal(e)) {
                    return new BlockResult(block, attempt, e);
                }
            }
            pause.after(attempt);
        }
    }
}
