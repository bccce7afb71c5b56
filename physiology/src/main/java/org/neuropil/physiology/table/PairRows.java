package org.neuropil.physiology.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.session.Session;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Figures of pairs as rows: `session`, the parts of both keys (ending in `_a` and `_b`), `stimulus`, `trace`, and a column for
/// each metric, in single precision: a session of 1,600 cells has 1.3 million rows for each stimulus. With a bootstrap each
/// metric has three more: its name with `_standard_error`, `_low`, `_high`.
public final class PairRows {
    private final MetricRows.Form form;
    private final List<String> metrics;
    private final boolean spread;

    /// @param first whose cells' keys tell the columns
    public PairRows(Session first, SessionChoice choice) {
        this.form = MetricRows.form(first);
        this.metrics = PairMetrics.metrics(choice);
        this.spread = choice.drawing().isPresent();
    }

    /// The columns of a file of them.
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of("session", ColumnType.TEXT));
        columns.addAll(form.columns("_a"));
        columns.addAll(form.columns("_b"));
        columns.add(Column.of("stimulus", ColumnType.TEXT));
        columns.add(Column.of("trace", ColumnType.TEXT));
        for (String metric : metrics) {
            columns.add(Column.nullable(metric, ColumnType.FLOAT32));
            for (String number : spread ? MetricRows.SPREAD : List.<String>of()) {
                columns.add(Column.nullable(metric + "_" + number, ColumnType.FLOAT32));
            }
        }
        return columns;
    }

    /// Adds a pair.
    ///
    /// @throws InputException if its cells' keys are of another form than the first ones'
    public void add(ResultFile file, PairValue value) throws IOException {
        if (MetricRows.Form.of(value.first()) != form || MetricRows.Form.of(value.second()) != form) {
            throw new InputException(
                    "cell " + value.first().label() + " has a key of another form than those before it",
                    value.session(), "compute sessions of one release at a time");
        }
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(value.session());
        for (Object part : form.parts(Optional.of(value.first()))) {
            cells.add(part);
        }
        for (Object part : form.parts(Optional.of(value.second()))) {
            cells.add(part);
        }
        cells.add(value.stimulus());
        cells.add(value.trace());
        for (int m = 0; m < value.values().length; m++) {
            cells.add((float) value.values()[m]);
            for (int s = 0; s < PairMetrics.SPREAD && spread; s++) {
                cells.add((float) value.spreads()[PairMetrics.SPREAD * m + s]);
            }
        }
        file.add(cells.toArray());
    }
}
