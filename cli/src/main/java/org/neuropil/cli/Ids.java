package org.neuropil.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// Ids as they are printed: unsigned, and as text, for programs would take such numbers for floating-point ones and round
/// them.
final class Ids {
    private Ids() {}

    static String text(long id) {
        return Long.toUnsignedString(id);
    }

    /// Separated by spaces, for a cell of a table.
    static String text(long[] ids) {
        return Arrays.stream(ids).mapToObj(Ids::text).collect(Collectors.joining(" "));
    }

    /// For JSON.
    static List<String> list(long[] ids) {
        return Arrays.stream(ids).mapToObj(Ids::text).toList();
    }
}
