package org.neuropil.graph.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Locks of rows within a process. A caller locks all the rows that it needs at once or waits for all of them, holding
/// none, so that nobody waits in a circle.
final class RowLocks {
    /// What is locked.
    static final class Key {
        private final GraphStore.Table table;
        private final byte[] key;
        private final int hash;

        Key(GraphStore.Table table, byte[] key) {
            this.table = table;
            this.key = key;
            this.hash = Arrays.hashCode(key) * 31 + table.ordinal();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && table == that.table && Arrays.equals(key, that.key);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Set<Key> held = new HashSet<>();

    /// Waits until nobody holds any of these rows, and takes them.
    void lock(Set<Key> keys) {
        lock.lock();
        try {
            while (!held.isEmpty() && !Collections.disjoint(held, keys)) {
                released.awaitUninterruptibly();
            }
            held.addAll(keys);
        } finally {
            lock.unlock();
        }
    }

    /// Gives rows back that this caller holds.
    void unlock(Set<Key> keys) {
        lock.lock();
        try {
            keys.forEach(held::remove);
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
