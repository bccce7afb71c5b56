package org.neuropil.physiology.plot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.table.SessionChoice;
import org.neuropil.physiology.table.SessionMetrics;
import org.neuropil.physiology.table.SessionValue;
import org.neuropil.physiology.trial.Cuts;

/// Metrics of all cells of a session: a column for each metric and stimulus.
final class CellFigures {
    private final Map<Column, Integer> columns = new LinkedHashMap<>();
    private final Map<RoiKey, double[]> rows = new HashMap<>();

    /// A metric of a stimulus.
    ///
    /// @param trace kind of trace that it is made of, as a word
    record Column(String metric, String stimulus, String trace) {}

    private CellFigures() {}

    /// Computes metrics.
    ///
    /// @param metrics their ids; those that are of no single cell are left out
    /// @param done is run as [SessionMetrics] does
    static CellFigures of(Session session, Set<String> metrics, PlotChoice choice, Runnable done) throws IOException {
        CellFigures figures = new CellFigures();
        SessionMetrics.compute(session, new SessionChoice(metrics, Set.of(), choice.trace(), Cuts.PUBLISHED,
                Optional.empty(), Optional.empty(), choice.seed(), choice.threads()), figures::add, done);
        return figures;
    }

    private void add(SessionValue value) {
        value.roi().ifPresent(roi -> {
            int column = columns.computeIfAbsent(new Column(value.metric(), value.stimulus(), value.trace()),
                    _ -> columns.size());
            double[] row = rows.getOrDefault(roi, new double[0]);
            if (row.length <= column) {
                int length = row.length;
                row = Arrays.copyOf(row, column + 1);
                Arrays.fill(row, length, row.length, Double.NaN);
                rows.put(roi, row);
            }
            row[column] = value.value();
        });
    }

    /// Those of which some cell has a value, in the order in which they were computed.
    List<Column> columns() {
        return columns.keySet().stream()
                .filter(column -> rows.keySet().stream().anyMatch(roi -> !Double.isNaN(value(roi, column)))).toList();
    }

    /// The column of a metric: of the stimulus that was asked for, or the first one.
    Optional<Column> find(String metric, Optional<String> stimulus) {
        return columns().stream().filter(column -> column.metric.equals(metric))
                .filter(column -> stimulus.map(Stimuli::word).map(column.stimulus::equals).orElse(true)).findFirst();
    }

    /// A figure of a cell; NaN if it has none.
    double value(RoiKey roi, Column column) {
        double[] row = rows.getOrDefault(roi, new double[0]);
        int at = columns.getOrDefault(column, Integer.MAX_VALUE);
        return at < row.length ? row[at] : Double.NaN;
    }

    /// The figures of cells, in their order.
    double[] values(List<Cell> cells, Column column) {
        return cells.stream().mapToDouble(cell -> value(cell.roi().key(), column)).toArray();
    }

    /// A cell's figures as a table has them.
    List<String> texts(Cell cell, List<Column> shown) {
        List<String> texts = new ArrayList<>();
        for (Column column : shown) {
            double value = value(cell.roi().key(), column);
            texts.add(Double.isNaN(value) ? "" : Words.number(value));
        }
        return texts;
    }
}
