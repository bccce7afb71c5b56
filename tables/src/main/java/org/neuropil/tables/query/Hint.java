package org.neuropil.tables.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.space.Box;

/// What is known of the rows that somebody will look at, which is true of each of them, and how they are looked at.
///
/// @param ids by the name of a column of ids: the values that it has one of, ascending
/// @param boxes by the name of a point: a box in voxels of the table that holds its positions
/// @param keys columns of ids that the rows are joined or grouped by, in this order: rows in the order of the first of them are read
///     fastest
public record Hint(Map<String, long[]> ids, Map<String, Box> boxes, List<String> keys) {
    /// Nothing is known.
    public static final Hint NONE = new Hint(Map.of());

    /// Copies the maps, and sorts the ids.
    public Hint {
        Map<String, long[]> sorted = new HashMap<>();
        ids.forEach((column, values) -> sorted.put(column, Arrays.stream(values).sorted().distinct().toArray()));
        ids = Map.copyOf(sorted);
        boxes = Map.copyOf(boxes);
        keys = List.copyOf(keys);
    }

    /// @param ids by the name of a column of ids: the values that it has one of
    public Hint(Map<String, long[]> ids) {
        this(ids, Map.of(), List.of());
    }

    /// The same, of rows that are joined or grouped by some columns.
    Hint by(List<String> columns) {
        return new Hint(ids, boxes, columns);
    }
}
