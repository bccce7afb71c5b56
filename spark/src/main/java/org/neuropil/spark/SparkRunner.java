package org.neuropil.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.spark.api.java.JavaSparkContext;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.BlockResult;
import org.neuropil.pipeline.Retry;
import org.neuropil.pipeline.RunStoppedException;
import org.neuropil.pipeline.Runner;

/// Works on blocks with the executors of a Spark cluster, one task a block.
///
/// Blocks are given to Spark in waves, so that millions of them do not lie in its memory, two at a time, so that the
/// last blocks of one do not leave executors idle. When an executor dies, Spark gives its blocks to another; they are
/// pure functions that write atomically, so the bytes are the same. A block whose executors die again and again has
/// failed, and the others of its wave are given out anew.
final class SparkRunner implements Runner {
    /// Blocks of a wave, unless the cluster has more cores.
    static final int WAVE = 2048;

    private static final int WAVES_AT_A_TIME = 2;
    /// How Spark tells of a task that it has given up; the number is the block's place in the wave.
    private static final Pattern GIVEN_UP = Pattern.compile("Task (\\d+) in stage \\S+ failed (\\d+) times");

    private final JavaSparkContext context;
    private final int waveSize;

    /// @param context is stopped when this is closed
    /// @param waveSize blocks given to Spark at once
    SparkRunner(JavaSparkContext context, int waveSize) {
        this.context = context;
        this.waveSize = waveSize;
    }

    @Override
    public String name() {
        return SparkProvider.NAME;
    }

    @Override
    public int parallelism() {
        return context.defaultParallelism();
    }

    @Override
    public boolean losesWorkers() {
        return true;
    }

    @Override
    public String memoryHint() {
        return "give executors more with --executor-memory (--driver-memory where Spark runs in one process), or fewer "
                + "--executor-cores";
    }

    @Override
    public void close() {
        context.close();
    }

    /// {@inheritDoc}
    ///
    /// When the calling thread is interrupted, or the listener wants no more blocks, those that are under way are
    /// abandoned.
    @Override
    public void run(BlockJob job, PrimitiveIterator.OfInt blocks, Retry retry, Listener listener) throws IOException {
        context.setJobGroup(job.name(), job.name(), true);
        BlockTask task = new BlockTask(job, retry);
        Listener told = untilEnough(listener);
        Deque<Wave> waves = new ArrayDeque<>();
        try {
            while (true) {
                while (waves.size() < WAVES_AT_A_TIME && blocks.hasNext()) {
                    waves.add(new Wave(context, task, next(blocks), told));
                }
                if (waves.isEmpty()) {
                    return;
                }
                Wave first = waves.getFirst();
                Throwable failure = first.await();
                if (failure != null && !first.isStopped()) {
                    blame(job, first, failure);
                }
                if (waves.stream().anyMatch(Wave::isStopped)) {
                    return;
                }
                waves.removeFirst();
                if (failure != null && first.left().length > 0) {
                    waves.addFirst(new Wave(context, task, first.left(), told));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStoppedException("'" + job.name() + "' was interrupted");
        } finally {
            waves.forEach(Wave::cancel);
            context.clearJobGroup();
        }
    }

    /// Waves have results at the same time, and one does not know that another's was the last that is wanted.
    private static Listener untilEnough(Listener listener) {
        return new Listener() {
            private boolean enough;

            @Override
            public synchronized boolean ended(BlockResult result) {
                enough = enough || !listener.ended(result);
                return !enough;
            }
        };
    }

    private int[] next(PrimitiveIterator.OfInt blocks) {
        int most = Math.max(waveSize, 2 * parallelism());
        List<Integer> wave = new ArrayList<>();
        while (wave.size() < most && blocks.hasNext()) {
            wave.add(blocks.nextInt());
        }
        return wave.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Ends the block for which Spark has given a wave up.
    private void blame(BlockJob job, Wave wave, Throwable failure) throws IOException {
        if (context.sc().isStopped()) {
            throw new RunStoppedException("'" + job.name() + "' was stopped with Spark", failure);
        }
        Matcher blamed = GIVEN_UP.matcher(String.valueOf(failure.getMessage()));
        if (!blamed.find()) {
            throw new IOException("Spark gave '" + job.name() + "' up: " + firstLine(failure), failure);
        }
        int place = Integer.parseInt(blamed.group(1));
        wave.end(place, new BlockResult(wave.block(place), Integer.parseInt(blamed.group(2)),
                new IOException("its executors died, or could not send what it gave: " + firstLine(failure))));
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
