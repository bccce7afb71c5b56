package org.neuropil.graph.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.live.LiveGraph;
import org.neuropil.graph.store.MemoryStore;
import org.neuropil.graph.trial.Event.Edit;
import org.neuropil.graph.trial.Event.Latest;
import org.neuropil.graph.trial.Event.Made;
import org.neuropil.graph.trial.Event.Past;
import org.neuropil.graph.trial.Event.Refused;
import org.neuropil.graph.trial.Event.Roots;
import org.neuropil.space.Int3;

/// The judge lets pass what can be, and finds what cannot: everything that three people saw one after the other is right,
/// however long their questions were under way, and wrong when one answer in it is changed.
@SuppressWarnings("ReferenceEquality")
class JudgeTest {
    private final Links links = Links.made(5, new Int3(3, 3, 2));
    private final List<Event> history = new ArrayList<>();
    private final Timeline timeline;

    /// People take turns; each event has a span of time of its own.
    JudgeTest() throws IOException {
        MemoryStore store = new MemoryStore();
        try (LiveGraph graph = TrialGraphs.open(links.load(store), store)) {
            timeline = new Timeline(links, graph);
            List<Person> people = Crowd.of(3, links, 1, true);
            for (int act = 0; act < 400; act++) {
                people.get(act % 3).act(Service.of(graph, links));
            }
            people.forEach(person -> history.addAll(person.events()));
            history.sort((e, f) -> Long.compare(e.sent(), f.sent()));
            timeline.read(graph);
        }
        for (int i = 0; i < history.size(); i++) {
            history.set(i, at(history.get(i), 10L * i, 10L * i + 5));
        }
        assertThat(timeline.size()).isGreaterThan(50);
    }

    private static Event at(Event event, long sent, long answered) {
        return switch (event) {
            case Edit e -> new Edit(e.client(), sent, answered, e.ask(), e.outcome());
            case Roots e -> new Roots(e.client(), sent, answered, e.places(), e.roots());
            case Latest e -> new Latest(e.client(), sent, answered, e.roots(), e.latest());
            case Past e -> new Past(e.client(), sent, answered, e.at(), e.places(), e.roots());
        };
    }

    private List<String> faults() {
        return Judge.faults(timeline, history);
    }

    /// The operation after which an event stands: that of the last edit up to it.
    private int state(int index) {
        int state = 0;
        for (int i = 0; i <= index; i++) {
            if (history.get(i) instanceof Edit edit && edit.outcome() instanceof Made made) {
                state = Math.max(state, (int) made.operation());
            }
        }
        return state;
    }

    /// Changes each event for which there is a change, one at a time, and expects each to be found.
    private void eachIsFound(Function<Integer, Event> change) {
        int tried = 0;
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            Event changed = change.apply(i);
            if (!changed.equals(event)) {
                tried++;
                history.set(i, changed);
                assertThat(faults()).as(Judge.text(changed)).isNotEmpty();
                history.set(i, event);
            }
        }
        assertThat(tried).as("changes").isGreaterThan(5);
        assertThat(faults()).isEmpty();
    }

    @Test
    void whatHappenedOneAfterTheOtherIsRight() {
        assertThat(faults()).isEmpty();
        assertThat(history.stream().map(Event::getClass).distinct()).hasSize(4);
        assertThat(history).anyMatch(e -> e instanceof Edit edit && edit.outcome() instanceof Event.Nothing);
        assertThat(history).anyMatch(e -> e instanceof Edit edit && edit.outcome() instanceof Refused);
    }

    @Test
    void questionsMayBeUnderWayForLong() {
        Random random = new Random(1);
        for (int i = 0; i < history.size(); i++) {
            history.set(i, at(history.get(i), 10L * i - random.nextInt(300), 10L * i + 5 + random.nextInt(300)));
        }
        assertThat(faults()).isEmpty();
    }

    private long[] rootsAt(int[] places, int state) {
        return Arrays.stream(places).mapToLong(place -> timeline.root(place, state)).toArray();
    }

    @Test
    void aStaleReadIsFound() {
        eachIsFound(i -> history.get(i) instanceof Roots read && state(i) > 0
                && !Arrays.equals(rootsAt(read.places(), state(i) - 1), read.roots())
                        ? new Roots(read.client(), read.sent(), read.answered(), read.places(),
                                rootsAt(read.places(), state(i) - 1))
                        : history.get(i));
    }

    @Test
    void aReadOfWhatNobodyHasAskedForYetIsFound() {
        eachIsFound(i -> history.get(i) instanceof Roots read && state(i) < timeline.size()
                && !Arrays.equals(rootsAt(read.places(), state(i) + 1), read.roots())
                        ? new Roots(read.client(), read.sent(), read.answered(), read.places(),
                                rootsAt(read.places(), state(i) + 1))
                        : history.get(i));
    }

    @Test
    void halfAnEditIsFound() {
        for (int i = 0; i < history.size(); i++) {
            history.set(i, at(history.get(i), -1, Long.MAX_VALUE));
        }
        // However long it took, no moment has one half of an object before and the other after.
        int found = 0;
        for (int k = 1; k <= timeline.size(); k++) {
            List<Integer> touched = new ArrayList<>();
            for (int place = 0; place < links.supervoxels().length; place++) {
                if (timeline.root(place, k) != timeline.root(place, k - 1)) {
                    touched.add(place);
                }
            }
            int[] places = {touched.getFirst(), touched.getLast()};
            history.add(new Roots(9, 0, 1, places,
                    new long[]{timeline.root(places[0], k - 1), timeline.root(places[1], k)}));
            assertThat(faults()).isNotEmpty();
            history.removeLast();
            found++;
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void twoReadsInTheWrongOrderAreFound() {
        for (int i = 0; i < history.size(); i++) {
            history.set(i, at(history.get(i), -1, Long.MAX_VALUE));
        }
        int[] places = new int[links.supervoxels().length];
        Arrays.setAll(places, i -> i);
        for (int k = 1; k <= timeline.size(); k++) {
            // Whoever reads: what one saw another one sees later.
            history.add(new Roots(8, 0, 1, places, rootsAt(places, k)));
            history.add(new Roots(9, 1, 2, places, rootsAt(places, k - 1)));
            assertThat(faults()).isEmpty();
            history.set(history.size() - 1, at(history.getLast(), 2, 3));
            assertThat(faults()).hasSize(1);
            history.removeLast();
            history.removeLast();
        }
    }

    @Test
    void anEditThatIsNotInTheLogIsFound() {
        eachIsFound(i -> history.get(i) instanceof Edit edit && edit.outcome() instanceof Made made
                ? new Edit(edit.client(), edit.sent(), edit.answered(), edit.ask(),
                        new Made(timeline.size() + made.operation(), made.before(), made.after()))
                : history.get(i));
    }

    @Test
    void anEditThatTheLogHasElsewhereIsFound() {
        // Two edits that were made one after the other, and acknowledged the other way round.
        List<Integer> edits = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i) instanceof Edit edit && edit.outcome() instanceof Made made
                    && state(i - 1) < made.operation()) {
                edits.add(i);
            }
        }
        for (int n = 1; n < edits.size(); n++) {
            Event first = history.get(edits.get(n - 1));
            Event second = history.get(edits.get(n));
            history.set(edits.get(n - 1), at(first, second.sent(), second.answered()));
            history.set(edits.get(n), at(second, first.sent(), first.answered()));
            assertThat(faults()).isNotEmpty();
            history.set(edits.get(n - 1), first);
            history.set(edits.get(n), second);
        }
        assertThat(edits).hasSizeGreaterThan(50);
    }

    @Test
    void anEditThatNobodyAskedForIsFound() {
        eachIsFound(i -> history.get(i) instanceof Edit edit && edit.outcome() instanceof Made made
                && state(i - 1) < made.operation()
                && history.stream().filter(e -> e instanceof Edit other && other.outcome() instanceof Made again
                        && again.operation() == made.operation()).count() == 1
                                ? new Edit(edit.client(), edit.sent(), edit.answered(), edit.ask(),
                                        new Refused(Reason.BUSY, "later"))
                                : history.get(i));
    }

    @Test
    void anEditWhoseAnswerWasLostCounts() {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i) instanceof Edit edit) {
                history.set(i, new Edit(edit.client(), edit.sent(), edit.answered(), edit.ask(),
                        new Event.Unknown("lost")));
            }
        }
        assertThat(faults()).isEmpty();
        assertThat(history.removeIf(e -> e instanceof Edit edit && edit.ask().kind() == Kind.MERGE)).isTrue();
        assertThat(faults()).isNotEmpty();
    }

    @Test
    void otherRootsThanThoseOfTheLogAreFound() {
        eachIsFound(i -> history.get(i) instanceof Edit edit && edit.outcome() instanceof Made made
                ? new Edit(edit.client(), edit.sent(), edit.answered(), edit.ask(),
                        new Made(made.operation(), made.after(), made.before()))
                : history.get(i));
    }

    @Test
    void aRefusalWithoutReasonIsFound() {
        eachIsFound(i -> history.get(i) instanceof Edit edit && edit.outcome() instanceof Refused refused
                && edit.ask().source() != 0
                        ? new Edit(edit.client(), edit.sent(), edit.answered(), new Ask(edit.ask().kind() == Kind.MERGE
                                ? Kind.SPLIT
                                : Kind.MERGE, edit.ask().user(), edit.ask().source(), edit.ask().sink(), 0), refused)
                        : history.get(i));
    }

    @Test
    void somethingToDoThatWasNotDoneIsFound() {
        eachIsFound(i -> {
            if (history.get(i) instanceof Edit edit && edit.outcome() instanceof Event.Nothing nothing) {
                Kind contrary = edit.ask().kind() == Kind.UNDO ? Kind.REDO : Kind.UNDO;
                BitSet state = timeline.replay.state(state(i));
                // Of edges within a chunk both may change nothing: others join the same.
                if (!timeline.replay.reversed(state, contrary, edit.ask().target()).equals(state)) {
                    return new Edit(edit.client(), edit.sent(), edit.answered(),
                            new Ask(contrary, edit.ask().user(), 0, 0, edit.ask().target()), nothing);
                }
            }
            return history.get(i);
        });
    }

    @Test
    void aWrongWordOnWhatIsCurrentIsFound() {
        eachIsFound(i -> {
            if (history.get(i) instanceof Latest read) {
                boolean[] wrong = read.latest().clone();
                wrong[0] ^= true;
                return new Latest(read.client(), read.sent(), read.answered(), read.roots(), wrong);
            }
            return history.get(i);
        });
    }

    @Test
    void aPastThatChangedIsFound() {
        eachIsFound(i -> {
            if (history.get(i) instanceof Past read) {
                long[] wrong = read.roots().clone();
                wrong[0]++;
                return new Past(read.client(), read.sent(), read.answered(), read.at(), read.places(), wrong);
            }
            return history.get(i);
        });
    }

    @Test
    void everyStateHasItsRoots() {
        for (int k = 0; k <= timeline.size(); k++) {
            for (int place = 0; place < links.supervoxels().length; place++) {
                assertThat(timeline.isLatest(timeline.root(place, k), k)).isTrue();
            }
        }
    }
}
