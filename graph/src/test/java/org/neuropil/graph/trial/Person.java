package org.neuropil.graph.trial;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.Graph;
import org.neuropil.graph.Operation.Kind;

/// Somebody who edits and reads, and keeps what was asked and answered. Edits go to some edges more than to others, so
/// that people meet. Some requests are made again, as by a client that lost the answer.
final class Person {
    private static final int PLACES = 4;
    private static final int HOT = 8;

    private final int client;
    private final String name;
    private final Links links;
    private final Random random;
    private final boolean[] partable;
    private final boolean readsPast;
    private final List<Event> events = new ArrayList<>();
    private final List<Long> roots = new ArrayList<>();
    private @Nullable Ask last;
    private long newest;
    private volatile int acts;

    /// @param name of the user in the log
    /// @param readsPast false if other servers of the graph may write at moments that this one has told of
    Person(int client, String name, Links links, Random random, boolean readsPast) {
        this.client = client;
        this.name = name;
        this.links = links;
        this.partable = links.partable();
        this.random = random;
        this.readsPast = readsPast;
    }

    /// What was asked and answered so far.
    List<Event> events() {
        return events;
    }

    /// How often it has acted.
    int acts() {
        return acts;
    }

    /// Reads or edits once.
    void act(Service graph) throws IOException {
        acts = events.size();
        int kind = random.nextInt(10);
        if (kind < 5) {
            edit(graph, next(graph));
        } else if (kind < 8) {
            read(graph);
        } else if (kind < 9 && !roots.isEmpty()) {
            latest(graph);
        } else if (readsPast) {
            past(graph);
        }
    }

    private void edit(Service graph, Ask ask) {
        last = ask;
        long sent = System.nanoTime();
        Event.Outcome outcome;
        try {
            outcome = graph.edit(ask);
            learn(outcome);
        } catch (EditRefusedException e) {
            outcome = new Event.Refused(e.reason(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            outcome = new Event.Unknown(e.toString());
        }
        events.add(new Event.Edit(client, sent, System.nanoTime(), ask, outcome));
    }

    /// Knows what an edit did.
    void learn(Event.Outcome outcome) {
        if (outcome instanceof Event.Made made) {
            newest = Math.max(newest, made.operation());
            Arrays.stream(made.after()).forEach(roots::add);
        }
    }

    private void read(Service graph) throws IOException {
        int[] places = places();
        long sent = System.nanoTime();
        long[] found = graph.roots(ids(places), Graph.NOW);
        events.add(new Event.Roots(client, sent, System.nanoTime(), places, found));
        Arrays.stream(found).forEach(roots::add);
    }

    private void latest(Service graph) throws IOException {
        long[] asked = new long[Math.min(PLACES, roots.size())];
        for (int i = 0; i < asked.length; i++) {
            int back = random.nextBoolean()
                    ? 1 + random.nextInt(Math.min(8, roots.size()))
                    : 1 + random.nextInt(roots.size());
            asked[i] = roots.get(roots.size() - back);
        }
        long sent = System.nanoTime();
        boolean[] latest = graph.isLatest(asked);
        events.add(new Event.Latest(client, sent, System.nanoTime(), asked, latest));
    }

    private void past(Service graph) throws IOException {
        int[] places = places();
        Instant at = Instant.now().minusMillis(random.nextInt(3));
        long sent = System.nanoTime();
        long[] found = graph.roots(ids(places), at);
        events.add(new Event.Past(client, sent, System.nanoTime(), at, places, found));
    }

    private int[] places() {
        int[] places = new int[PLACES];
        for (int i = 0; i < PLACES; i++) {
            int edge = edge();
            places[i] = random.nextBoolean() ? links.a()[edge] : links.b()[edge];
        }
        return places;
    }

    private long[] ids(int[] places) {
        return Arrays.stream(places).mapToLong(place -> links.supervoxels()[place]).toArray();
    }

    /// Half of the time one of a few edges that everybody looks at; none that no cut may part.
    private int edge() {
        int all = links.a().length;
        int edge = random.nextBoolean() ? (int) ((long) random.nextInt(HOT) * all / HOT) : random.nextInt(all);
        while (!partable[edge]) {
            edge = (edge + 1) % all;
        }
        return edge;
    }

    /// What to ask for next.
    Ask next(Service graph) throws IOException {
        int kind = random.nextInt(20);
        if (kind == 0 && last != null) {
            return last;
        }
        if (kind < 5 && newest > 0) {
            long target = random.nextInt(20) == 0
                    ? newest + 1_000_000
                    : newest - random.nextInt((int) Math.min(newest, 12));
            return new Ask(random.nextInt(3) > 0 ? Kind.UNDO : Kind.REDO, name, 0, 0, target);
        }
        int edge = edge();
        long a = links.supervoxels()[links.a()[edge]];
        long b = links.supervoxels()[links.b()[edge]];
        long[] now = graph.roots(new long[]{a, b}, Graph.NOW);
        boolean split = now[0] == now[1] ^ random.nextInt(12) == 0;
        boolean turned = random.nextBoolean();
        return new Ask(split ? Kind.SPLIT : Kind.MERGE, name, turned ? b : a, turned ? a : b, 0);
    }
}
