package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.neuropil.server.http.Problem;

/// Requests that add rows, by the keys that clients gave them, so that one that is sent again adds nothing. Two requests
/// without a key are two, also if they are alike: who means rows twice gets them twice. The last ones are remembered as long
/// as the server runs.
final class Repeats {
    private static final int MOST_KEYS = 10_000;
    private static final int LONGEST_KEY = 255;
    /// Of all that are remembered; 16 MiB.
    private static final long MOST_IDS = 2L << 20;

    private final Map<String, Known> known = new HashMap<>();
    private final Deque<String> order = new ArrayDeque<>();
    private long ids;

    private record Known(String digest, CompletableFuture<long[]> ids) {}

    /// Adds rows.
    interface Work {
        long[] add() throws IOException;
    }

    /// @throws Problem 400 if it cannot be a key
    static void check(String key) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new Problem(400, "has " + key.length() + " letters", "Idempotency-Key",
                    "give 1 to " + LONGEST_KEY + ", another one with each request");
        }
    }

    /// Adds rows if no request of the key did, and tells their ids. One that fails is forgotten; one that is under way is
    /// waited for.
    ///
    /// @param digest of what is to be added
    /// @throws Problem 422 if the key was used for something else
    long[] once(String key, String digest, Work work) throws IOException {
        CompletableFuture<long[]> mine = new CompletableFuture<>();
        Known before;
        synchronized (this) {
            before = known.putIfAbsent(key, new Known(digest, mine));
        }
        if (before != null) {
            if (!before.digest().equals(digest)) {
                throw new Problem(422, "the key was used for other rows", "Idempotency-Key",
                        "give another one with each request");
            }
            try {
                return before.ids().join().clone();
            } catch (CompletionException e) {
                throw new Problem(503, "the same request failed a moment ago", "Idempotency-Key", "try again");
            }
        }
        boolean done = false;
        try {
            long[] added = work.add();
            remember(key, added.length);
            mine.complete(added.clone());
            done = true;
            return added;
        } finally {
            if (!done) {
                forget(key);
                mine.completeExceptionally(new IOException("it failed"));
            }
        }
    }

    private synchronized void remember(String key, int count) {
        order.add(key);
        ids += count;
        while (order.size() > MOST_KEYS || ids > MOST_IDS && order.size() > 1) {
            Known old = known.remove(order.remove());
            ids -= old == null ? 0 : old.ids().join().length;
        }
    }

    private synchronized void forget(String key) {
        known.remove(key);
    }
}
