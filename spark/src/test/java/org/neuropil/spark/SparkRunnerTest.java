package org.neuropil.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.BlockResult;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.Retry;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.RunStoppedException;
import org.neuropil.pipeline.Runner;
import org.neuropil.pipeline.Runners;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

class SparkRunnerTest {
    private static final Retry AT_ONCE = new Retry(3, failed -> {});
    /// Blocks that were run in this process, where Spark runs them here; jobs travel and have no other memory.
    private static final List<Integer> RAN = Collections.synchronizedList(new ArrayList<>());
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static CountDownLatch begun = new CountDownLatch(2);

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void forget() {
        RAN.clear();
        begun = new CountDownLatch(2);
    }

    @Test
    void doesEachBlockOnceOverManyWaves() throws IOException {
        List<Integer> told = tell(job(100, SparkRunnerTest::ran), _ -> true);
        assertThat(new TreeSet<>(told)).hasSize(100);
        assertThat(told).hasSize(100);
        assertThat(RAN).hasSize(100);
    }

    @Test
    void beginsWithTheFirstBlocksThatItIsGiven() throws IOException {
        List<Integer> told = new ArrayList<>();
        LocalSpark.runner().run(job(100, SparkRunnerTest::ran), IntStream.of(99, 5, 7).iterator(), AT_ONCE, result -> {
            told.add(result.block());
            return true;
        });
        assertThat(RAN).containsExactlyInAnyOrder(5, 7, 99);
        assertThat(told).containsExactlyInAnyOrder(5, 7, 99);
    }

    @Test
    void nothingToDoIsDone() throws IOException {
        assertThat(tell(job(0, SparkRunnerTest::ran), _ -> true)).isEmpty();
    }

    @Test
    void aPoisonedBlockIsReportedAndTheRestFinish() throws IOException {
        BlockJob job = job(60, block -> {
            RAN.add(block);
            if (block == 33) {
                throw new IllegalStateException("chunk " + block + " is torn");
            }
        });
        assertThatThrownBy(() -> work(job)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "1 of 60 blocks of 'work' failed; first: block 33: chunk 33 is torn (3 attempts)");
        assertThat(RAN.stream().filter(block -> block == 33)).hasSize(3);
        assertThat(Set.copyOf(RAN)).hasSize(60);
        RAN.clear();
        work(job(60, SparkRunnerTest::ran));
        assertThat(RAN).containsExactly(33);
    }

    @Test
    void whatAUserMustMendArrivesAsItIs() {
        assertThatThrownBy(() -> work(job(60, block -> {
            throw new InputException("is no image", block + ".png", "mend it");
        }))).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).endsWith(".png: is no image; mend it"));
    }

    @Test
    void tooLittleMemoryIsToldWithWhatHelpsOnSpark() {
        assertThatThrownBy(() -> work(job(4, block -> {
            throw new OutOfMemoryError("Java heap space");
        }))).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("not enough memory", "--executor-memory")
                        .doesNotContain("--memory,"));
    }

    @Test
    void aBlockThatSparkItselfGivesUpHasFailedAndTheOthersAreDone() throws IOException {
        // Its task ends without a result, as it does when the executor dies under it.
        assertThatThrownBy(() -> work(job(60, block -> {
            RAN.add(block);
            if (block == 12) {
                Thread.currentThread().interrupt();
                throw new IOException("cut off");
            }
        }))).isInstanceOf(IOException.class).hasMessageStartingWith("1 of 60 blocks of 'work' failed; first: block 12: "
                + "its executors died, or could not send what it gave: Job aborted");
        assertThat(Set.copyOf(RAN)).hasSize(60);
    }

    @Test
    void aJobThatCannotTravelIsTold() {
        Object fixed = new Object();
        assertThatThrownBy(() -> work(job(3, _ -> assertThat(fixed).isNotNull()))).isInstanceOf(Exception.class)
                .hasMessageContaining("not serializable");
    }

    @Test
    void noMoreIsToldOnceTheListenerHasEnough() throws IOException {
        List<Integer> told = tell(job(1000, SparkRunnerTest::ran), _ -> false);
        assertThat(told).hasSize(1);
        assertThat(RAN).hasSizeLessThan(1000);
    }

    @Test
    void anInterruptedRunStopsAndAbandonsItsBlocks() throws Exception {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                tell(job(1000, _ -> {
                    begun.countDown();
                    NEVER.await();
                }), _ -> true);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(RunStoppedException.class);
        // Its two threads are free again.
        assertThat(tell(job(4, SparkRunnerTest::ran), _ -> true)).hasSize(4);
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(Runners.find("spark")).isInstanceOf(SparkProvider.class);
        assertThat(Runners.names()).containsExactly("spark", "threads");
    }

    @Test
    void submittingAddsTheRunnerBehindTheVerb() {
        assertThat(Submit.withRunner(List.of("segment", "d", "--quiet"))).containsExactly("segment", "--runner",
                "spark",
                "d", "--quiet");
        assertThat(Submit.withRunner(List.of("mesh", "--runner=threads"))).containsExactly("mesh", "--runner=threads");
        assertThat(Submit.withRunner(List.of("--help"))).containsExactly("--help");
        assertThat(Submit.withRunner(List.of())).isEmpty();
    }

    /// What a block does; may throw anything.
    @FunctionalInterface
    private interface Deed extends java.io.Serializable {
        void run(int block) throws Exception;
    }

    /// Not a method of the list itself, which would travel with it.
    private static void ran(int block) {
        RAN.add(block);
    }

    private static BlockJob job(int blocks, Deed deed) {
        return BlockJob.of("work", blocks, block -> "block " + block, block -> {
            try {
                deed.run(block);
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private static List<Integer> tell(BlockJob job, Runner.Listener listener) throws IOException {
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        LocalSpark.runner().run(job, IntStream.range(0, job.blocks()).iterator(), AT_ONCE, (BlockResult result) -> {
            told.add(result.block());
            return listener.ended(result);
        });
        return told;
    }

    private void work(BlockJob job) throws IOException {
        Recipe recipe = new Recipe("work", "test", 0, Map.of(), List.of());
        try (WorkRun run = WorkRun.open(folder.resolve("work"), recipe,
                new RunOptions(LocalSpark.runner(), AT_ONCE, Progress.NONE, false, false))) {
            run.run(job);
        }
        assertThat(Files.exists(folder.resolve("work/failed.json"))).isFalse();
    }
}
