package org.neuropil.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.decode.Accuracy;
import org.neuropil.physiology.decode.Confusion;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// What `neuropil decode` answers, in all its forms.
///
/// @param all a row each
record DecodeRows(List<Accuracy> all) {
    private static final List<String> TEXTS = List.of("group", "state");
    private static final Map<String, ToDoubleFunction<Accuracy>> FIGURES = figures();

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

    private static Map<String, Object> keys(Accuracy row) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(TEXTS.get(0), row.part().group());
        keys.put(TEXTS.get(1), row.part().state());
        keys.put("cells", row.cells());
        keys.put("noise", noise(row));
        keys.put("trials", row.part().matrix().trials());
        keys.put("classes", row.part().matrix().classes().size());
        return keys;
    }

    private static String noise(Accuracy row) {
        return switch (row.noise()) {
            case INTACT -> "intact";
            case SHUFFLED -> "shuffled";
            case DIAGONAL -> "diagonal";
        };
    }

    /// For people, or as CSV.
    ///
    /// @param exact true for all digits
    Table table(boolean exact) {
        List<String> header = new ArrayList<>(List.of("group", "state", "cells", "noise", "trials", "classes"));
        header.addAll(FIGURES.keySet());
        Table table = new Table(header.toArray(String[]::new));
        for (Accuracy row : all) {
            List<@Nullable Object> cells = new ArrayList<>(keys(row).values());
            FIGURES.values().forEach(figure -> {
                double value = figure.applyAsDouble(row);
                cells.add(exact ? exact(value) : (Object) value);
            });
            table.add(cells.toArray());
        }
        return table;
    }

    /// With the recall of each condition.
    List<Map<String, @Nullable Object>> json() {
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (Accuracy row : all) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>(keys(row));
            FIGURES.forEach((name, figure) -> {
                double value = figure.applyAsDouble(row);
                one.put(name, Double.isNaN(value) ? null : (Object) value);
            });
            Map<String, Double> recall = new LinkedHashMap<>();
            for (int k = 0; k < row.confusion().classes().size(); k++) {
                recall.put(row.confusion().classes().get(k).label(), row.confusion().recall(k));
            }
            one.put("recall", recall);
            json.add(one);
        }
        return json;
    }

    /// As columns.
    Rows rows() {
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        List<Map<String, Object>> keys = all.stream().map(DecodeRows::keys).toList();
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

    /// How often each condition was taken for each.
    Table confusion() {
        Table table = new Table("group", "state", "cells", "noise", "shown", "told", "count", "share");
        for (Accuracy row : all) {
            Confusion confusion = row.confusion();
            for (int k = 0; k < confusion.classes().size(); k++) {
                for (int told = 0; told < confusion.classes().size(); told++) {
                    table.add(row.part().group(), row.part().state(), row.cells(), noise(row),
                            confusion.classes().get(k).label(), confusion.classes().get(told).label(),
                            confusion.counts()[k][told], exact(confusion.share(k, told)));
                }
            }
        }
        return table;
    }

    private static String exact(double value) {
        return Double.isNaN(value) ? "nan" : String.valueOf(value);
    }
}
