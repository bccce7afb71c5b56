package org.neuropil.tables.ask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Nuclei;

/// What was found, as rows: for Arrow, Parquet and CSV.
public final class FoundRows {
    /// Above the types that make synapses.
    public static final String FROM_TO = "from \\ to";

    private FoundRows() {}

    /// Partners: `direction` (`in` or `out`, where both are given), `partner`, `synapses`, and where they are known
    /// `sum_size`, `mean_size`, `type`, `nuclei`.
    ///
    /// @param sides by direction
    /// @param asked says whether types and nuclei are told
    public static Rows partners(SortedMap<String, Partners.Side> sides, Partners asked) {
        List<String> directions = new ArrayList<>();
        List<Partners.Partner> partners = new ArrayList<>();
        sides.forEach((direction, side) -> side.partners().forEach(partner -> {
            directions.add(direction);
            partners.add(partner);
        }));
        Builder rows = new Builder(partners.size());
        if (sides.size() > 1) {
            rows.texts("direction", directions);
        }
        rows.longs("partner", ColumnType.ID, partners.stream().map(Partners.Partner::partner).toList());
        rows.longs("synapses", ColumnType.INT64, partners.stream().map(Partners.Partner::synapses).toList());
        if (sides.values().stream().anyMatch(Partners.Side::sized)) {
            rows.doubles("sum_size", partners.stream().map(Partners.Partner::sumSize).toList());
            rows.doubles("mean_size", partners.stream().map(Partners.Partner::meanSize).toList());
        }
        if (asked.types().isPresent()) {
            rows.texts("type", partners.stream().map(Partners.Partner::type).toList());
        }
        if (asked.somata().isPresent()) {
            rows.longs("nuclei", ColumnType.INT64, partners.stream().map(Partners.Partner::nuclei).toList());
        }
        return rows.rows();
    }

    /// A row for each two types that have synapses: `pre_type`, `post_type`, and what was asked for as `count`, `sum` or
    /// `mean`.
    public static Rows pairs(Matrix.Found found, Matrix.Value value) {
        List<String> pre = new ArrayList<>();
        List<String> post = new ArrayList<>();
        List<@Nullable Number> told = new ArrayList<>();
        found.values().forEach((from, row) -> row.forEach((to, number) -> {
            pre.add(from);
            post.add(to);
            told.add(number);
        }));
        Builder rows = new Builder(pre.size());
        rows.texts("pre_type", pre);
        rows.texts("post_type", post);
        rows.numbers(value, value.name().toLowerCase(Locale.ROOT), told);
        return rows.rows();
    }

    /// A matrix: a row for each type that makes synapses, which the column [#FROM_TO] names, and a column for each that gets
    /// them. Where there are none, count and sum are 0, and a mean is absent.
    public static Rows matrix(Matrix.Found found, Matrix.Value value) {
        Builder rows = new Builder(found.values().size());
        rows.texts(FROM_TO, List.copyOf(found.values().keySet()));
        for (String to : targets(found)) {
            List<@Nullable Number> told = new ArrayList<>();
            for (Map<String, Double> row : found.values().values()) {
                Double number = row.get(to);
                told.add(number == null && value != Matrix.Value.MEAN ? Double.valueOf(0) : number);
            }
            rows.numbers(value, to, told);
        }
        return rows.rows();
    }

    /// The types that get synapses.
    public static SortedSet<String> targets(Matrix.Found found) {
        SortedSet<String> targets = new TreeSet<>();
        found.values().values().forEach(row -> targets.addAll(row.keySet()));
        return targets;
    }

    /// Names of cells: `nucleus` (absent if there is none), `root` (0 likewise), `state`, and how many `nuclei` the root has.
    public static Rows cells(List<Nuclei.Cell> cells) {
        Builder rows = new Builder(cells.size());
        rows.longs("nucleus", ColumnType.ID, cells.stream().map(cell -> cell.nucleus() == 0 ? null : cell.nucleus())
                .toList());
        rows.longs("root", ColumnType.ID, cells.stream().map(Nuclei.Cell::root).toList());
        rows.texts("state", cells.stream().map(cell -> cell.state().name().toLowerCase(Locale.ROOT))
                .toList());
        rows.longs("nuclei", ColumnType.INT64, cells.stream().map(cell -> (long) cell.nuclei().size()).toList());
        return rows.rows();
    }

    /// Columns that are put together.
    private static final class Builder {
        private final int size;
        private final List<Column> columns = new ArrayList<>();
        private final List<ColumnData> data = new ArrayList<>();

        Builder(int size) {
            this.size = size;
        }

        void texts(String name, List<String> values) {
            add(name, ColumnType.TEXT, new ColumnData.Texts(values.toArray(String[]::new), null));
        }

        void longs(String name, ColumnType type, List<? extends @Nullable Long> values) {
            long[] numbers = new long[size];
            BitSet absent = new BitSet();
            for (int i = 0; i < size; i++) {
                Long value = values.get(i);
                absent.set(i, value == null);
                numbers[i] = value == null ? 0 : value;
            }
            add(name, type, new ColumnData.Longs(numbers, absent.isEmpty() ? null : absent));
        }

        void doubles(String name, List<? extends @Nullable Number> values) {
            double[] numbers = new double[size];
            BitSet absent = new BitSet();
            for (int i = 0; i < size; i++) {
                Number value = values.get(i);
                absent.set(i, value == null);
                numbers[i] = value == null ? 0 : value.doubleValue();
            }
            add(name, ColumnType.FLOAT64, new ColumnData.Doubles(numbers, absent.isEmpty() ? null : absent));
        }

        /// Counts are whole numbers.
        void numbers(Matrix.Value value, String name, List<@Nullable Number> values) {
            if (value == Matrix.Value.COUNT) {
                longs(name, ColumnType.INT64,
                        values.stream().map(one -> one == null ? null : one.longValue()).toList());
            } else {
                doubles(name, values);
            }
        }

        private void add(String name, ColumnType type, ColumnData values) {
            columns.add(new Column(name, type, true));
            data.add(values);
        }

        Rows rows() {
            return new Rows(columns, data);
        }
    }
}
