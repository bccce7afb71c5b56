package org.neuropil.graph.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;

import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.Operation;
import org.neuropil.graph.Operation.Kind;
import org.neuropil.graph.trial.Event.Edit;
import org.neuropil.graph.trial.Event.Made;

/// Says whether what many people saw of a graph is what they could have seen had everything happened at single moments,
/// one after the other, each between its question and its answer: whether the history is linearizable.
///
/// The order of edits is that of the log. Everything else (reads, refusals, edits that changed nothing, answers that were
/// told again) must fit behind some operation: one that was not sent after the answer, none before one that was
/// acknowledged before the question, and not before where something lies that was answered before the question. Taking the
/// first fitting place for each, in the order of questions, finds an order if there is one: every bound grows with the
/// places of others, so the least places of all are the best for all.
@SuppressWarnings("ReferenceEquality")
final class Judge {
    private final Timeline timeline;
    private final Links links;
    private final List<Event> events;
    private final int from;
    private final List<String> faults = new ArrayList<>();

    /// Something that has its place behind an operation: a fixed one if it made that operation.
    private record Placed(Event event, int operation, IntPredicate fits) {}

    private Judge(Timeline timeline, List<Event> events, int from) {
        this.from = from;
        this.timeline = timeline;
        this.links = timeline.replay.links;
        this.events = events;
    }

    /// What is wrong with a history; nothing if it is linearizable.
    ///
    /// @param timeline of the log after the last event
    static List<String> faults(Timeline timeline, List<Event> events) {
        return faults(timeline, events, 0);
    }

    /// As the other one.
    ///
    /// @param from how many operations there were before the first event
    static List<String> faults(Timeline timeline, List<Event> events, int from) {
        return new Judge(timeline, events, from).run();
    }

    private List<String> run() {
        List<Placed> all = new ArrayList<>();
        Map<Long, Edit> makers = makers();
        for (Event event : events) {
            switch (event) {
                case Edit edit -> all.addAll(edit(edit, makers));
                case Event.Roots read -> all.add(new Placed(read, 0, k -> isRoots(read.places(), read.roots(), k)));
                case Event.Latest read -> all.add(new Placed(read, 0, k -> isLatest(read, k)));
                case Event.Past read -> past(read);
            }
        }
        place(all);
        return faults;
    }

    private void fault(String what, Event event) {
        faults.add(what + ": " + text(event));
    }

    /// Who made each operation. Somebody who repeats a request may be told an operation again.
    private Map<Long, Edit> makers() {
        Map<Long, Edit> makers = new HashMap<>();
        List<Edit> unknown = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Edit edit) {
                if (edit.outcome() instanceof Made made) {
                    Edit other = makers.get(made.operation());
                    if (other == null || edit.answered() < other.answered()) {
                        makers.put(made.operation(), edit);
                    }
                } else if (edit.outcome() instanceof Event.Unknown) {
                    unknown.add(edit);
                }
            }
        }
        for (Operation operation : timeline.replay.log) {
            if (operation.id() > from && !makers.containsKey(operation.id())) {
                unknown.stream().filter(edit -> edit.ask().isOf(operation)).findFirst().ifPresentOrElse(
                        edit -> makers.put(operation.id(), edit),
                        () -> faults.add("nobody asked for operation " + Timeline.text(operation)));
            }
        }
        return makers;
    }

    private List<Placed> edit(Edit edit, Map<Long, Edit> makers) {
        Ask ask = edit.ask();
        return switch (edit.outcome()) {
            case Made made -> {
                if (made.operation() < 1 || made.operation() > timeline.size()) {
                    fault("an acknowledged edit is lost", edit);
                    yield List.of();
                }
                Operation operation = timeline.replay.log.get((int) made.operation() - 1);
                boolean told = made.before().length > 0;
                if (!ask.isOf(operation) || told && !Arrays.equals(made.before(), operation.before())
                        || !Arrays.equals(made.after(), operation.after())) {
                    fault("the log has something else, " + Timeline.text(operation), edit);
                }
                if (edit.equals(makers.get(made.operation()))) {
                    yield List.of(new Placed(edit, (int) made.operation(), k -> true));
                }
                yield List.of(new Placed(edit, 0, k -> k >= made.operation() && (isDone(ask, k)
                        || Arrays.stream(made.after()).allMatch(root -> timeline.isLatest(root, k)))));
            }
            case Event.Nothing nothing -> {
                if (ask.kind() != Kind.UNDO && ask.kind() != Kind.REDO) {
                    fault("nothing to do is no answer to this", edit);
                }
                yield List.of(new Placed(edit, 0, k -> ask.target() <= k && changesNothing(ask, k)));
            }
            case Event.Refused refused -> List.of(new Placed(edit, 0, k -> isRefused(ask, refused.reason(), k)));
            // It took effect at any time since, or never.
            case Event.Unknown unknown -> makers.entrySet().stream().filter(entry -> entry.getValue().equals(edit))
                    .map(entry -> new Placed(new Edit(edit.client(), edit.sent(), Long.MAX_VALUE, ask, unknown),
                            (int) (long) entry.getKey(), k -> true))
                    .toList();
        };
    }

    private boolean changesNothing(Ask ask, int k) {
        BitSet state = timeline.replay.state(k);
        return timeline.replay.reversed(state, ask.kind(), ask.target()).equals(state);
    }

    private boolean isRefused(Ask ask, Reason reason, int k) {
        if (reason == Reason.BUSY) {
            return true;
        }
        if (ask.kind() == Kind.UNDO || ask.kind() == Kind.REDO) {
            return reason == Reason.INVALID && ask.target() > k;
        }
        if (reason == Reason.CONFLICT) {
            return isDone(ask, k) && timeline.replay.log.subList(0, k).stream().noneMatch(ask::isOf);
        }
        return ask.kind() == Kind.SPLIT && reason == Reason.NO_CUT && !isDone(ask, k);
    }

    /// True of a merge or split that leaves nothing to do.
    private boolean isDone(Ask ask, int k) {
        if (ask.kind() != Kind.MERGE && ask.kind() != Kind.SPLIT) {
            return false;
        }
        boolean together = timeline.root(links.place(ask.source()), k) == timeline.root(links.place(ask.sink()), k);
        return together == (ask.kind() == Kind.MERGE);
    }

    private boolean isRoots(int[] places, long[] roots, int k) {
        for (int i = 0; i < places.length; i++) {
            if (timeline.root(places[i], k) != roots[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean isLatest(Event.Latest read, int k) {
        for (int i = 0; i < read.roots().length; i++) {
            if (timeline.isLatest(read.roots()[i], k) != read.latest()[i]) {
                return false;
            }
        }
        return true;
    }

    private void past(Event.Past read) {
        if (!isRoots(read.places(), read.roots(), timeline.replay.at(read.at()))) {
            fault("the past is not what it was", read);
        }
    }

    private void place(List<Placed> all) {
        all.sort(Comparator.comparingLong(placed -> placed.event().sent()));
        List<Placed> ended = new ArrayList<>(all);
        ended.sort(Comparator.comparingLong(placed -> placed.event().answered()));
        // Least operation of what is sent from each event on.
        int[] least = new int[all.size() + 1];
        least[all.size()] = timeline.size() + 1;
        for (int i = all.size() - 1; i >= 0; i--) {
            int operation = all.get(i).operation();
            least[i] = operation == 0 ? least[i + 1] : Math.min(operation, least[i + 1]);
        }
        Map<Event, Integer> places = new IdentityHashMap<>();
        int bound = from;
        int next = 0;
        for (Placed placed : all) {
            Event event = placed.event();
            while (ended.get(next).event().answered() < event.sent()) {
                bound = Math.max(bound, Objects.requireNonNull(places.get(ended.get(next++).event())));
            }
            int last = least[firstSentAfter(all, event.answered())] - 1;
            int at;
            if (placed.operation() > 0) {
                at = placed.operation();
                if (at <= bound) {
                    fault("an edit stands in the log before " + bound + ", which was seen before it was sent", event);
                }
            } else {
                at = bound;
                while (at <= last && !placed.fits().test(at)) {
                    at++;
                }
                if (at > last) {
                    fault("no state from " + bound + " to " + last + " fits", event);
                    at = bound;
                }
            }
            places.put(event, at);
        }
    }

    private static int firstSentAfter(List<Placed> all, long moment) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).event().sent() > moment) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static String text(Event event) {
        String when = "client " + event.client() + ", " + event.sent() + " to " + event.answered() + " ns: ";
        return when + switch (event) {
            case Edit edit -> edit.ask().line() + " gives " + switch (edit.outcome()) {
                case Made made -> "operation " + made.operation() + " from " + Arrays.toString(made.before()) + " to "
                        + Arrays.toString(made.after());
                default -> edit.outcome().toString();
            };
            case Event.Roots read -> "roots of " + Arrays.toString(read.places()) + " are "
                    + Arrays.toString(read.roots());
            case Event.Latest read -> Arrays.toString(read.roots()) + " are current: "
                    + Arrays.toString(read.latest());
            case Event.Past read -> "roots of " + Arrays.toString(read.places()) + " at " + read.at() + " were "
                    + Arrays.toString(read.roots());
        };
    }
}
