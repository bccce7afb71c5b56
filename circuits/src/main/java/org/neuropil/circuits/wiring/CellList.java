package org.neuropil.circuits.wiring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.neuropil.pipeline.Json;

/// A list of cells that decides what is counted, known by its content: lists of one name differ from release to release.
///
/// @param name what it lists
/// @param from table, file or rule that it comes from
/// @param size how many cells
/// @param sha256 of their ids, each once, ascending, unsigned in decimal digits, a line feed behind each
public record CellList(String name, String from, int size, String sha256) {
    /// Describes ids.
    ///
    /// @param ids in any order, perhaps repeated
    public static CellList of(String name, String from, long[] ids) {
        long[] sorted = Arrays.stream(ids).map(id -> id ^ Long.MIN_VALUE).sorted().distinct()
                .map(id -> id ^ Long.MIN_VALUE).toArray();
        String lines = Arrays.stream(sorted).mapToObj(id -> Long.toUnsignedString(id) + "\n")
                .collect(Collectors.joining());
        return new CellList(name, from, sorted.length, Json.sha256(lines.getBytes(StandardCharsets.US_ASCII)));
    }
}
