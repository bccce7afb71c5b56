package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.Graph;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.trial.FaultyStore.Fault;
import org.neuropil.space.Int3;

/// An edit that is cut off at any of its writes is there or it is not, by its row in the log: whoever looks next, in the
/// same process or another, finds the rows of the whole edit or those of none, byte for byte.
class CutOffTest {
    private static final int EDITS = 6;

    private static Map<String, String> rows(GraphStore store) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Table table : Table.values()) {
            store.scan(table, new byte[0], null, (key, value) -> {
                rows.put(table + HexFormat.of().formatHex(key), HexFormat.of().formatHex(value));
                return true;
            });
        }
        return rows;
    }

    private static MemoryStore copy(GraphStore store) throws IOException {
        MemoryStore copy = new MemoryStore();
        for (Table table : Table.values()) {
            store.scan(table, new byte[0], null, (key, value) -> {
                copy.put(List.of(new GraphStore.Put(table, key, value)));
                return true;
            });
        }
        return copy;
    }

    private static LiveGraph open(GraphInfo info, GraphStore store, Instant now) throws IOException {
        return TrialGraphs.open(info, store, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static boolean hasRow(GraphStore store, long operation) throws IOException {
        return store.last(Table.OPERATIONS, new byte[0], null) instanceof GraphStore.Row row
                && Arrays.equals(row.key(), ByteBuffer.allocate(8).putLong(operation).array());
    }

    /// An edit of a script.
    ///
    /// @param before rows that it finds
    /// @param after rows that it leaves
    /// @param operation its number
    /// @param writes how many rows it writes
    private record Step(Links links, GraphInfo info, Ask ask, Instant now, MemoryStore before, MemoryStore after,
            long operation,
            int writes, long[] newRoots) {}

    private interface StepCheck {
        void check(Step step) throws IOException;
    }

    /// Runs a script of edits undisturbed, and hands each that makes an operation to a check.
    private static void eachEdit(long seed, StepCheck check) throws IOException {
        Links links = Links.made(seed, new Int3(3, 2, 2));
        MemoryStore store = new MemoryStore();
        GraphInfo info = links.load(store);
        Person person = new Person(0, "ada", links, new Random(seed), true);
        Instant now = info.ingested();
        for (int made = 0; made < EDITS;) {
            now = now.plusSeconds(1);
            MemoryStore before = copy(store);
            FaultyStore counting = new FaultyStore(store, true, -1, Fault.DEAD);
            LiveGraph graph = open(info, counting, now);
            Ask ask = person.next(Service.of(graph, links));
            EditResult result;
            try {
                result = ask.of(graph, links);
            } catch (EditRefusedException e) {
                continue;
            }
            person.learn(Event.Outcome.of(result));
            if (result.operation().isPresent() && counting.writes() > 0) {
                made++;
                check.check(new Step(links, info, ask, now, before, copy(store), result.operation().get(),
                        counting.writes(),
                        result.newRoots()));
            }
        }
    }

    private static void assertWhole(Step step, GraphStore store, boolean there) throws IOException {
        assertThat(rows(store)).isEqualTo(rows(there ? step.after() : step.before()));
    }

    /// Makes the edit, which fails unless only the answer to the log's row is lost: the row tells.
    private static void edit(Step step, LiveGraph graph, Fault fault, int write) throws IOException {
        if (fault == Fault.ANSWER_LOST && write == 0) {
            assertThat(step.ask().of(graph, step.links()).operation()).contains(step.operation());
        } else {
            assertThatThrownBy(() -> step.ask().of(graph, step.links())).isInstanceOf(IOException.class);
        }
    }

    private static void assertAgain(Step step, LiveGraph graph, GraphStore store) throws IOException {
        EditResult again = step.ask().of(graph, step.links());
        assertThat(again.operation()).contains(step.operation());
        assertThat(again.newRoots()).isEqualTo(step.newRoots());
        assertWhole(step, store, true);
        long[] roots = graph.roots(step.links().supervoxels(), Graph.NOW, step.info().layers());
        assertThat(roots).isEqualTo(
                open(step.info(), copy(step.after()), step.now()).roots(step.links().supervoxels(), Graph.NOW,
                        step.info().layers()));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theNextProcessFindsTheWholeEditOrNone(Fault fault) throws IOException {
        for (long seed = 1; seed <= 2; seed++) {
            eachEdit(seed, step -> {
                for (int k = 0; k < step.writes(); k++) {
                    MemoryStore store = copy(step.before());
                    LiveGraph cut = open(step.info(), new FaultyStore(store, true, k, fault), step.now());
                    edit(step, cut, fault, k);
                    boolean there = hasRow(store, step.operation());
                    LiveGraph next = open(step.info(), store, step.now());
                    assertWhole(step, store, there);
                    assertAgain(step, next, store);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "DEAD", mode = EnumSource.Mode.EXCLUDE)
    void theSameProcessGoesOn(Fault fault) throws IOException {
        for (boolean exclusive : new boolean[]{true, false}) {
            eachEdit(3, step -> {
                for (int k = 0; k < step.writes(); k++) {
                    MemoryStore store = copy(step.before());
                    LiveGraph cut = open(step.info(), new FaultyStore(store, exclusive, k, fault), step.now());
                    // Fills caches.
                    cut.roots(step.links().supervoxels(), Graph.NOW, step.info().layers());
                    edit(step, cut, fault, k);
                    boolean there = hasRow(store, step.operation());
                    assertThat(cut.operation(step.operation()) != null).isEqualTo(there);
                    assertWhole(step, store, there);
                    assertAgain(step, cut, store);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void anotherServerSeesTheWholeEditOrNone(Fault fault) throws IOException {
        eachEdit(4, step -> {
            for (int k = 0; k < step.writes(); k++) {
                MemoryStore store = copy(step.before());
                LiveGraph other = open(step.info(), new FaultyStore(store, false, -1, fault), step.now());
                other.roots(step.links().supervoxels(), Graph.NOW, step.info().layers());
                LiveGraph cut = open(step.info(), new FaultyStore(store, false, k, fault), step.now());
                edit(step, cut, fault, k);
                boolean there = hasRow(store, step.operation());
                assertThat(other.isLatest(step.newRoots(), Graph.NOW)).containsOnly(there);
                assertWhole(step, store, there);
                assertAgain(step, other, store);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whoCompletesAnEditMayBeCutOffToo(Fault fault) throws IOException {
        eachEdit(5, step -> {
            for (int k = 0; k < step.writes() - 1; k++) {
                MemoryStore store = copy(step.before());
                LiveGraph first = open(step.info(), new FaultyStore(store, true, 1, Fault.DEAD), step.now());
                assertThatThrownBy(() -> step.ask().of(first, step.links())).isInstanceOf(IOException.class);
                int good = k;
                assertThatThrownBy(() -> open(step.info(), new FaultyStore(store, true, good, fault), step.now()))
                        .isInstanceOf(IOException.class);
                LiveGraph next = open(step.info(), store, step.now());
                assertWhole(step, store, true);
                assertAgain(step, next, store);
            }
        });
    }
}
