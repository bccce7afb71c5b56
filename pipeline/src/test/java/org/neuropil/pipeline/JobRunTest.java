package org.neuropil.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

class JobRunTest {
    private static final Retry AT_ONCE = new Retry(3, failed -> {});

    @TempDir
    Path folder = Path.of("");
    /// Attempts at each block, of all runs together.
    private final Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());

    @BeforeTry
    void forget() {
        attempts.clear();
        order.clear();
    }

    @Test
    void aBlockThatFailsOnceIsTriedAgainAndNobodyHearsOfIt() throws IOException {
        run(job(10, (block, attempt) -> {
            if (block == 4 && attempt < 3) {
                throw new UncheckedIOException(new IOException("the network is down"));
            }
        }), 2);
        assertThat(done(10)).hasSize(10);
        assertThat(attempts.get(4)).hasValue(3);
        assertThat(attempts.get(5)).hasValue(1);
        assertThat(folder.resolve("failed.json")).doesNotExist();
    }

    @Test
    void aPoisonedBlockIsReportedAndTheRestFinish() throws IOException {
        assertThatThrownBy(() -> run(failing(2000, block -> block == 17 || block == 1300), 1))
                .isInstanceOf(IOException.class).hasCauseInstanceOf(IOException.class)
                .hasMessageStartingWith("2 of 2,000 blocks of 'work' failed; first: block 17: chunk 17 is torn "
                        + "(3 attempts); block 1300: chunk 1300 is torn (3 attempts); see ")
                .hasMessageContaining(folder.resolve("failed.json").toString());
        assertThat(done(2000)).hasSize(1998).doesNotContain(17, 1300);
        assertThat(attempts.get(17)).hasValue(3);
        FailedBlocks listed = Json.read(folder.resolve("failed.json"), FailedBlocks.class);
        assertThat(listed).isEqualTo(new FailedBlocks("work", 2000, 2,
                List.of(new FailedBlocks.Entry(17, "block 17", "chunk 17 is torn", 3),
                        new FailedBlocks.Entry(1300, "block 1300", "chunk 1300 is torn", 3))));
    }

    @Test
    void theNextRunTriesOnlyTheFailedOnesAndForgetsThem() throws IOException {
        assertThatThrownBy(() -> run(failing(50, block -> block % 10 == 3), 2)).isInstanceOf(IOException.class);
        forget();
        run(job(50, (_, _) -> {}), 2);
        assertThat(new TreeSet<>(order)).containsExactly(3, 13, 23, 33, 43);
        assertThat(done(50)).hasSize(50);
        assertThat(folder.resolve("failed.json")).doesNotExist();
    }

    @Test
    void blocksThatFailedEarlierAreTriedLast() throws IOException {
        // The first run does 0 and fails at 1 and 2; what it leaves is as if it had then been killed.
        assertThatThrownBy(() -> run(failing(3, block -> block > 0), 1)).isInstanceOf(IOException.class);
        forget();
        run(job(6, (_, _) -> {}), 1);
        assertThat(order).containsExactly(3, 4, 5, 1, 2);
    }

    @Test
    void aListOfFailuresThatCannotBeReadCostsOnlyTheOrder() throws IOException {
        for (String text : List.of("{", "[]",
                "{\"job\": \"work\", \"first\": [null, {\"block\": -1}, {\"block\": 99}]}",
                "{\"job\": \"work\"}", "{\"job\": \"work\", \"first\": 7}")) {
            Files.writeString(folder.resolve("failed.json"), text);
            Files.deleteIfExists(folder.resolve("ledger"));
            forget();
            run(job(4, (_, _) -> {}), 1);
            assertThat(order).as(text).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    void whenNothingWorksItStopsEarly() {
        assertThatThrownBy(() -> run(failing(100_000, _ -> true), 1)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("16 of 100,000 blocks of 'work' failed and none could be done, so that no "
                        + "further one was begun; first: block 0: chunk 0 is torn");
        assertThat(attempts).hasSize(JobRun.HOPELESS);
    }

    @Test
    void aRunThatDidNothingGetsOnNextTimeBehindTheBlocksThatFailed() throws IOException {
        IntPredicate poisoned = block -> block < 20;
        assertThatThrownBy(() -> run(failing(30, poisoned), 1)).hasMessageContaining("none could be done");
        assertThatThrownBy(() -> run(failing(30, poisoned), 1)).hasMessageContaining("20 of 30");
        assertThat(done(30)).hasSize(10);
    }

    @Test
    void whenAllFailsFromSomeBlockOnItStopsToo() throws IOException {
        assertThatThrownBy(() -> run(failing(100_000, block -> block >= 40), 1)).isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "256 of 100,000 blocks of 'work' failed with no other done in between, so that");
        assertThat(done(100_000)).hasSize(40);
        assertThat(attempts).hasSize(40 + JobRun.HOPELESS_IN_A_ROW);
    }

    @Test
    void aFullDiskStopsTheRunAtOnceAndIsNotTriedAgain() {
        assertThatThrownBy(() -> run(job(100, (block, _) -> {
            if (block == 7) {
                throw new IOException("cannot write", new IOException("No space left on device"));
            }
        }), 1)).isInstanceOf(IOException.class).hasMessage("work failed at block 7: cannot write");
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void whatAUserMustMendStopsTheRunAtOnceAndIsNotTriedAgain() throws IOException {
        InputException torn = new InputException("is no image", "007.png", "");
        assertThatThrownBy(() -> run(job(100, (block, _) -> {
            if (block == 7) {
                throw torn;
            }
        }), 1)).isSameAs(torn);
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(done(100)).hasSize(7);
    }

    @Test
    void tooLittleMemoryIsToldAndNotTriedAgain() {
        assertThatThrownBy(() -> run(job(100, (block, _) -> {
            if (block == 2) {
                throw new OutOfMemoryError("Java heap space");
            }
        }), 1)).isInstanceOfSatisfying(InputException.class, e -> {
            assertThat(e.where()).isEqualTo("block 2");
            assertThat(e.hint()).contains("--memory");
        });
        assertThat(order).containsExactly(0, 1, 2);
    }

    @Test
    void anErrorOfTheProgramIsThrownAsItIs() {
        assertThatThrownBy(() -> run(job(100, (block, _) -> {
            throw new AssertionError("block " + block);
        }), 1)).isInstanceOf(AssertionError.class).hasMessage("block 0");
    }

    @Test
    void anInterruptedRunEndsItsBlocksInFlightAndBeginsNoMore() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>(false);
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                run(job(1_000_000, (_, _) -> {
                    begun.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }), 2);
            } catch (IOException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        begun.await();
        caller.interrupt();
        // The interrupt is taken before the blocks may end, so that hardly any other can have begun.
        while (caller.isInterrupted()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(RunStoppedException.class);
        assertThat(flag.get()).isTrue();
        assertThat(order).hasSizeBetween(2, 500_000);
        assertThat(done(1_000_000)).isEqualTo(new TreeSet<>(order));
    }

    @Test
    void progressHearsOfEveryBlock() {
        AtomicInteger steps = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        List<String> begun = new ArrayList<>();
        Progress progress = (name, total, before) -> {
            begun.add(name + " " + total + " " + before);
            return new Progress.Task() {
                @Override
                public void step() {
                    steps.incrementAndGet();
                }

                @Override
                public void fail() {
                    failures.incrementAndGet();
                }

                @Override
                public void close() {
                    begun.add("closed");
                }
            };
        };
        RunOptions options = new RunOptions(new ThreadRunner(2), AT_ONCE, progress, false, false);
        assertThatThrownBy(() -> run(failing(30, block -> block == 9), options)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> run(failing(30, block -> block == 9), options)).isInstanceOf(IOException.class);
        assertThat(begun).containsExactly("work 30 0", "closed", "work 30 29", "closed");
        assertThat(steps).hasValue(29);
        assertThat(failures).hasValue(2);
    }

    /// Block `b` fails as often as the list says; a run gives three attempts. The model: what fails at most twice is done
    /// in the first run, each further run has three attempts more.
    @Property(tries = 200)
    void whateverFailsHoweverOftenTheLedgerHoldsWhatWasDone(
            @ForAll @Size(min = 1, max = 15) List<@IntRange(max = 10) Integer> failures,
            @ForAll @IntRange(min = 1, max = 4) int threads) throws IOException {
        Path work = Files.createTempDirectory("jobs");
        try {
            BlockJob job = job(failures.size(), (block, attempt) -> {
                if (attempt <= failures.get(block)) {
                    throw new IOException("attempt " + attempt);
                }
            });
            int needed = 1 + Collections.max(failures) / 3;
            for (int run = 1; run <= needed; run++) {
                Set<Integer> expected = new TreeSet<>();
                Map<Integer, Integer> tried = new TreeMap<>();
                for (int block = 0; block < failures.size(); block++) {
                    if (failures.get(block) < 3 * run) {
                        expected.add(block);
                    }
                    tried.put(block, Math.min(failures.get(block) + 1, 3 * run));
                }
                boolean failed = false;
                try {
                    runIn(work, job, new RunOptions(new ThreadRunner(threads), AT_ONCE, Progress.NONE, false, false));
                } catch (IOException e) {
                    failed = true;
                    assertThat(e).hasMessageStartingWith(failures.size() - expected.size() + " of ");
                }
                assertThat(failed).isEqualTo(expected.size() < failures.size());
                assertThat(doneIn(work, failures.size())).isEqualTo(expected);
                Map<Integer, Integer> made = new TreeMap<>();
                attempts.forEach((block, count) -> made.put(block, count.get()));
                assertThat(made).isEqualTo(tried);
            }
            assertThat(work.resolve("failed.json")).doesNotExist();
        } finally {
            StageRun.deleteTree(work);
        }
    }

    @Test
    void aPauseComesBeforeEachFurtherAttempt() throws InterruptedException {
        List<Integer> pauses = PAUSES;
        pauses.clear();
        Retry retry = new Retry(4, PAUSES::add);
        BlockResult result = retry.run(failing(1, _ -> true), 0);
        assertThat(result.attempts()).isEqualTo(4);
        assertThat(result.failure()).hasMessage("chunk 0 is torn");
        assertThat(pauses).containsExactly(1, 2, 3);
    }

    @Test
    void aBlockWhoseThreadIsInterruptedIsNeitherDoneNorFailed() {
        assertThatThrownBy(() -> AT_ONCE.run(job(1, (_, _) -> {
            Thread.currentThread().interrupt();
            throw new IOException("closed");
        }), 0)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> AT_ONCE.run(job(1, (_, _) -> {
            throw new IOException("read failed", new InterruptedException());
        }), 0)).isInstanceOf(InterruptedException.class);
        assertThat(attempts.get(0)).hasValue(2);
    }

    private static final List<Integer> PAUSES = new ArrayList<>();

    @FunctionalInterface
    private interface Deed extends java.io.Serializable {
        void run(int block, int attempt) throws IOException;
    }

    private BlockJob failing(int blocks, IntPredicate poisoned) {
        return job(blocks, (block, _) -> {
            if (poisoned.test(block)) {
                throw new IOException("chunk " + block + " is torn");
            }
        });
    }

    private BlockJob job(int blocks, Deed deed) {
        return BlockJob.of("work", blocks, block -> "block " + block, block -> {
            int attempt = attempts.computeIfAbsent(block, _ -> new AtomicInteger()).incrementAndGet();
            order.add(block);
            deed.run(block, attempt);
        });
    }

    private void run(BlockJob job, int threads) throws IOException {
        run(job, new RunOptions(new ThreadRunner(threads), AT_ONCE, Progress.NONE, false, false));
    }

    private void run(BlockJob job, RunOptions options) throws IOException {
        runIn(folder, job, options);
    }

    private static void runIn(Path work, BlockJob job, RunOptions options) throws IOException {
        try (Ledger ledger = Ledger.open(work.resolve("ledger"))) {
            JobRun.run(job, ledger, work, options);
        }
    }

    private Set<Integer> done(int blocks) throws IOException {
        return doneIn(folder, blocks);
    }

    private static Set<Integer> doneIn(Path work, int blocks) throws IOException {
        BitSet done = new BitSet();
        try (Ledger ledger = Ledger.open(work.resolve("ledger"))) {
            for (int block = 0; block < blocks; block++) {
                done.set(block, ledger.isDone("work", block));
            }
        }
        return new TreeSet<>(done.stream().boxed().toList());
    }
}
