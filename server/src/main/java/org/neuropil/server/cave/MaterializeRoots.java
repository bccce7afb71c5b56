package org.neuropil.server.cave;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.neuropil.server.http.Problem;
import org.neuropil.tables.Roots;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Values;

/// Holds roots that a live query asks for against the moment that it is about: whoever asks for a cell that is not one
/// then would take no rows for an answer.
final class MaterializeRoots {
    private static final int MOST_TOLD = 20;

    private MaterializeRoots() {}

    /// Filters of which all roots are current.
    ///
    /// @param warning what the client has to be told
    record Checked(List<Filter> filters, Optional<String> warning) {}

    /// @param drop true to leave out what is not current, false to refuse it
    /// @throws Problem 400 if something is refused
    static Checked check(List<Filter> filters, Roots roots, Instant at, boolean drop) throws IOException {
        // What lies outside of all cells has root 0 at any time.
        long[] ids = filters.stream().flatMapToLong(filter -> Arrays.stream(roots(filter))).filter(id -> id != 0)
                .sorted().distinct().toArray();
        boolean[] latest = roots.isLatest(ids, at);
        long[] old = IntStream.range(0, ids.length).filter(i -> !latest[i]).mapToLong(i -> ids[i]).toArray();
        if (old.length == 0) {
            return new Checked(filters, Optional.empty());
        }
        String words = "Some root_ids passed are not valid at the query timestamp: ["
                + Arrays.stream(old).limit(MOST_TOLD).mapToObj(Long::toString).collect(Collectors.joining(", "))
                + (old.length > MOST_TOLD ? ", ..." : "") + "]";
        if (!drop) {
            throw new Problem(400, words, "", "");
        }
        List<Filter> kept = new ArrayList<>();
        for (Filter filter : filters) {
            long[] found = roots(filter);
            kept.add(Arrays.stream(found).noneMatch(id -> Arrays.binarySearch(old, id) >= 0)
                    ? filter
                    : new Filter.In(column(filter),
                            new Values.Longs(
                                    Arrays.stream(found).filter(id -> Arrays.binarySearch(old, id) < 0).toArray()),
                            false));
        }
        return new Checked(kept, Optional.of(words));
    }

    private static ColumnRef column(Filter filter) {
        return switch (filter) {
            case Filter.Compare compare -> compare.column();
            case Filter.In in -> in.column();
            default -> throw new IllegalArgumentException(String.valueOf(filter));
        };
    }

    /// Roots that rows have to have one of. What is none is told by whoever answers the query.
    private static long[] roots(Filter filter) {
        return switch (filter) {
            case Filter.Compare(ColumnRef column, Filter.Comparison comparison, Object value) when comparison == Filter.Comparison.EQUAL
                    && isRoot(column) && value instanceof Long id && id >= 0 ->
                new long[]{id};
            case Filter.In(ColumnRef column, Values.Longs(long[] ids), boolean negated) when !negated
                    && isRoot(column) && Arrays.stream(ids).allMatch(id -> id >= 0) ->
                ids;
            default -> new long[0];
        };
    }

    private static boolean isRoot(ColumnRef column) {
        return column.column().endsWith("root_id");
    }
}
