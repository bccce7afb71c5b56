package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.space.Int3;

/// What one does in the middle of what another does, each time at one certain point.
class RacesTest {
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
        long root = before.root(ask.source(), Graph.NOW);
        byte[] lock = ByteBuffer.allocate(9).put((byte) 3).putLong(root).array();
        byte[] held = ByteBuffer.allocate(24).putLong(NOON.plus(Duration.ofSeconds(20)).toEpochMilli()).putLong(1)
                .putLong(2).array();
        store.put(List.of(new GraphStore.Put(GraphStore.Table.META, lock, held)));
        LiveGraph next = open(store);
        assertThat(ask.of(next, links).operation()).contains(1L);
    }
}
