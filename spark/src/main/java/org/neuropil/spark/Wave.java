package org.neuropil.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.BlockResult;
import org.neuropil.pipeline.Runner;

import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/// Some blocks of a job, given to Spark at once: a job of Spark's with a partition for each of them.
final class Wave {
    private final int[] blocks;
    private final Runner.Listener listener;
    private final BitSet ended = new BitSet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final SimpleFutureAction<BoxedUnit> action;
    private boolean stopped;
    private @Nullable IOException broken;
    private volatile @Nullable Throwable failure;

    /// Gives the blocks to Spark.
    ///
    /// @param listener is told of each block as its result comes in
    Wave(JavaSparkContext context, BlockTask task, int[] blocks, Runner.Listener listener) {
        this.blocks = blocks.clone();
        this.listener = listener;
        List<Integer> numbers = Arrays.stream(blocks).boxed().toList();
        JavaRDD<Integer> rdd = context.parallelize(numbers, Math.max(1, blocks.length));
        Seq<Object> partitions = CollectionConverters
                .asScala(IntStream.range(0, blocks.length).<Object>mapToObj(i -> i).toList()).toSeq();
        this.action = context.sc().submitJob(rdd.rdd(), task, partitions, this::received, () -> BoxedUnit.UNIT);
        action.onComplete(result -> {
            if (result.isFailure()) {
                failure = result.failed().get();
            }
            over.countDown();
            return BoxedUnit.UNIT;
        }, ExecutionContext$.MODULE$.fromExecutor(Runnable::run));
    }

    /// Waits until all blocks have ended, or the listener wants no more, or Spark gives the wave up.
    ///
    /// @return why Spark gave it up; null if it did not
    /// @throws IOException if a result could not be read
    @Nullable
    Throwable await() throws InterruptedException, IOException {
        over.await();
        synchronized (this) {
            if (broken != null) {
                throw broken;
            }
            return failure;
        }
    }

    /// True if the listener wants no more blocks.
    synchronized boolean isStopped() {
        return stopped;
    }

    /// Abandons what is under way; the listener is told of nothing more.
    synchronized void cancel() {
        stopped = true;
        action.cancel();
    }

    /// The block at a place in the wave.
    int block(int place) {
        return blocks[place];
    }

    /// The blocks that have not ended.
    synchronized int[] left() {
        return IntStream.range(0, blocks.length).filter(place -> !ended.get(place)).map(place -> blocks[place])
                .toArray();
    }

    /// Tells the listener of a block, once.
    synchronized void end(int place, BlockResult result) {
        if (stopped || ended.get(place)) {
            return;
        }
        ended.set(place);
        if (!listener.ended(result)) {
            cancel();
        }
    }

    private synchronized BoxedUnit received(Object place, byte[] bytes) {
        try {
            end((Integer) place, BlockTask.result(bytes));
        } catch (IOException e) {
            broken = e;
            cancel();
        }
        return BoxedUnit.UNIT;
    }
}
