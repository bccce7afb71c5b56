package org.neuropil.physiology.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.session.RoiKey;
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
    private final int columns;
    /// By the key itself: those of a session are the same objects in all its pairs.
    private final Map<RoiKey, @Nullable Object[]> parts = new IdentityHashMap<>();

    /// @param first whose cells' keys tell the columns
    public PairRows(Session first, SessionChoice choice) {
        this.form = MetricRows.form(first);
        this.metrics = PairMetrics.metrics(choice);
        this.spread = choice.drawing().isPresent();
        this.columns = columns().size();
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
        @Nullable
        Object[] cells = new @Nullable Object[columns];
        int at = 0;
        cells[at++] = value.session();
        for (RoiKey key : List.of(value.first(), value.second())) {
            @Nullable
            Object[] parts = parts(key, value.session());
            System.arraycopy(parts, 0, cells, at, parts.length);
            at += parts.length;
        }
        cells[at++] = value.stimulus();
        cells[at++] = value.trace();
        for (int m = 0; m < value.values().length; m++) {
            cells[at++] = (float) value.values()[m];
            for (int s = 0; s < PairMetrics.SPREAD && spread; s++) {
                cells[at++] = (float) value.spreads()[PairMetrics.SPREAD * m + s];
            }
        }
        file.add(cells);
    }

    /// The cells of a key, made once: a cell is in as many pairs as there are cells.
    private @Nullable Object[] parts(RoiKey key, String session) {
        @Nullable
        Object[] known = parts.get(key);
        if (known == null) {
            if (MetricRows.Form.of(key) != form) {
                throw new InputException("cell " + key.label() + " has a key of another form than those before it",
                        session, "compute sessions of one release at a time");
            }
            known = form.parts(Optional.of(key));
            parts.put(key, known);
        }
        return known;
    }
}
