package org.neuropil.tables.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;

/// Reads rows that a database answers with. Moments come as microseconds, see [#select].
final class RowReader {
    private static final int FIRST = 64;

    private RowReader() {}

    /// An expression by which a column is read.
    static String select(Dialect dialect, String expression, Column column) {
        return switch (column.type()) {
            case TIMESTAMP -> dialect.micros(expression);
            default -> expression;
        };
    }

    /// Reads all rows.
    ///
    /// @param columns those of the answer, in order
    static Rows read(ResultSet result, List<Column> columns) throws SQLException {
        List<Filling> fillings = new ArrayList<>();
        for (Column column : columns) {
            fillings.add(switch (column.type()) {
                case ID, INT64, TIMESTAMP -> new Longs();
                case INT32 -> new Ints();
                case FLOAT32 -> new Floats();
                case FLOAT64 -> new Doubles();
                case BOOLEAN -> new Booleans();
                case TEXT -> new Texts();
            });
        }
        int size = 0;
        int room = FIRST;
        while (result.next()) {
            if (size == room) {
                room = Math.addExact(room, Math.min(room, Integer.MAX_VALUE - 8 - room));
                for (Filling filling : fillings) {
                    filling.grow(room);
                }
            }
            for (int i = 0; i < columns.size(); i++) {
                fillings.get(i).read(result, i + 1, size);
            }
            size++;
        }
        List<ColumnData> data = new ArrayList<>();
        for (Filling filling : fillings) {
            filling.grow(size);
            data.add(filling.done());
        }
        return new Rows(columns, data);
    }

    /// A column while it is read.
    private abstract static class Filling {
        @Nullable
        BitSet absent;

        abstract void read(ResultSet result, int column, int row) throws SQLException;

        abstract void grow(int room);

        abstract ColumnData done();

        final void mark(ResultSet result, int row) throws SQLException {
            if (result.wasNull()) {
                BitSet set = absent == null ? new BitSet() : absent;
                set.set(row);
                absent = set;
            }
        }
    }

    private static final class Longs extends Filling {
        private long[] values = new long[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getLong(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Longs(values, absent);
        }
    }

    private static final class Ints extends Filling {
        private int[] values = new int[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getInt(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Ints(values, absent);
        }
    }

    private static final class Floats extends Filling {
        private float[] values = new float[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getFloat(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Floats(values, absent);
        }
    }

    private static final class Doubles extends Filling {
        private double[] values = new double[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getDouble(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Doubles(values, absent);
        }
    }

    private static final class Booleans extends Filling {
        private boolean[] values = new boolean[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getBoolean(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Booleans(values, absent);
        }
    }

    private static final class Texts extends Filling {
        private @Nullable String[] values = new @Nullable String[FIRST];

        @Override
        void read(ResultSet result, int column, int row) throws SQLException {
            values[row] = result.getString(column);
            mark(result, row);
        }

        @Override
        void grow(int room) {
            values = Arrays.copyOf(values, room);
        }

        @Override
        ColumnData done() {
            return new ColumnData.Texts(values, absent);
        }
    }
}
