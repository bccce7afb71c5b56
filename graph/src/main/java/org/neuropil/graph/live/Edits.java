package org.neuropil.graph.live;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.voxels.SupervoxelPatch;

/// Carries edits out: drafts them on the present state, and lets them take effect if nothing that they depend on has
/// changed meanwhile. One that loses against another stands in line in this process and, against other processes,
/// locks the roots that it depends on.
final class Edits {
    private static final int OPTIMISTIC = 1;
    private static final int MOST_TRIES = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    private final Journal journal;
    private final GraphStore store;
    private final RootLocks locks;
    private final ReentrantLock line = new ReentrantLock(true);

    Edits(Journal journal, GraphStore store, Clock clock) throws IOException {
        this.journal = journal;
        this.store = store;
        this.locks = new RootLocks(store, clock);
    }

    /// What an edit would do to a state.
    @FunctionalInterface
    interface Drafting {
        /// @throws EditRefusedException if it cannot be made
        Drafted on(Snapshot now) throws IOException;
    }

    /// A worked out edit.
    ///
    /// @param draft what changes
    /// @param patches voxels of supervoxels that it cuts
    /// @param description for the log; sees what the draft says about edges and roots
    record Drafted(Draft draft, List<SupervoxelPatch> patches, Journal.Description description) {}

    /// Makes an edit, unless it is a repetition of one whose result still stands.
    ///
    /// @param digest of the request
    /// @throws EditRefusedException if it cannot be made
    EditResult run(byte[] digest, Drafting drafting) throws IOException {
        try (RootLocks.Held held = locks.held()) {
            for (int attempt = 0; attempt < OPTIMISTIC; attempt++) {
                Optional<EditResult> result = attempt(digest, drafting, held, false);
                if (result.isPresent()) {
                    return result.get();
                }
            }
            line.lock();
            try {
                for (int attempt = OPTIMISTIC; attempt < MOST_TRIES; attempt++) {
                    Optional<EditResult> result = attempt(digest, drafting, held, true);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
            } finally {
                line.unlock();
            }
            throw new EditRefusedException(Reason.BUSY, "Could not acquire root lock: others edit the same objects at "
                    + "this moment. Nothing was changed; try again.");
        }
    }

    /// @param locked whether to lock the roots first
    /// @return empty if it has to be tried again
    private Optional<EditResult> attempt(byte[] digest, Drafting drafting, RootLocks.Held held, boolean locked)
            throws IOException {
        Snapshot now = journal.now();
        Optional<EditResult> earlier = earlier(digest, now);
        if (earlier.isPresent()) {
            return earlier;
        }
        Drafted drafted = drafting.on(now);
        if (drafted.draft().isEmpty()) {
            return Optional.of(new EditResult(Optional.empty(), Instant.ofEpochMilli(now.time()), new long[0],
                    new long[0], new long[0]));
        }
        if (locked && !held.take(drafted.draft().guards)) {
            LockSupport.parkNanos(PAUSE_NANOS);
            return Optional.empty();
        }
        OperationRow row = journal.append(drafted.draft(), digest, drafted.patches(), held, drafted.description());
        return row == null ? Optional.empty() : Optional.of(result(row));
    }

    private Optional<EditResult> earlier(byte[] digest, Snapshot now) throws IOException {
        byte[] id = store.get(Table.META, Keys.meta(Keys.Meta.DIGEST, digest));
        OperationRow row = id == null ? null : journal.find(Keys.number(id, 0));
        if (row == null || row.time() > now.time()) {
            return Optional.empty();
        }
        for (long root : row.operation().after()) {
            if (!now.isLatest(root)) {
                return Optional.empty();
            }
        }
        return Optional.of(result(row));
    }

    private static EditResult result(OperationRow row) {
        Operation operation = row.operation();
        long[] level2 = row.nodes().stream().mapToLong(NewNode::id).filter(id -> NodeIds.layer(id) == 2).sorted()
                .toArray();
        return new EditResult(Optional.of(operation.id()), operation.time(), operation.before(), operation.after(),
                level2);
    }
}
