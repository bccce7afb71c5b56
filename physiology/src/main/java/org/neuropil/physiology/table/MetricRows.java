package org.neuropil.physiology.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.Bootstrap;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Figures of sessions as rows: `session`, `cell` (the key in letters), the parts of the key, `metric`, `stimulus`, `trace`,
/// `of`, `value`, and with a bootstrap `standard_error`, `low`, `high`. What has no cell leaves its columns empty.
public final class MetricRows {
    /// Columns of a bootstrap.
    static final List<String> SPREAD = List.of("standard_error", "low", "high");

    /// The parts of keys, as sessions in Neuropil's own form name them.
    enum Form {
        COLUMN, SCAN, MASK, RECORDED;

        static Form of(RoiKey key) {
            return switch (key) {
                case RoiKey.Column _ -> COLUMN;
                case RoiKey.Scan _ -> SCAN;
                case RoiKey.Masked _ -> MASK;
                case RoiKey.Recorded _ -> RECORDED;
            };
        }

        /// The columns of a key.
        ///
        /// @param ending of their names
        List<Column> columns(String ending) {
            return switch (this) {
                case COLUMN -> List.of(whole("key_column" + ending), whole("key_volume" + ending),
                        whole("key_plane" + ending), whole("key_roi" + ending));
                case SCAN -> List.of(whole("key_session" + ending), whole("key_scan" + ending),
                        whole("key_field" + ending),
                        Column.nullable("key_unit" + ending, ColumnType.ID));
                case MASK -> List.of(whole("key_session" + ending), whole("key_scan" + ending),
                        whole("key_field" + ending), Column.nullable("key_mask" + ending, ColumnType.ID));
                case RECORDED -> List.of(Column.nullable("key_recording" + ending, ColumnType.TEXT),
                        whole("key_plane" + ending), Column.nullable("key_roi" + ending, ColumnType.ID));
            };
        }

        private static Column whole(String name) {
            return Column.nullable(name, ColumnType.INT32);
        }

        /// The parts of a key; nothing if it is empty.
        @Nullable
        Object[] parts(Optional<RoiKey> key) {
            if (key.isEmpty()) {
                return new @Nullable Object[this == RECORDED ? 3 : 4];
            }
            return switch (key.get()) {
                case RoiKey.Column at -> new @Nullable Object[]{at.column(), at.volume(), at.plane(), at.roi()};
                case RoiKey.Scan at -> new @Nullable Object[]{at.session(), at.scan(), at.field(), at.unit()};
                case RoiKey.Masked at -> new @Nullable Object[]{at.session(), at.scan(), at.field(), at.mask()};
                case RoiKey.Recorded at -> new @Nullable Object[]{at.recording(), at.plane(), at.roi()};
            };
        }
    }

    private final Form form;
    private final boolean spread;

    /// @param first whose cells' keys tell the columns
    /// @param spread whether there is a bootstrap
    public MetricRows(Session first, boolean spread) {
        this.form = form(first);
        this.spread = spread;
    }

    /// The form of a session's keys; that of V1DD if it has no cell.
    static Form form(Session session) {
        return session.planes().stream().flatMap(plane -> plane.rois().stream()).findFirst()
                .map(roi -> Form.of(roi.key())).orElse(Form.COLUMN);
    }

    /// The columns of a file of them.
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(Column.of("session", ColumnType.TEXT),
                Column.nullable("cell", ColumnType.TEXT)));
        columns.addAll(form.columns(""));
        for (String text : List.of("metric", "stimulus", "trace", "of")) {
            columns.add(Column.nullable(text, ColumnType.TEXT));
        }
        columns.add(Column.nullable("value", ColumnType.FLOAT64));
        if (spread) {
            for (String number : SPREAD) {
                columns.add(Column.nullable(number, ColumnType.FLOAT64));
            }
        }
        return columns;
    }

    /// Adds a figure.
    ///
    /// @throws InputException if its cell's key is of another form than the first one's
    public void add(ResultFile file, SessionValue value) throws IOException {
        value.roi().ifPresent(key -> {
            if (Form.of(key) != form) {
                throw new InputException("cell " + key.label() + " has a key of another form than those before it",
                        value.session(), "compute sessions of one release at a time");
            }
        });
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(value.session());
        cells.add(value.roi().map(RoiKey::label).orElse(null));
        for (Object part : form.parts(value.roi())) {
            cells.add(part);
        }
        cells.add(value.metric());
        cells.add(value.stimulus());
        cells.add(value.trace().isEmpty() ? null : value.trace());
        cells.add(value.of().isEmpty() ? null : value.of());
        cells.add(value.value());
        if (spread) {
            Optional<Bootstrap> known = value.spread();
            cells.add(known.map(Bootstrap::standardError).orElse(null));
            cells.add(known.map(Bootstrap::low).orElse(null));
            cells.add(known.map(Bootstrap::high).orElse(null));
        }
        file.add(cells.toArray());
    }
}
