package org.neuropil.coregister.fit;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntFunction;

import org.neuropil.pipeline.Progress;
import org.neuropil.volume.kernel.Parallel;

/// How work is done: on how many threads, and where it says how far it is. No result depends on it.
///
/// @param threads at least 1
/// @param progress is told of each piece that is done
public record Work(int threads, Progress progress) {
    /// In the caller's thread, in silence.
    public static final Work ALONE = new Work(1, Progress.NONE);

    /// @throws IllegalArgumentException if there is no thread
    public Work {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads");
        }
    }

    /// The same on fewer threads, if each of them needs much memory.
    ///
    /// @param bytes that a thread needs at a time
    Work within(long bytes) {
        long most = Runtime.getRuntime().maxMemory() / Math.max(1, bytes);
        return new Work((int) Math.max(1, Math.min(threads, most)), progress);
    }

    /// Does pieces 0 to `count` - 1, in any order.
    ///
    /// @param name of the task, in the user's words
    /// @return the result of each, in their order
    /// @throws RuntimeException what a piece has thrown; no further ones are begun then
    public <T> List<T> map(String name, int count, IntFunction<T> piece) {
        ConcurrentSkipListMap<Integer, T> results = new ConcurrentSkipListMap<>();
        try (Progress.Task task = progress.begin(name, count, 0)) {
            Parallel.run(threads, count, i -> {
                results.put(i, piece.apply(i));
                task.step();
            });
        }
        return List.copyOf(results.values());
    }
}
