package org.neuropil.graph.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.graph.store.GraphStore.Table;

/// What every store does with many threads, platform and virtual ones.
abstract class GraphStoreThreads extends GraphStoreContract {
    private static final int THREADS = 8;

    /// Runs a task on threads at once, and throws what one of them throws.
    static void onThreads(boolean virtual, int count, Callable<Void> task) throws Exception {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                virtual ? Thread.ofVirtual().factory() : Thread.ofPlatform().factory())) {
            List<Future<Void>> all = new ArrayList<>();
            for (int t = 0; t < count; t++) {
                all.add(threads.submit(task));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneOfManyWhoReplaceWins(boolean virtual) throws Exception {
        int rounds = 20;
        ConcurrentLinkedQueue<Long> winners = new ConcurrentLinkedQueue<>();
        CyclicBarrier together = new CyclicBarrier(THREADS);
        AtomicInteger next = new AtomicInteger();
        onThreads(virtual, THREADS, () -> {
            int me = next.getAndIncrement();
            for (int round = 0; round < rounds; round++) {
                together.await();
                if (store.replace(Table.OPERATIONS, Bytes.number(round), null, Bytes.number(me))) {
                    winners.add((long) round << 32 | me);
                }
            }
            return null;
        });
        assertThat(winners).hasSize(rounds);
        for (long winner : winners) {
            assertThat(store.get(Table.OPERATIONS, Bytes.number(winner >> 32)))
                    .isEqualTo(Bytes.number(winner & 0xffffffffL));
        }
        assertThat(winners.stream().map(winner -> winner >> 32).distinct()).hasSize(rounds);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void countersByReplaceReachTheSum(boolean virtual) throws Exception {
        int each = 25;
        onThreads(virtual, THREADS, () -> {
            for (int n = 0; n < each; n++) {
                for (int counter = 0; counter < 2; counter++) {
                    byte[] key = Bytes.of(counter);
                    byte @Nullable [] value;
                    do {
                        value = store.get(Table.META, key);
                    } while (!store.replace(Table.META, key, value,
                            Bytes.number(value == null ? 1 : Bytes.number(value) + 1)));
                }
            }
            return null;
        });
        for (int counter = 0; counter < 2; counter++) {
            assertThat(store.get(Table.META, Bytes.of(counter))).isEqualTo(Bytes.number(THREADS * each));
        }
    }

    /// A value is the number of a put, and how often it was replaced: one that a replace made of the put before would be seen
    /// by who has put.
    @Test
    void aReplaceDoesNotUndoAPutThatItDidNotExpect() throws Exception {
        byte[] key = Bytes.of(1);
        put(Table.META, key, Bytes.number(0));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        onThreads(false, 4, () -> {
            if (next.getAndIncrement() == 0) {
                try {
                    for (long n = 1; n <= 300; n++) {
                        put(Table.META, key, Bytes.number(n << 32));
                        assertThat(Bytes.number(there(Table.META, key)) >> 32).isEqualTo(n);
                    }
                } finally {
                    done.set(true);
                }
            } else {
                while (!done.get()) {
                    byte[] value = there(Table.META, key);
                    store.replace(Table.META, key, value, Bytes.number(Bytes.number(value) + 1));
                }
            }
            return null;
        });
        assertThat(Bytes.number(there(Table.META, key)) >> 32).isEqualTo(300);
    }

    @Test
    void aScanSeesWhatIsThereThroughoutWhileOthersWrite() throws Exception {
        for (int k = 0; k < 200; k++) {
            put(Table.NODES, Bytes.number(2 * k), Bytes.number(k));
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger next = new AtomicInteger();
        onThreads(false, 3, () -> {
            if (next.getAndIncrement() == 0) {
                try {
                    for (int time = 0; time < 20; time++) {
                        List<Long> seen = new ArrayList<>();
                        store.scan(Table.NODES, Bytes.number(0), null, (key, value) -> seen.add(Bytes.number(key)));
                        assertThat(seen).isSorted().doesNotHaveDuplicates();
                        assertThat(seen.stream().filter(key -> key % 2 == 0)).hasSize(200);
                    }
                } finally {
                    done.set(true);
                }
            } else {
                for (long n = 0; !done.get(); n++) {
                    byte[] key = Bytes.number(2 * (n % 200) + 1);
                    put(Table.NODES, key, Bytes.number(n));
                    store.replace(Table.NODES, key, Bytes.number(n), null);
                }
            }
            return null;
        });
    }
}
