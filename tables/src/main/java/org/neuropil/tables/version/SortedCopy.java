package org.neuropil.tables.version;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.tables.query.Hint;

/// Files of Parquet in which a table's rows stand in an order.
///
/// @param order which
/// @param files in that order
record SortedCopy(Order order, List<File> files) {
    /// One file, and what its rows lie between.
    ///
    /// @param path relative to the table's folder
    /// @param rows how many
    /// @param bytes how large
    /// @param least value of the order's column; null if it has none, or no row has a value
    /// @param most value of the order's column; likewise
    /// @param absent true if some rows have no value in it
    /// @param begin least position of the order's place; null if it has none, or no row has one
    /// @param last greatest position; likewise
    record File(String path, long rows, long bytes, @Nullable Long least, @Nullable Long most, boolean absent,
            @Nullable Int3 begin, @Nullable Int3 last) {
        private boolean mayHoldOneOf(long[] ids) {
            if (least == null || most == null) {
                return false;
            }
            int low = Arrays.binarySearch(ids, least);
            int from = low < 0 ? -low - 1 : low;
            return from < ids.length && ids[from] <= most;
        }

        private boolean mayHoldOneIn(Box box) {
            return begin != null && last != null && begin.x() < box.max().x() && begin.y() < box.max().y()
                    && begin.z() < box.max().z() && last.x() >= box.min().x() && last.y() >= box.min().y()
                    && last.z() >= box.min().z();
        }
    }

    /// Copies the list.
    SortedCopy {
        files = List.copyOf(files);
    }

    /// The files that may hold rows that a hint is true of.
    List<File> files(Hint hint) {
        long[] ids = hint.ids().get(order.column());
        Box box = hint.boxes().get(order.place());
        return files.stream().filter(file -> ids == null || file.mayHoldOneOf(ids))
                .filter(file -> box == null || file.mayHoldOneIn(box)).toList();
    }

    /// What has to be read for a hint, in bytes; a small part of a file where a hint names few ids of its order.
    double cost(Hint hint) {
        double bytes = files(hint).stream().mapToLong(File::bytes).sum();
        Map<String, long[]> ids = hint.ids();
        if (ids.containsKey(order.column()) || order.column().isEmpty() && hint.boxes().containsKey(order.place())) {
            return bytes / 16;
        }
        // A join by what rows are in order of finds the next ones where it found those before: it takes half the time.
        int key = hint.keys().indexOf(order.column());
        return key < 0 ? bytes : key == 0 ? bytes / 2 : bytes / 1.5;
    }
}
