package org.neuropil.tables.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.neuropil.space.Box;

/// What is known of the rows that somebody will look at: all of it is true of each of them.
///
/// @param ids by the name of a column of ids: the values that it has one of, ascending
/// @param boxes by the name of a point: a box in voxels of the table that holds its positions
public record Hint(Map<String, long[]> ids, Map<String, Box> boxes) {
    /// Nothing is known.
    public static final Hint NONE = new Hint(Map.of(), Map.of());

    /// Copies the maps, and sorts the ids.
    public Hint {
        Map<String, long[]> sorted = new HashMap<>();
        ids.forEach((column, values) -> sorted.put(column, Arrays.stream(values).sorted().distinct().toArray()));
        ids = Map.copyOf(sorted);
        boxes = Map.copyOf(boxes);
    }
}
