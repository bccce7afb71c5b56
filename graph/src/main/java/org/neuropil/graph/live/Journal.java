package org.neuropil.graph.live;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.Operation;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Put;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.voxels.SupervoxelPatch;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// The log: every operation in the order in which they took effect. An operation is there if and only if its row is; the
/// row holds everything that follows, and whoever comes next writes what is missing.
///
/// A row is appended by a conditional write of the next number. So operations have one order on every store, whatever
/// processes write to it. Their times ascend, and a new one is later than every moment that this process has read at.
final class Journal {
    /// Beyond these milliseconds cannot count.
    private static final Instant LEAST = Instant.ofEpochMilli(Long.MIN_VALUE / 2);
    private static final Instant MOST = Instant.ofEpochMilli(Long.MAX_VALUE / 2);

    private final GraphStore store;
    private final Overlay overlay;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicLong served = new AtomicLong(Long.MIN_VALUE);
    private volatile Head head;
    /// True if the log may hold more than this process has applied, other than what it is appending.
    private volatile boolean behind = true;
    /// True while the time of an edit has been or is about to be chosen and reads do not see the edit yet.
    private volatile boolean appending;

    /// The last operation that reads see.
    ///
    /// @param id 0 if there is none
    /// @param time of it, or of ingest; milliseconds
    record Head(long id, long time) {}

    /// What an edit is, apart from what it does.
    @FunctionalInterface
    interface Description {
        /// The operation with the id, time and nodes that it gets.
        Operation operation(long id, Instant time, Draft.Numbered nodes);
    }

    /// Opens the log and writes rows that an earlier process did not come to.
    Journal(GraphStore store, Overlay overlay, Clock clock) throws IOException {
        this.store = store;
        this.overlay = overlay;
        this.clock = clock;
        long applied = applied();
        // After that: chunks that later operations touch are marked when these are applied.
        overlay.loadTouched();
        this.head = new Head(applied, applied == 0 ? overlay.info().ingested().toEpochMilli() : read(applied).time());
        sync();
    }

    /// The present state, of which a read that begins now must not miss anything.
    Snapshot now() throws IOException {
        sync();
        return new Snapshot(overlay, head.time());
    }

    /// The state at a moment. No later operation will change it.
    Snapshot at(Instant at) throws IOException {
        Instant counted = at.isBefore(LEAST) ? LEAST : at.isAfter(MOST) ? MOST : at;
        long time = counted.toEpochMilli();
        if (time >= head.time()) {
            served.accumulateAndGet(Math.min(time, clock.millis()), Math::max);
            // An edit that is being appended either sees that moment or is seen here.
            if (appending) {
                lock.lock();
                lock.unlock();
            }
            sync();
        }
        return new Snapshot(overlay, Math.min(time, head.time()));
    }

    /// The row of an operation, null if there is none.
    @Nullable
    OperationRow find(long id) throws IOException {
        byte[] bytes = id <= 0 ? null : store.get(Table.OPERATIONS, Keys.of(id));
        return bytes == null ? null : OperationRow.parse(id, bytes);
    }

    /// Applies what other processes have appended, or this one without knowing. An edit that this process is appending to a
    /// store of its own need not be waited for: nobody has been told of it.
    void sync() throws IOException {
        if (store.isExclusive() && !behind) {
            return;
        }
        if (!behind && store.get(Table.OPERATIONS, Keys.of(head.id() + 1)) == null) {
            return;
        }
        lock.lock();
        try {
            catchUp();
        } finally {
            lock.unlock();
        }
    }

    /// Lets an edit take effect, if nothing that it depends on has changed since it was drafted.
    ///
    /// @return the row, null if the edit has to be drafted again
    @Nullable
    OperationRow append(Draft draft, byte[] digest, List<SupervoxelPatch> patches, RootLocks.Held locks,
            Description description) throws IOException {
        lock.lock();
        try {
            appending = true;
            while (true) {
                catchUp();
                if (!locks.mayPass(draft.guards) || !isCurrent(draft)) {
                    return null;
                }
                Long2LongOpenHashMap next = new Long2LongOpenHashMap();
                for (long chunk : draft.chunks()) {
                    next.put(chunk, overlay.nextNumber(chunk));
                }
                Draft.Numbered numbered = draft.number(next);
                long id = head.id() + 1;
                long time = Math.max(clock.millis(), Math.max(head.time(), served.get()) + 1);
                Operation operation = description.operation(id, Instant.ofEpochMilli(time), numbered);
                OperationRow row = new OperationRow(operation, digest, numbered.nodes(), edges(draft, numbered),
                        patches(patches, numbered));
                if (write(row)) {
                    return row;
                }
            }
        } finally {
            appending = false;
            lock.unlock();
        }
    }

    /// @return false if another process has appended an operation
    private boolean write(OperationRow row) throws IOException {
        boolean applied = false;
        try {
            if (replaced(Keys.of(row.id()), row.toBytes())) {
                apply(row, true);
                applied = true;
            }
            return applied;
        } finally {
            // If this fails half-way, the row may be there: then it counts, and the next call finds it.
            if (!applied) {
                behind = true;
            }
        }
    }

    /// @throws IOException if the store gives no answer and has no row yet: it may still come
    private boolean replaced(byte[] key, byte[] row) throws IOException {
        try {
            return store.replace(Table.OPERATIONS, key, null, row);
        } catch (IOException e) {
            byte[] there = store.get(Table.OPERATIONS, key);
            if (there == null) {
                throw e;
            }
            return Arrays.equals(there, row);
        }
    }

    private static List<ExtraEdge> edges(Draft draft, Draft.Numbered numbered) {
        return draft.made.stream().map(edge -> new ExtraEdge(numbered.id(edge.own()), numbered.id(edge.far()),
                edge.affinity(), edge.area())).map(edge -> edge.own() < edge.far() ? edge : edge.reversed()).toList();
    }

    private List<OperationRow.Patch> patches(List<SupervoxelPatch> patches, Draft.Numbered numbered) {
        return patches.stream().map(patch -> new OperationRow.Patch(overlay.ids().chunkAt(patch.whole(), 2),
                patch.whole(), patch.withIds(numbered::id).toBytes())).toList();
    }

    Head head() {
        return head;
    }

    private boolean isCurrent(Draft draft) throws IOException {
        Snapshot now = new Snapshot(overlay, head.time());
        for (long root : draft.guards) {
            if (!now.isLatest(root)) {
                return false;
            }
        }
        return true;
    }

    private void catchUp() throws IOException {
        if (store.isExclusive() && !behind) {
            return;
        }
        long applied = applied();
        store.scan(Table.OPERATIONS, Keys.of(head.id() + 1), null, (key, value) -> {
            long id = Keys.number(key, 0);
            // What is written during a scan may be missing in it, before what was written after.
            while (head.id() + 1 < id) {
                apply(read(head.id() + 1), head.id() + 1 > applied);
            }
            apply(OperationRow.parse(id, value), id > applied);
            return true;
        });
        behind = false;
    }

    private void apply(OperationRow row, boolean write) throws IOException {
        overlay.apply(row, write);
        if (write) {
            store.put(List.of(new Put(Table.META, Keys.meta(Keys.Meta.APPLIED), Keys.of(row.id()))));
        }
        head = new Head(row.id(), row.time());
    }

    private long applied() throws IOException {
        byte[] value = store.get(Table.META, Keys.meta(Keys.Meta.APPLIED));
        return value == null ? 0 : Keys.number(value, 0);
    }

    private OperationRow read(long id) throws IOException {
        OperationRow row = find(id);
        if (row == null) {
            throw new IOException("the graph's log is damaged: operation " + id + " is missing");
        }
        return row;
    }
}
