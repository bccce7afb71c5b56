package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Int3;

/// What one does in the middle of what another does, each time at one certain point.
class RacesTest {
    /// How long a lock lasts.
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private final Links links = Links.made(3, new Int3(4, 4, 3));
    private final MemoryStore store = new MemoryStore();
    private GraphInfo info = TrialGraphs.any();

    @BeforeEach
    void load() throws IOException {
        info = links.load(store);
    }

    private LiveGraph open(GraphStore rows) throws IOException {
        return TrialGraphs.open(info, rows, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private long[] roots(Graph graph, Instant at) throws IOException {
        return graph.roots(links.supervoxels(), at, info.layers());
    }

    /// A merge of the first two objects that could touch, or of the last two that are none of these.
    private Ask merge(Graph graph, long... others) throws IOException {
        long[] roots = roots(graph, Graph.NOW);
        for (int i = 0; i < links.a().length; i++) {
            int e = others.length == 0 ? i : links.a().length - 1 - i;
            long a = roots[links.a()[e]];
            long b = roots[links.b()[e]];
            if (a != b && Arrays.stream(others).noneMatch(other -> other == a || other == b)) {
                return new Ask(Kind.MERGE, "ada", links.supervoxels()[links.a()[e]], links.supervoxels()[links.b()[e]],
                        0);
            }
        }
        throw new AssertionError("there are no two objects more");
    }

    private interface Interference {
        void run() throws IOException;
    }

    /// Does something once, before the log gets a row.
    private static PassingStore beforeTheLog(GraphStore rows, boolean exclusive, Interference interference) {
        return new PassingStore(rows, exclusive) {
            private boolean done;

            @Override
            public boolean replace(Table table, byte[] key, byte @Nullable [] expected, byte @Nullable [] value)
                    throws IOException {
                if (table == Table.OPERATIONS && !done) {
                    done = true;
                    interference.run();
                }
                return super.replace(table, key, expected, value);
            }
        };
    }

    /// Waits until a thread has ended or waits for another.
    private static void untilItCannotGoOn(Thread thread) {
        while (thread.getState() != Thread.State.TERMINATED && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aMomentThatIsReadWhileAnEditIsAppendedStaysAsItIs() throws Exception {
        LiveGraph[] graph = new LiveGraph[1];
        FutureTask<long[]> reading = new FutureTask<>(() -> roots(graph[0], NOON));
        graph[0] = open(beforeTheLog(store, true, () -> untilItCannotGoOn(Thread.ofPlatform().start(reading))));
        merge(graph[0]).of(graph[0], links);
        assertThat(graph[0].head()).isEqualTo(NOON);
        assertThat(roots(graph[0], NOON)).isEqualTo(reading.get());
    }

    @Test
    void thePresentCanBeReadWhileAnEditIsAppended() throws Exception {
        LiveGraph[] graph = new LiveGraph[1];
        FutureTask<long[]> reading = new FutureTask<>(() -> roots(graph[0], Graph.NOW));
        graph[0] = open(beforeTheLog(store, true, () -> {
            untilItCannotGoOn(Thread.ofPlatform().start(reading));
            assertThat(reading.isDone()).as("the reader does not wait for the writer").isTrue();
        }));
        long[] before = roots(graph[0], Graph.NOW);
        merge(graph[0]).of(graph[0], links);
        assertThat(reading.get()).isEqualTo(before).isNotEqualTo(roots(graph[0], Graph.NOW));
    }

    /// The reader has its rows before they are written and keeps them after.
    @Test
    void rowsThatAreReadWhileAnEditIsAppliedDoNotHideIt() throws Exception {
        LiveGraph[] graph = new LiveGraph[1];
        Ask[] ask = new Ask[1];
        FutureTask<Long> reading = new FutureTask<>(() -> graph[0].root(ask[0].source(), Graph.NOW));
        CountDownLatch scanned = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        graph[0] = open(new PassingStore(store, true) {
            @Override
            public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
                super.scan(table, from, to, visitor);
                if (table == Table.PARENTS) {
                    scanned.countDown();
                    await(written);
                }
            }

            @Override
            public void put(List<Put> rows) throws IOException {
                boolean first = scanned.getCount() > 0
                        && rows.stream().anyMatch(row -> row.table() == Table.PARENTS);
                if (first) {
                    Thread.ofPlatform().start(reading);
                    await(scanned);
                }
                super.put(rows);
                if (first) {
                    written.countDown();
                }
            }
        });
        ask[0] = merge(graph[0]);
        long old = graph[0].root(ask[0].source(), Graph.NOW);
        long[] made = ask[0].of(graph[0], links).newRoots();
        assertThat(reading.get()).isEqualTo(old);
        assertThat(made).containsExactly(graph[0].root(ask[0].source(), Graph.NOW));
        assertThat(graph[0].isLatest(new long[]{old}, Graph.NOW)).containsExactly(false);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerThatIsBeingOpenedSeesWhatOthersWriteMeanwhile() throws Exception {
        LiveGraph first = open(new PassingStore(store, false));
        boolean[] done = new boolean[1];
        LiveGraph second = open(new PassingStore(store, false) {
            @Override
            public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
                super.scan(table, from, to, visitor);
                if (table == Table.META && !done[0]) {
                    done[0] = true;
                    merge(first).of(first, links);
                }
            }
        });
        assertThat(done[0]).isTrue();
        assertThat(roots(second, Graph.NOW)).isEqualTo(roots(first, Graph.NOW));
    }

    @Test
    void anOperationThatAScanOvertookIsReadAllTheSame() throws Exception {
        LiveGraph first = open(new PassingStore(store, false));
        byte[] overtaken = ByteBuffer.allocate(8).putLong(1).array();
        LiveGraph second = open(new PassingStore(store, false) {
            @Override
            public void scan(Table table, byte[] from, byte @Nullable [] to, Visitor visitor) throws IOException {
                super.scan(table, from, to, (key, value) -> table == Table.OPERATIONS && Arrays.equals(key, overtaken)
                        || visitor.visit(key, value));
            }
        });
        roots(second, Graph.NOW);
        long[] made = merge(first).of(first, links).newRoots();
        merge(first, made).of(first, links);
        assertThat(roots(second, Graph.NOW)).isEqualTo(roots(first, Graph.NOW));
        assertThat(second.operations(Instant.EPOCH, Instant.MAX)).hasSize(2);
    }

    @Test
    void anEditThatLosesTheRowOfTheLogIsAppendedBehind() throws Exception {
        LiveGraph first = open(new PassingStore(store, false));
        LiveGraph[] second = new LiveGraph[1];
        Ask other = merge(first);
        second[0] = open(beforeTheLog(store, false, () -> other.of(first, links)));
        Ask ask = merge(second[0], first.root(other.source(), Graph.NOW), first.root(other.sink(), Graph.NOW));
        assertThat(ask.of(second[0], links).operation()).contains(2L);
        assertThat(roots(second[0], Graph.NOW)).isEqualTo(roots(first, Graph.NOW));
        Timeline timeline = new Timeline(links, first);
        timeline.read(first);
        assertThat(timeline.size()).isEqualTo(2);
    }

    @Test
    void locksOfAProcessThatDiedDoNotKeepTheNextOneWaiting() throws Exception {
        LiveGraph before = open(store);
        Ask ask = merge(before);
        store.put(List.of(lock(before.root(ask.source(), Graph.NOW), NOON)));
        LiveGraph next = open(store);
        assertThat(ask.of(next, links).operation()).contains(1L);
    }

    /// The lock of a server that dies at a moment after it has taken it.
    private static GraphStore.Put lock(long root, Instant taken) {
        return new GraphStore.Put(GraphStore.Table.META, ByteBuffer.allocate(9).put((byte) 3).putLong(root).array(),
                ByteBuffer.allocate(24).putLong(taken.plus(LEASE).toEpochMilli()).putLong(1).putLong(2).array());
    }

    private static boolean isLock(GraphStore.Table table, byte[] key) {
        return table == GraphStore.Table.META && key.length == 9 && key[0] == 3;
    }

    /// Each look at a lock lasts seven seconds.
    private final class SlowLooks extends PassingStore {
        private final TestClock clock;
        private final boolean renewed;

        /// @param renewed whether the lock is taken anew all the time
        SlowLooks(TestClock clock, boolean renewed) {
            super(store, false);
            this.clock = clock;
            this.renewed = renewed;
        }

        @Override
        public byte @Nullable [] get(Table table, byte[] key) throws IOException {
            if (isLock(table, key)) {
                clock.pass(Duration.ofSeconds(7));
                if (renewed) {
                    store.put(List.of(lock(ByteBuffer.wrap(key).getLong(1), clock.instant())));
                }
            }
            return super.get(table, key);
        }
    }

    @Test
    void anEditOutlivesTheLockOfAServerThatDied() throws Exception {
        TestClock clock = new TestClock(NOON);
        LiveGraph graph = TrialGraphs.open(info, new SlowLooks(clock, false), clock);
        Ask ask = merge(graph);
        store.put(List.of(lock(graph.root(ask.source(), Graph.NOW), NOON)));
        assertThat(ask.of(graph, links).operation()).contains(1L);
        assertThat(clock.instant()).isAfter(NOON.plus(LEASE));
    }

    @Test
    void anEditThatOthersLockOutForLongerThanALockLastsIsRefused() throws Exception {
        TestClock clock = new TestClock(NOON);
        LiveGraph graph = TrialGraphs.open(info, new SlowLooks(clock, true), clock);
        Ask ask = merge(graph);
        assertThatThrownBy(() -> ask.of(graph, links)).isInstanceOfSatisfying(EditRefusedException.class,
                e -> assertThat(e.reason()).isEqualTo(EditRefusedException.Reason.BUSY));
        assertThat(clock.instant()).isBetween(NOON.plus(LEASE), NOON.plus(LEASE.multipliedBy(3)));
        assertThat(graph.operation(1)).isNull();
    }

    /// The clock stands still, so the lock lasts for ever.
    @Test
    void theLockOfARootThatWasReplacedKeepsNobodyWaiting() throws Exception {
        LiveGraph other = open(new PassingStore(store, false));
        Ask first = merge(other);
        int[] looks = new int[1];
        LiveGraph graph = open(new PassingStore(store, false) {
            @Override
            public byte @Nullable [] get(Table table, byte[] key) throws IOException {
                byte[] there = super.get(table, key);
                if (isLock(table, key) && there != null && looks[0]++ == 1) {
                    // Who had the lock makes its edit, and dies before it gives the lock back.
                    store.replace(table, key, there, null);
                    first.of(other, links);
                    store.put(List.of(new GraphStore.Put(table, key, there)));
                }
                return there;
            }
        });
        long root = graph.root(first.source(), Graph.NOW);
        Ask ask = new Ask(Kind.MERGE, "bob", first.source(), third(graph, first), 0);
        store.put(List.of(lock(root, NOON)));
        assertThat(ask.of(graph, links).operation()).contains(2L);
    }

    /// A supervoxel of another object than those of merges.
    private long third(Graph graph, Ask... merges) throws IOException {
        Set<Long> theirs = new HashSet<>();
        for (Ask merge : merges) {
            theirs.add(graph.root(merge.source(), Graph.NOW));
            theirs.add(graph.root(merge.sink(), Graph.NOW));
        }
        for (long supervoxel : links.supervoxels()) {
            if (!theirs.contains(graph.root(supervoxel, Graph.NOW))) {
                return supervoxel;
            }
        }
        throw new AssertionError("there is no other object");
    }

    @Test
    void whoWaitsForALockForLongKeepsNobodyElseWaiting() throws Exception {
        TestClock clock = new TestClock(NOON);
        LiveGraph other = TrialGraphs.open(info, new PassingStore(store, false), clock);
        Ask locked = merge(other);
        long[] two = {other.root(locked.source(), Graph.NOW), other.root(locked.sink(), Graph.NOW)};
        Ask quick = merge(other, two);
        long theirs = other.root(quick.source(), Graph.NOW);
        CountDownLatch waiting = new CountDownLatch(3);
        boolean[] begun = new boolean[1];
        LiveGraph graph = TrialGraphs.open(info, new PassingStore(store, false) {
            @Override
            public byte @Nullable [] get(Table table, byte[] key) throws IOException {
                long root = isLock(table, key) ? ByteBuffer.wrap(key).getLong(1) : 0;
                if (root == two[0]) {
                    waiting.countDown();
                } else if (root == theirs && !begun[0]) {
                    begun[0] = true;
                    // So that the one behind loses, and has to stand in line.
                    Ask lost = new Ask(Kind.MERGE, "eve", quick.source(), third(other, locked, quick), 0);
                    lost.of(other, links);
                }
                return super.get(table, key);
            }
        }, clock);
        store.put(List.of(lock(two[0], NOON)));
        FutureTask<EditResult> first = new FutureTask<>(() -> locked.of(graph, links));
        Thread.ofPlatform().start(first);
        waiting.await();
        assertThat(quick.of(graph, links).operation()).contains(2L);
        assertThat(first.isDone()).isFalse();
        clock.pass(LEASE);
        assertThat(first.get().operation()).contains(3L);
    }
}
