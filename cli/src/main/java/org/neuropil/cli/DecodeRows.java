package org.neuropil.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.decode.Accuracy;
import org.neuropil.physiology.decode.AccuracyRows;
import org.neuropil.physiology.decode.Confusion;

/// What `neuropil decode` answers, in all its forms.
///
/// @param all a row each
record DecodeRows(List<Accuracy> all) {
    /// For people, or as CSV.
    Table table() {
        List<String> header = new ArrayList<>(List.of("group", "state", "cells", "noise", "trials", "classes"));
        header.addAll(AccuracyRows.FIGURES.keySet());
        Table table = new Table(header.toArray(String[]::new));
        for (Accuracy row : all) {
            List<@Nullable Object> cells = new ArrayList<>(AccuracyRows.keys(row).values());
            AccuracyRows.FIGURES.values().forEach(figure -> cells.add(figure.applyAsDouble(row)));
            table.add(cells.toArray());
        }
        return table;
    }

    /// With the recall of each condition.
    List<Map<String, @Nullable Object>> json() {
        List<Map<String, @Nullable Object>> json = new ArrayList<>();
        for (Accuracy row : all) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>(AccuracyRows.keys(row));
            AccuracyRows.FIGURES.forEach((name, figure) -> {
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

    /// How often each condition was taken for each.
    Table confusion() {
        Table table = new Table("group", "state", "cells", "noise", "shown", "told", "count", "share");
        for (Accuracy row : all) {
            Confusion confusion = row.confusion();
            for (int k = 0; k < confusion.classes().size(); k++) {
                for (int told = 0; told < confusion.classes().size(); told++) {
                    table.add(row.part().group(), row.part().state(), row.cells(), AccuracyRows.noise(row),
                            confusion.classes().get(k).label(), confusion.classes().get(told).label(),
                            confusion.counts()[k][told], confusion.share(k, told));
                }
            }
        }
        return table;
    }
}
