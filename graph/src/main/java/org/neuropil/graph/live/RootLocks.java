package org.neuropil.graph.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;

import it.unimi.dsi.fastutil.longs.LongSortedSet;

/// Locks on roots, for edits that lost against others too often: rows of the store, so that they hold for all servers of
/// a graph. What makes edits correct is the log; a lock only keeps others from overtaking its holder for a while.
final class RootLocks {
    /// So long a lock lasts unless it is given back.
    static final long HELD_MILLIS = 20_000;

    private final GraphStore store;
    private final Clock clock;

    /// Where no other process can hold locks, those that are there are of one that died, and go.
    RootLocks(GraphStore store, Clock clock) throws IOException {
        this.store = store;
        this.clock = clock;
        if (store.isExclusive()) {
            List<byte[]> left = new ArrayList<>();
            store.scan(Table.META, Keys.meta(Keys.Meta.LOCK), Keys.behind(Keys.Meta.LOCK),
                    (key, value) -> left.add(key));
            for (byte[] key : left) {
                store.replace(Table.META, key, store.get(Table.META, key), null);
            }
        }
    }

    /// Locks that an edit holds.
    final class Held implements AutoCloseable {
        private final UUID owner = UUID.randomUUID();
        private final List<Long> roots = new ArrayList<>();

        /// Takes the locks of roots, all or none. One that it has is prolonged if it would end soon.
        ///
        /// @return false if somebody else has one
        boolean take(LongSortedSet wanted) throws IOException {
            for (long root : wanted) {
                byte[] key = Keys.meta(Keys.Meta.LOCK, root);
                byte[] there = store.get(Table.META, key);
                long left = there == null ? 0 : expires(there) - clock.millis();
                boolean own = there != null && isOwn(there);
                if (own && left > HELD_MILLIS / 2) {
                    continue;
                }
                if (!own && left > 0 || !store.replace(Table.META, key, there, value())) {
                    close();
                    return false;
                }
                if (!roots.contains(root)) {
                    roots.add(root);
                }
            }
            return true;
        }

        /// True if nobody else holds the lock of one of these roots.
        boolean mayPass(LongSortedSet wanted) throws IOException {
            for (long root : wanted) {
                byte[] there = store.get(Table.META, Keys.meta(Keys.Meta.LOCK, root));
                if (there != null && !isOwn(there) && expires(there) > clock.millis()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            for (long root : roots) {
                byte[] key = Keys.meta(Keys.Meta.LOCK, root);
                byte[] there = store.get(Table.META, key);
                if (there != null && isOwn(there)) {
                    // If somebody took it after it had expired, it is theirs.
                    store.replace(Table.META, key, there, null);
                }
            }
            roots.clear();
        }

        private byte[] value() {
            return ByteBuffer.allocate(24).putLong(clock.millis() + HELD_MILLIS)
                    .putLong(owner.getMostSignificantBits()).putLong(owner.getLeastSignificantBits()).array();
        }

        private boolean isOwn(byte[] value) {
            return Keys.number(value, 8) == owner.getMostSignificantBits()
                    && Keys.number(value, 16) == owner.getLeastSignificantBits();
        }
    }

    /// Nothing yet.
    Held held() {
        return new Held();
    }

    private static long expires(byte[] value) {
        return Keys.number(value, 0);
    }
}
