package org.neuropil.imglib2;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.img.cell.Cell;

/// Memory for the chunks of images. What was not used for longest goes when it is full; and all of it may go earlier where
/// the program needs memory for something else, for it is softly referenced.
final class Room {
    /// Of all images together: a quarter of what Java may have.
    static final Room SHARED = new Room(Runtime.getRuntime().maxMemory() / 4);

    private final long most;
    private final Set<Kept> order = new LinkedHashSet<>();
    private final ReferenceQueue<Cell<ArrayDataAccess<?>>> cleared = new ReferenceQueue<>();
    private long bytes;

    /// @param most bytes of voxels
    Room(long most) {
        this.most = most;
    }

    /// A cell in its place. Knows that place, so that nothing is left of it once it is cleared.
    static final class Kept extends SoftReference<Cell<ArrayDataAccess<?>>> {
        private final Map<Long, Kept> place;
        private final long index;
        private final long size;
        private volatile boolean used;

        Kept(Map<Long, Kept> place, long index, Cell<ArrayDataAccess<?>> cell, long size,
                ReferenceQueue<Cell<ArrayDataAccess<?>>> cleared) {
            super(cell, cleared);
            this.place = place;
            this.index = index;
            this.size = size;
        }

        /// The cell, if it is still there.
        @Nullable
        Cell<ArrayDataAccess<?>> use() {
            if (!used) {
                used = true; // written once, since many threads read here
            }
            return get();
        }
    }

    /// Keeps a cell in a map until there is no more room.
    ///
    /// @param size of its voxels in bytes
    synchronized void keep(Map<Long, Kept> place, long index, Cell<ArrayDataAccess<?>> cell, long size) {
        for (Reference<?> one = cleared.poll(); one != null; one = cleared.poll()) {
            forget((Kept) one);
        }
        Kept kept = new Kept(place, index, cell, size, cleared);
        Kept before = place.put(index, kept);
        if (before != null) {
            forget(before);
        }
        order.add(kept);
        bytes += size;
        // Each gets a second chance if it was used since the last time, but only one in a row.
        for (int chances = order.size(); bytes > most && !order.isEmpty(); chances--) {
            Iterator<Kept> oldest = order.iterator();
            Kept one = oldest.next();
            if (one.used && chances > 0) {
                oldest.remove();
                one.used = false;
                order.add(one);
            } else {
                forget(one);
            }
        }
    }

    private void forget(Kept one) {
        if (order.remove(one)) {
            bytes -= one.size;
            one.place.remove(one.index, one);
        }
    }
}
