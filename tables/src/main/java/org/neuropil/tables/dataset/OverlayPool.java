package org.neuropil.tables.dataset;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.neuropil.tables.query.Engine;
import org.neuropil.tables.version.Overlay;
import org.neuropil.tables.version.TableState;

/// The overlays of a table that are in use, and a few more that may be soon. One that nobody reads is moved on to the
/// moment that is asked for, which costs what changed since; one that is being read stays where it is, so that nobody waits
/// for those who read for long.
final class OverlayPool {
    /// Idle ones that are kept: that of the present, and a few moments that are asked for again and again.
    private static final int KEPT = 3;

    private final Engine engine;
    private final List<Lent> all = new ArrayList<>();
    private long turn;

    OverlayPool(Engine engine) {
        this.engine = engine;
    }

    /// Makes an overlay that is at no later moment than the one asked for, if that can be.
    @FunctionalInterface
    interface Maker {
        Overlay make(Instant at) throws IOException;
    }

    /// An overlay that stays where it is until it is given back.
    static final class Lent {
        private final Overlay overlay;
        private int readers;
        private long used;

        private Lent(Overlay overlay) {
            this.overlay = overlay;
        }

        TableState state() {
            return overlay.state();
        }
    }

    /// One at a moment.
    ///
    /// @param store moment of rows
    /// @param roots moment of roots
    synchronized Lent lend(Instant store, Instant roots, Maker maker) throws IOException {
        Lent found = at(store, roots).or(() -> idleBefore(store, roots)).orElse(null);
        if (found == null) {
            found = new Lent(maker.make(store));
            all.add(found);
        }
        if (!found.overlay.storeAt().equals(store) || !found.overlay.rootsAt().equals(roots)) {
            move(found, store, roots);
        }
        found.readers++;
        found.used = ++turn;
        return found;
    }

    private void move(Lent lent, Instant store, Instant roots) throws IOException {
        try (Engine.Lease lease = engine.lease()) {
            boolean done = false;
            try {
                lent.overlay.move(lease.connection(), store, roots);
                done = true;
            } finally {
                if (!done) {
                    all.remove(lent);
                    dropQuietly(lent, lease);
                }
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static void dropQuietly(Lent lent, Engine.Lease lease) {
        try {
            lent.overlay.drop(lease.connection());
        } catch (SQLException _) {
            // Why it could not be moved is told.
            return;
        }
    }

    private Optional<Lent> at(Instant store, Instant roots) {
        return all.stream().filter(one -> one.overlay.storeAt().equals(store) && one.overlay.rootsAt().equals(roots))
                .findFirst();
    }

    private Optional<Lent> idleBefore(Instant store, Instant roots) {
        return all.stream().filter(one -> one.readers == 0 && !one.overlay.storeAt().isAfter(store)
                && !one.overlay.rootsAt().isAfter(roots)).max(Comparator.comparing(one -> one.overlay.rootsAt()));
    }

    /// Takes one back.
    synchronized void back(Lent lent) throws IOException {
        lent.readers--;
        if (!all.contains(lent)) {
            if (lent.readers == 0) {
                drop(List.of(lent));
            }
            return;
        }
        List<Lent> idle = all.stream().filter(one -> one.readers == 0)
                .sorted(Comparator.comparingLong(one -> one.used)).toList();
        if (idle.size() > KEPT) {
            all.remove(idle.getFirst());
            drop(List.of(idle.getFirst()));
        }
    }

    /// Lends none of those that there are any more; what is being read goes when it is given back.
    synchronized void clear() throws IOException {
        List<Lent> idle = all.stream().filter(one -> one.readers == 0).toList();
        all.clear();
        drop(idle);
    }

    private void drop(List<Lent> some) throws IOException {
        if (some.isEmpty()) {
            return;
        }
        try (Engine.Lease lease = engine.lease()) {
            for (Lent one : some) {
                one.overlay.drop(lease.connection());
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static IOException failure(SQLException e) {
        return new IOException("tables cannot be brought to a moment: " + e.getMessage(), e);
    }
}
