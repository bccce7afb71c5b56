package org.neuropil.graph.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.store.GraphStore.Table;

import com.google.cloud.bigtable.data.v2.models.Filters;
import com.google.cloud.bigtable.data.v2.models.Filters.Filter;
import com.google.cloud.bigtable.data.v2.models.Mutation;
import com.google.cloud.bigtable.data.v2.models.MutationApi;
import com.google.cloud.bigtable.data.v2.models.Row;
import com.google.protobuf.ByteString;

/// How rows lie in Bigtable: a letter for the table before the key, the value in one column. All cells bear the time 0, so
/// that a write takes the place of the one before it whatever clocks say, and there are never two versions to choose from.
///
/// A filter may have 20 KB, too little for values to be compared with: a longer value has its SHA-256 in a column beside it,
/// which is compared instead.
final class BigtableRows {
    static final String FAMILY = "g";
    static final int LONG_VALUE = 4096;

    private static final ByteString VALUE = ByteString.copyFromUtf8("v");
    private static final ByteString DIGEST = ByteString.copyFromUtf8("d");
    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);

    private BigtableRows() {}

    private static int letter(Table table) {
        return switch (table) {
            case BASE -> 'b';
            case EDGES -> 'e';
            case CROSS -> 'c';
            case PARENTS -> 'p';
            case NODES -> 'n';
            case ADDED -> 'a';
            case OPERATIONS -> 'o';
            case META -> 'm';
        };
    }

    static ByteString key(Table table, byte[] key) {
        return ByteString.copyFrom(new byte[]{(byte) letter(table)}).concat(ByteString.copyFrom(key));
    }

    /// Key behind a range.
    static ByteString end(Table table, byte @Nullable [] to) {
        return to == null ? ByteString.copyFrom(new byte[]{(byte) (letter(table) + 1)}) : key(table, to);
    }

    static byte[] key(Row row) {
        return row.getKey().substring(1).toByteArray();
    }

    static byte[] value(Row row) {
        return row.getCells().getFirst().getValue().toByteArray();
    }

    /// Passes the value of a row.
    static Filter values() {
        return column(VALUE);
    }

    private static Filter column(ByteString qualifier) {
        return Filters.FILTERS.chain().filter(Filters.FILTERS.family().exactMatch(FAMILY))
                .filter(Filters.FILTERS.qualifier().exactMatch(qualifier))
                .filter(Filters.FILTERS.limit().cellsPerColumn(1));
    }

    /// Passes something if the row has this value, by a range of values, since patterns would need escaping.
    static Filter hasValue(byte[] value) {
        boolean isLong = value.length > LONG_VALUE;
        ByteString bytes = ByteString.copyFrom(isLong ? digest(value) : value);
        // From it up to the next possible one.
        return Filters.FILTERS.chain().filter(column(isLong ? DIGEST : VALUE))
                .filter(Filters.FILTERS.value().range().startClosed(bytes).endOpen(bytes.concat(ZERO)));
    }

    static void write(MutationApi<?> row, byte[] value) {
        row.setCell(FAMILY, VALUE, 0, ByteString.copyFrom(value));
        if (value.length > LONG_VALUE) {
            row.setCell(FAMILY, DIGEST, 0, ByteString.copyFrom(digest(value)));
        } else {
            row.deleteCells(FAMILY, DIGEST);
        }
    }

    /// @param value null to delete the row
    static Mutation mutation(byte @Nullable [] value) {
        Mutation mutation = Mutation.create();
        if (value == null) {
            mutation.deleteRow();
        } else {
            write(mutation, value);
        }
        return mutation;
    }

    private static byte[] digest(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
