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

    private final List<Column> columns;
    private final List<Filling> fillings = new ArrayList<>();
    private int size;
    private int room = FIRST;

    /// An expression by which a column is read.
    static String select(Dialect dialect, String expression, Column column) {
        return switch (column.type()) {
            case TIMESTAMP -> dialect.micros(expression);
            default -> expression;
        };
    }

    /// Values of a column, of which one is asked for, and then whether it was absent.
    interface Values {
        long longAt(long row) throws SQLException;

        int intAt(long row) throws SQLException;

        float floatAt(long row) throws SQLException;

        double doubleAt(long row) throws SQLException;

        boolean booleanAt(long row) throws SQLException;

        @Nullable
        String textAt(long row) throws SQLException;

        boolean isAbsent(long row) throws SQLException;
    }

    /// @param columns those of the answer, in order
    RowReader(List<Column> columns) {
        this.columns = columns;
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
    }

    /// Reads all rows of an answer.
    static Rows read(ResultSet result, List<Column> columns) throws SQLException {
        RowReader reader = new RowReader(columns);
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(new Current(result, i + 1));
        }
        while (result.next()) {
            reader.add(values, 1);
        }
        return reader.rows();
    }

    /// Adds rows.
    ///
    /// @param values by column
    void add(List<Values> values, int count) throws SQLException {
        if (size + count > room) {
            if (room > Integer.MAX_VALUE / 2 - count) {
                throw new SQLException("more than " + size + " rows in an answer; ask for less at a time");
            }
            room = Math.max(2 * room, size + count);
            fillings.forEach(filling -> filling.grow(room));
        }
        for (int i = 0; i < fillings.size(); i++) {
            Filling filling = fillings.get(i);
            Values from = values.get(i);
            for (int row = 0; row < count; row++) {
                filling.read(from, row, size + row);
                if (from.isAbsent(row)) {
                    filling.mark(size + row);
                }
            }
        }
        size += count;
    }

    /// What was added.
    Rows rows() {
        List<ColumnData> data = new ArrayList<>();
        for (Filling filling : fillings) {
            filling.grow(size);
            data.add(filling.done());
        }
        return new Rows(columns, data);
    }

    /// The row at which an answer stands.
    private record Current(ResultSet result, int column) implements Values {
        @Override
        public long longAt(long row) throws SQLException {
            return result.getLong(column);
        }

        @Override
        public int intAt(long row) throws SQLException {
            return result.getInt(column);
        }

        @Override
        public float floatAt(long row) throws SQLException {
            return result.getFloat(column);
        }

        @Override
        public double doubleAt(long row) throws SQLException {
            return result.getDouble(column);
        }

        @Override
        public boolean booleanAt(long row) throws SQLException {
            return result.getBoolean(column);
        }

        @Override
        public @Nullable String textAt(long row) throws SQLException {
            return result.getString(column);
        }

        @Override
        public boolean isAbsent(long row) throws SQLException {
            return result.wasNull();
        }
    }

    /// A column while it is read.
    private abstract static class Filling {
        @Nullable
        BitSet absent;

        abstract void read(Values from, int row, int to) throws SQLException;

        abstract void grow(int room);

        abstract ColumnData done();

        final void mark(int row) {
            BitSet set = absent == null ? new BitSet() : absent;
            set.set(row);
            absent = set;
        }
    }

    private static final class Longs extends Filling {
        private long[] values = new long[FIRST];

        @Override
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.longAt(row);
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
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.intAt(row);
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
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.floatAt(row);
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
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.doubleAt(row);
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
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.booleanAt(row);
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
        void read(Values from, int row, int to) throws SQLException {
            values[to] = from.textAt(row);
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
