package org.neuropil.physiology.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
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
    private final Map<RoiKey, Integer> numbers = new IdentityHashMap<>();
    private final Map<String, Integer> stimulusNumbers = new HashMap<>();
    private final Map<String, Integer> traceNumbers = new HashMap<>();

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

    /// A file of Parquet for the pairs of a session.
    ///
    /// @param file made or replaced; there as a whole after [PairFile#end]
    /// @throws InputException if a cell's key is of another form than the first one's
    public PairFile file(Session session, Path file) {
        List<Column> columns = columns();
        int width = form.columns("_a").size();
        RowKeys sessions = new RowKeys(columns.subList(0, 1));
        RowKeys firsts = new RowKeys(columns.subList(1, 1 + width));
        RowKeys seconds = new RowKeys(columns.subList(1 + width, 1 + 2 * width));
        RowKeys stimuli = new RowKeys(columns.subList(1 + 2 * width, 2 + 2 * width));
        RowKeys traces = new RowKeys(columns.subList(2 + 2 * width, 3 + 2 * width));
        sessions.keep(session.info().name());
        for (Plane plane : session.planes()) {
            for (Roi roi : plane.rois()) {
                @Nullable
                Object[] parts = parts(roi.key(), session.info().name());
                numbers.put(roi.key(), numbers.size());
                firsts.keep(parts);
                seconds.keep(parts);
            }
        }
        for (Shown shown : Shown.of(session)) {
            stimulusNumbers.put(shown.word(), stimulusNumbers.size());
            stimuli.keep(shown.word());
        }
        for (TraceKind kind : TraceKind.values()) {
            traceNumbers.put(kind.word(), traceNumbers.size());
            traces.keep(kind.word());
        }
        return new PairFile(file, List.of(sessions, firsts, seconds, stimuli, traces),
                columns.subList(3 + 2 * width, columns.size()).stream().map(Column::name).toList());
    }

    /// Adds a pair.
    ///
    /// @param file made by [#file] of the session that the pair is of
    public void add(PairFile file, PairValue value) throws IOException {
        int row = file.row(0, number(numbers, value.first()), number(numbers, value.second()),
                number(stimulusNumbers, value.stimulus()), number(traceNumbers, value.trace()));
        int at = 0;
        for (int m = 0; m < value.values().length; m++) {
            file.set(row, at++, (float) value.values()[m]);
            for (int s = 0; s < PairMetrics.SPREAD && spread; s++) {
                file.set(row, at++, (float) value.spreads()[PairMetrics.SPREAD * m + s]);
            }
        }
    }

    private static <K> int number(Map<K, Integer> numbers, K key) {
        Integer number = numbers.get(key);
        if (number == null) {
            throw new IllegalArgumentException(key + " is not of the session");
        }
        return number;
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
