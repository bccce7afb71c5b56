package org.neuropil.circuits.ask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// A table of an answer.
///
/// @param name of its files, without an ending
/// @param caption what a row is, and units of the columns
/// @param rows all of them
public record FoundTable(String name, String caption, Rows rows) {
    /// Begins one.
    public static Writer of(String name, String caption) {
        return new Writer(name, caption);
    }

    /// Takes columns, then rows.
    public static final class Writer {
        private final String name;
        private final String caption;
        private final List<Column> columns = new ArrayList<>();
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        private Writer(String name, String caption) {
            this.name = name;
            this.caption = caption;
        }

        private Writer column(String column, ColumnType type) {
            columns.add(Column.nullable(column, type));
            return this;
        }

        /// A column of ids.
        public Writer id(String column) {
            return column(column, ColumnType.ID);
        }

        /// A column of text.
        public Writer text(String column) {
            return column(column, ColumnType.TEXT);
        }

        /// A column of whole numbers.
        public Writer whole(String column) {
            return column(column, ColumnType.INT64);
        }

        /// A column of numbers; NaN says that there is none.
        public Writer real(String column) {
            return column(column, ColumnType.FLOAT64);
        }

        /// A column of yes and no.
        public Writer yes(String column) {
            return column(column, ColumnType.BOOLEAN);
        }

        /// Adds a row.
        ///
        /// @param cells by column: Long or Integer, Double, Boolean, String; null for nothing
        /// @throws IllegalArgumentException if there are not as many as columns
        public Writer row(@Nullable Object... cells) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException(cells.length + " cells for " + columns);
            }
            rows.add(cells);
            return this;
        }

        /// The table.
        public FoundTable table() {
            List<ColumnData> data = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                data.add(data(i, columns.get(i).type()));
            }
            return new FoundTable(name, caption, new Rows(columns, data));
        }

        private ColumnData data(int column, ColumnType type) {
            BitSet absent = new BitSet();
            for (int i = 0; i < rows.size(); i++) {
                Object cell = rows.get(i)[column];
                if (cell == null || cell instanceof Double number && number.isNaN()) {
                    absent.set(i);
                }
            }
            BitSet none = absent.isEmpty() ? null : absent;
            return switch (type) {
                case TEXT -> {
                    @Nullable
                    String[] values = new @Nullable String[rows.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = (String) rows.get(i)[column];
                    }
                    yield new ColumnData.Texts(values, none);
                }
                case FLOAT64 -> {
                    double[] values = new double[rows.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = rows.get(i)[column] instanceof Number number ? number.doubleValue() : 0;
                    }
                    yield new ColumnData.Doubles(values, none);
                }
                case BOOLEAN -> {
                    boolean[] values = new boolean[rows.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = Boolean.TRUE.equals(rows.get(i)[column]);
                    }
                    yield new ColumnData.Booleans(values, none);
                }
                default -> {
                    long[] values = new long[rows.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = rows.get(i)[column] instanceof Number number ? number.longValue() : 0;
                    }
                    yield new ColumnData.Longs(values, none);
                }
            };
        }
    }
}
