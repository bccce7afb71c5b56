package org.neuropil.physiology.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Session;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;

/// The keys of a session's ROIs as columns of whole numbers; which there are depends on the form of the keys.
final class KeyColumns {
    static final String COLUMN = "column";
    static final String SCAN = "scan";
    static final String MASK = "mask";
    static final String RECORDED = "recorded";

    private final String form;
    private final List<Entry> entries;
    private final List<Column> columns;
    private final List<ColumnData> data;

    /// An ROI at its place in a plane.
    record Entry(int plane, int place, Roi roi) {}

    private KeyColumns(String form, List<Entry> entries, List<Column> columns, List<ColumnData> data) {
        this.form = form;
        this.entries = entries;
        this.columns = columns;
        this.data = data;
    }

    /// Takes all ROIs of a session.
    ///
    /// @throws InputException if their keys have several forms, or a number from 2^63 on
    static KeyColumns of(Session session) {
        List<Entry> entries = new ArrayList<>();
        for (Plane plane : session.planes()) {
            for (int i = 0; i < plane.rois().size(); i++) {
                entries.add(new Entry(plane.number(), i, plane.rois().get(i)));
            }
        }
        String form = entries.isEmpty() ? "" : form(entries.getFirst().roi().key());
        for (Entry entry : entries) {
            if (!form(entry.roi().key()).equals(form)) {
                throw new InputException(
                        "has ROIs with keys of several forms: " + entries.getFirst().roi().key().label()
                                + ", " + entry.roi().key().label(),
                        session.info().source(), "");
            }
        }
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        switch (form) {
            case COLUMN -> {
                add(columns, data, "key_column", ints(entries, RoiKey.Column.class, RoiKey.Column::column));
                add(columns, data, "key_volume", ints(entries, RoiKey.Column.class, RoiKey.Column::volume));
                add(columns, data, "key_plane", ints(entries, RoiKey.Column.class, RoiKey.Column::plane));
                add(columns, data, "key_roi", ints(entries, RoiKey.Column.class, RoiKey.Column::roi));
            }
            case SCAN -> {
                add(columns, data, "key_session", ints(entries, RoiKey.Scan.class, RoiKey.Scan::session));
                add(columns, data, "key_scan", ints(entries, RoiKey.Scan.class, RoiKey.Scan::scan));
                add(columns, data, "key_field", ints(entries, RoiKey.Scan.class, RoiKey.Scan::field));
                add(columns, data, "key_unit", longs(session, entries, RoiKey.Scan.class, RoiKey.Scan::unit));
            }
            case MASK -> {
                add(columns, data, "key_session", ints(entries, RoiKey.Masked.class, RoiKey.Masked::session));
                add(columns, data, "key_scan", ints(entries, RoiKey.Masked.class, RoiKey.Masked::scan));
                add(columns, data, "key_field", ints(entries, RoiKey.Masked.class, RoiKey.Masked::field));
                add(columns, data, "key_mask", longs(session, entries, RoiKey.Masked.class, RoiKey.Masked::mask));
            }
            case RECORDED -> {
                columns.add(Column.of("key_recording", ColumnType.TEXT));
                data.add(new ColumnData.Texts(entries.stream()
                        .map(entry -> ((RoiKey.Recorded) entry.roi().key()).recording()).toArray(String[]::new), null));
                add(columns, data, "key_plane", ints(entries, RoiKey.Recorded.class, RoiKey.Recorded::plane));
                add(columns, data, "key_roi", longs(session, entries, RoiKey.Recorded.class, RoiKey.Recorded::roi));
            }
            default -> {
                // No ROI, no key.
            }
        }
        return new KeyColumns(form, entries, columns, data);
    }

    private static String form(RoiKey key) {
        return switch (key) {
            case RoiKey.Column _ -> COLUMN;
            case RoiKey.Scan _ -> SCAN;
            case RoiKey.Masked _ -> MASK;
            case RoiKey.Recorded _ -> RECORDED;
        };
    }

    private static void add(List<Column> columns, List<ColumnData> data, String name, ColumnData values) {
        columns.add(Column.of(name, values instanceof ColumnData.Ints ? ColumnType.INT32 : ColumnType.ID));
        data.add(values);
    }

    private static <K extends RoiKey> ColumnData ints(List<Entry> entries, Class<K> form, ToIntFunction<K> part) {
        return new ColumnData.Ints(
                entries.stream().mapToInt(entry -> part.applyAsInt(form.cast(entry.roi().key()))).toArray(), null);
    }

    private static <K extends RoiKey> ColumnData longs(Session session, List<Entry> entries, Class<K> form,
            ToLongFunction<K> part) {
        return new ColumnData.Longs(entries.stream().mapToLong(entry -> {
            long value = part.applyAsLong(form.cast(entry.roi().key()));
            if (value < 0) {
                throw new InputException(
                        "has an ROI of number " + Long.toUnsignedString(value) + ", and numbers end at 2^63 here",
                        session.info().source(), "");
            }
            return value;
        }).toArray(), null);
    }

    /// Reads the key of a row.
    ///
    /// @param form of the keys
    static RoiKey read(String form, ResultSet row) throws SQLException {
        return switch (form) {
            case COLUMN -> new RoiKey.Column(row.getInt("key_column"), row.getInt("key_volume"),
                    row.getInt("key_plane"), row.getInt("key_roi"));
            case SCAN -> new RoiKey.Scan(row.getInt("key_session"), row.getInt("key_scan"), row.getInt("key_field"),
                    row.getLong("key_unit"));
            case MASK -> new RoiKey.Masked(row.getInt("key_session"), row.getInt("key_scan"), row.getInt("key_field"),
                    row.getLong("key_mask"));
            case RECORDED -> new RoiKey.Recorded(row.getString("key_recording"), row.getInt("key_plane"),
                    row.getLong("key_roi"));
            default -> throw new SQLException("keys of form '" + form + "' are not known");
        };
    }

    /// `column`, `scan`, `mask` or `recorded`; empty if there is no ROI.
    String form() {
        return form;
    }

    /// All ROIs, plane by plane.
    List<Entry> entries() {
        return entries;
    }

    List<Column> columns() {
        return columns;
    }

    List<ColumnData> data() {
        return data;
    }
}
