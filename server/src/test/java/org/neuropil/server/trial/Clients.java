package org.neuropil.server.trial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/// Clients that insert, replace and delete batches of rows at once, until they are told to stop or the server does not
/// answer.
final class Clients implements AutoCloseable {
    private static final int LARGEST = 30;

    private final Told told;
    private final String table;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<TableClient.@Nullable Refused> refusal = new AtomicReference<>();
    private volatile boolean stopped;

    /// Starts them.
    ///
    /// @param first number of the first batch, after which there is room for a billion
    Clients(Told told, List<URI> servers, String table, int count, long first) {
        this.told = told;
        this.table = table;
        working.set(count);
        for (int i = 0; i < count; i++) {
            long from = first + i * 100_000_000L;
            TableClient client = new TableClient(servers.get(i % servers.size()), http);
            threads.add(Thread.ofPlatform().start(() -> run(client, from)));
        }
    }

    private void run(TableClient client, long from) {
        try {
            work(client, from);
        } catch (TableClient.Refused e) {
            refusal.compareAndSet(null, e);
        } catch (IOException _) {
            // The server does not answer.
            return;
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            working.decrementAndGet();
        }
    }

    private void work(TableClient client, long from) throws IOException {
        Random random = new Random(from);
        for (long batch = from; !stopped; batch += 2) {
            int size = 2 + 2 * random.nextInt(LARGEST / 2);
            told.asked(batch, size);
            long[] ids = client.insert(table, Told.tags(batch, size));
            told.inserted(batch, ids);
            switch (random.nextInt(3)) {
                case 0 -> {
                    told.askedHalf(batch);
                    told.halved(batch, client.update(table, Arrays.copyOf(ids, size / 2),
                            Told.tags(batch + 1, size / 2)));
                }
                case 1 -> {
                    told.askedGone(batch);
                    client.delete(table, ids);
                    told.deleted(batch);
                }
                default -> {
                    // It stays.
                }
            }
        }
    }

    /// Whether all have ended.
    boolean ended() {
        return working.get() == 0;
    }

    /// Has each end after what it is at.
    void stop() {
        stopped = true;
    }

    /// Waits until all have ended.
    ///
    /// @return the first answer by which one was refused something; null if none was
    TableClient.@Nullable Refused join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        Throwable why = failure.get();
        if (why != null) {
            throw new AssertionError(why);
        }
        return refusal.get();
    }

    @Override
    public void close() {
        stopped = true;
        http.shutdownNow();
    }
}
