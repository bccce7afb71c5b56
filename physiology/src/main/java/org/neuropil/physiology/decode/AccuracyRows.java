package org.neuropil.physiology.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// How decoding goes, as rows of a table.
public final class AccuracyRows {
    /// Figures of a row, by the names of their columns.
    public static final Map<String, ToDoubleFunction<Accuracy>> FIGURES = Collections.unmodifiableMap(figures());
    private static final List<String> TEXTS = List.of("group", "state");

    private AccuracyRows() {}

    private static Map<String, ToDoubleFunction<Accuracy>> figures() {
        Map<String, ToDoubleFunction<Accuracy>> figures = new LinkedHashMap<>();
        figures.put("accuracy", Accuracy::mean);
        figures.put("deviation", Accuracy::deviation);
        figures.put("balanced", row -> row.confusion().balanced());
        figures.put("chance", Accuracy::chance);
        figures.put("largest_class", Accuracy::largestClass);
        figures.put("by_chance", Accuracy::byChance);
        figures.put("p", Accuracy::p);
        return figures;
    }

    /// What a row is of, by the names of the columns: texts, and numbers as Integer.
    public static Map<String, Object> keys(Accuracy row) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(TEXTS.get(0), row.part().group());
        keys.put(TEXTS.get(1), row.part().state());
        keys.put("cells", row.cells());
        keys.put("noise", noise(row));
        keys.put("trials", row.part().matrix().trials());
        keys.put("classes", row.part().matrix().classes().size());
        return keys;
    }

    /// The word of what was done to noise correlation.
    public static String noise(Accuracy row) {
        return switch (row.noise()) {
            case INTACT -> "intact";
            case SHUFFLED -> "shuffled";
            case DIAGONAL -> "diagonal";
        };
    }

    /// As columns: those of [#keys], then [#FIGURES].
    public static Rows of(List<Accuracy> all) {
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        List<Map<String, Object>> keys = all.stream().map(AccuracyRows::keys).toList();
        for (String name : keys.isEmpty() ? TEXTS : List.copyOf(keys.getFirst().keySet())) {
            if (!keys.isEmpty() && keys.getFirst().get(name) instanceof Integer) {
                columns.add(Column.of(name, ColumnType.INT32));
                data.add(new ColumnData.Ints(keys.stream().mapToInt(row -> (Integer) row.get(name)).toArray(), null));
            } else {
                columns.add(Column.of(name, ColumnType.TEXT));
                data.add(new ColumnData.Texts(keys.stream().map(row -> String.valueOf(row.get(name)))
                        .toArray(String[]::new), null));
            }
        }
        FIGURES.forEach((name, figure) -> {
            columns.add(Column.of(name, ColumnType.FLOAT64));
            data.add(new ColumnData.Doubles(all.stream().mapToDouble(figure).toArray(), null));
        });
        return new Rows(columns, data);
    }
}
