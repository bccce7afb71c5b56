package org.neuropil.graph.live;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.EditResult;
import org.neuropil.graph.NodeIds;
import org.neuropil.graph.Operation;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.graph.voxels.SupervoxelPatch;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongRBTreeSet;
import it.unimi.dsi.fastutil.longs.LongSortedSet;
import it.unimi.dsi.fastutil.longs.LongSortedSets;

/// Carries edits out: drafts them on the present state, and lets them take effect if nothing that they depend on has
/// changed meanwhile. One that loses against another stands in line and locks the roots that it depended on, or those in
/// their place, before it works itself out again: so one that takes long is not overtaken for ever by those that are
/// quick. It waits while another has a lock, a little longer than a process that died can keep it.
final class Edits {
    private final Journal journal;
    private final GraphStore store;
    private final Clock clock;
    private final RootLocks locks;
    private final ReentrantLock line = new ReentrantLock(true);

    Edits(Journal journal, GraphStore store, Clock clock) throws IOException {
        this.journal = journal;
        this.store = store;
        this.clock = clock;
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

    /// How far an attempt came.
    ///
    /// @param result of the edit; empty if it has to be tried again
    /// @param guards roots that it depended on
    private record Attempt(Optional<EditResult> result, LongSortedSet guards) {
        static Attempt done(EditResult result) {
            return new Attempt(Optional.of(result), LongSortedSets.EMPTY_SET);
        }
    }

    /// Makes an edit, unless it is a repetition of one whose result still stands, or of one that others have edited
    /// since but without leaving anything to do: that one is told again.
    ///
    /// @param digest of the request
    /// @throws EditRefusedException if it cannot be made
    EditResult run(byte[] digest, Drafting drafting) throws IOException {
        try {
            return make(digest, drafting);
        } catch (EditRefusedException e) {
            OperationRow row = e.reason() == Reason.CONFLICT ? last(digest) : null;
            if (row == null) {
                throw e;
            }
            return result(row);
        }
    }

    private EditResult make(byte[] digest, Drafting drafting) throws IOException {
        try (RootLocks.Held held = locks.held()) {
            Attempt attempt = attempt(digest, drafting, held, null);
            if (attempt.result.isPresent()) {
                return attempt.result.get();
            }
            line.lock();
            try {
                Turn turn = new Turn(clock);
                while (turn.lasts()) {
                    // First the locks, then the work: nobody overtakes while it is done, however long it takes.
                    LongSortedSet roots = standing(attempt.guards);
                    if (!held.take(roots)) {
                        await(turn, held, roots);
                        continue;
                    }
                    attempt = attempt(digest, drafting, held, turn);
                    if (attempt.result.isPresent()) {
                        return attempt.result.get();
                    }
                }
            } finally {
                line.unlock();
            }
            throw new EditRefusedException(Reason.BUSY, "Could not acquire root lock: others edit the same objects at "
                    + "this moment. Nothing was changed; try again.");
        }
    }

    /// @param turn of one that locks its roots; null of one that does not
    private Attempt attempt(byte[] digest, Drafting drafting, RootLocks.Held held, @Nullable Turn turn)
            throws IOException {
        Snapshot now = journal.now();
        Optional<EditResult> earlier = earlier(digest, now);
        if (earlier.isPresent()) {
            return Attempt.done(earlier.get());
        }
        Drafted drafted = drafting.on(now);
        if (drafted.draft().isEmpty()) {
            return Attempt.done(new EditResult(Optional.empty(), Instant.ofEpochMilli(now.time()), new long[0],
                    new long[0], new long[0]));
        }
        LongSortedSet guards = drafted.draft().guards;
        // It may depend on more roots than were known before it was worked out.
        if (turn != null && !held.take(guards)) {
            await(turn, held, guards);
            return new Attempt(Optional.empty(), guards);
        }
        OperationRow row = journal.append(drafted.draft(), digest, drafted.patches(), held, drafted.description());
        if (row == null && turn != null) {
            turn.overtaken();
        }
        return new Attempt(Optional.ofNullable(row).map(Edits::result), guards);
    }

    /// The roots that stand now where others stood: themselves, or what took their place.
    private LongSortedSet standing(LongSortedSet roots) throws IOException {
        Snapshot now = journal.now();
        LongRBTreeSet standing = new LongRBTreeSet();
        LongOpenHashSet seen = new LongOpenHashSet();
        LongArrayList open = new LongArrayList(roots);
        while (!open.isEmpty()) {
            long root = open.popLong();
            long operation = seen.add(root) ? now.replacedBy(root) : 0;
            OperationRow row = operation == 0 ? null : journal.find(operation);
            if (row != null) {
                open.addElements(open.size(), row.operation().after());
            } else if (operation == 0 && now.isLatest(root)) {
                standing.add(root);
            }
        }
        return standing;
    }

    /// Waits until nobody else has the locks of roots, or the roots are replaced, which makes their locks worthless, or
    /// the turn is over. While it waits for long, perhaps for a process that died, the line goes on without it.
    private void await(Turn turn, RootLocks.Held held, LongSortedSet roots) throws IOException {
        do {
            Turn.Pause pause = turn.next();
            if (pause.isLong()) {
                line.unlock();
            }
            try {
                LockSupport.parkNanos(pause.nanos());
            } finally {
                if (pause.isLong()) {
                    line.lock();
                }
            }
        } while (turn.lasts() && areLatest(roots) && !held.take(roots));
    }

    private boolean areLatest(LongSortedSet roots) throws IOException {
        Snapshot now = journal.now();
        for (long root : roots) {
            if (!now.isLatest(root)) {
                return false;
            }
        }
        return true;
    }

    /// The last operation that came of a request; null if none did.
    private @Nullable OperationRow last(byte[] digest) throws IOException {
        byte[] id = store.get(Table.META, Keys.meta(Keys.Meta.DIGEST, digest));
        return id == null ? null : journal.find(Keys.number(id, 0));
    }

    private Optional<EditResult> earlier(byte[] digest, Snapshot now) throws IOException {
        OperationRow row = last(digest);
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
