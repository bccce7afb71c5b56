package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Part;
import org.neuropil.physiology.nwb.tree.Slab;
import org.neuropil.physiology.nwb.tree.Tree;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.space.InputException;

/// The keys of a table's rows.
final class NwbKeys {
    private static final Pattern SCAN = Pattern
            .compile(".*?ses(?:sion)?[-_]?([0-9]{1,4})[-_]scan(?:[-_]?idx)?[-_]?([0-9]{1,4})(?![0-9]).*");
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,4})(?:_|[-_]scan[-_])([0-9]{1,4})");
    private static final List<String> COLUMN = List.of("column", "volume", "plane", "roi");
    private static final List<String> UNIT = List.of("session", "scan_idx", "field", "unit_id");
    private static final List<String> MASK = List.of("session", "scan_idx", "field", "mask_id");
    private static final List<String> RECORDED = List.of("recording", "recorded_plane", "recorded_roi");

    private final List<RoiKey> keys;

    private NwbKeys(List<RoiKey> keys) {
        this.keys = keys;
    }

    RoiKey key(int row) {
        return keys.get(row);
    }

    /// Whose keys the columns of a table are; empty if it has none.
    static Optional<NwbLayout> layout(NwbTable table) throws IOException {
        return has(table, COLUMN)
                ? Optional.of(NwbLayout.V1DD)
                : has(table, UNIT) || has(table, MASK) ? Optional.of(NwbLayout.MICRONS) : Optional.empty();
    }

    private static boolean has(NwbTable table, List<String> columns) throws IOException {
        for (String column : columns) {
            if (table.plain(column).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// Session and scan of a file: what it says of itself counts, then its name; empty if neither tells.
    static Optional<int[]> scan(Tree tree) throws IOException {
        Optional<int[]> told = scan(tree.text("general/session_id").orElse(""));
        return told.isPresent() ? told : scan(NwbSession.name(tree.source()));
    }

    /// Session and scan out of a name: `…ses-4-scan-7…`, `4-scan-7`, `4_7`; empty if it tells none.
    static Optional<int[]> scan(String name) {
        for (Pattern pattern : List.of(SCAN, SHORT)) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return Optional.of(
                        new int[]{Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))});
            }
        }
        return Optional.empty();
    }

    /// @param number of the plane
    /// @throws InputException if a column that they stand in is missing or holds something else
    static NwbKeys of(NwbLayout layout, Tree tree, NwbTable table, int number, List<String> notes)
            throws IOException {
        if (table.rows() == 0) {
            return new NwbKeys(List.of());
        }
        if (has(table, UNIT) || has(table, MASK)) {
            return new NwbKeys(scans(table));
        }
        if (has(table, RECORDED)) {
            return new NwbKeys(recorded(table));
        }
        return new NwbKeys(switch (has(table, COLUMN) ? NwbLayout.V1DD : layout) {
            case V1DD -> columns(table);
            case MICRONS -> scans(tree, table, number, notes);
            case OTHER -> recorded(tree, table, number);
        });
    }

    private static List<RoiKey> columns(NwbTable table) throws IOException {
        List<String> columns = table.words("column");
        List<String> volumes = table.words("volume");
        List<String> planes = table.words("plane");
        List<String> rois = table.words("roi");
        RoiKey[] keys = new RoiKey[table.rows()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new RoiKey.Column(whole(table, "column", columns.get(i), 10, i),
                    whole(table, "volume", volumes.get(i), volumes.get(i).length() == 1 ? 16 : 10, i),
                    whole(table, "plane", planes.get(i), 10, i),
                    whole(table, "roi", rois.get(i), 10, i));
        }
        return List.of(keys);
    }

    private static int whole(NwbTable table, String column, String word, int radix, int row) {
        try {
            return Integer.parseInt(word.strip(), radix);
        } catch (NumberFormatException e) {
            throw new InputException("'" + (word.length() > 40 ? word.substring(0, 40) + "…" : word)
                    + "' is no number of a " + column, table.group().where() + "/" + column + ", row " + row, "", e);
        }
    }

    private static List<RoiKey> scans(Tree tree, NwbTable table, int number, List<String> notes) throws IOException {
        int[] scan = scan(tree).orElseThrow(() -> new InputException(
                "does not tell of which session and scan its ROIs are", table.group().where(),
                "name the file as in ses-4-scan-7.nwb"));
        boolean units = table.plain("unit_id").isPresent();
        if (!units) {
            String note = "the file has no unit_id, so that keys end with the mask's id in its field (key_mask): "
                    + "do not join it to tables by unit_id";
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
        long[] ids = ids(table, units ? "unit_id" : "id");
        RoiKey[] keys = new RoiKey[ids.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = units
                    ? new RoiKey.Scan(scan[0], scan[1], number, ids[i])
                    : new RoiKey.Masked(scan[0], scan[1], number, ids[i]);
        }
        return List.of(keys);
    }

    /// Keys that stand in the table as a whole.
    private static List<RoiKey> scans(NwbTable table) throws IOException {
        boolean units = has(table, UNIT);
        List<String> sessions = table.words("session");
        List<String> scans = table.words("scan_idx");
        List<String> fields = table.words("field");
        long[] ids = ids(table, units ? "unit_id" : "mask_id");
        RoiKey[] keys = new RoiKey[ids.length];
        for (int i = 0; i < keys.length; i++) {
            int session = whole(table, "session", sessions.get(i), 10, i);
            int scan = whole(table, "scan_idx", scans.get(i), 10, i);
            int field = whole(table, "field", fields.get(i), 10, i);
            keys[i] = units
                    ? new RoiKey.Scan(session, scan, field, ids[i])
                    : new RoiKey.Masked(session, scan, field, ids[i]);
        }
        return List.of(keys);
    }

    private static List<RoiKey> recorded(NwbTable table) throws IOException {
        List<String> recordings = table.words("recording");
        List<String> planes = table.words("recorded_plane");
        long[] ids = ids(table, "recorded_roi");
        RoiKey[] keys = new RoiKey[ids.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new RoiKey.Recorded(recordings.get(i), whole(table, "recorded_plane", planes.get(i), 10, i),
                    ids[i]);
        }
        return List.of(keys);
    }

    private static List<RoiKey> recorded(Tree tree, NwbTable table, int number) throws IOException {
        String name = NwbSession.name(tree.source());
        long[] ids = ids(table, "id");
        RoiKey[] keys = new RoiKey[ids.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new RoiKey.Recorded(name, number, ids[i]);
        }
        return List.of(keys);
    }

    private static long[] ids(NwbTable table, String column) throws IOException {
        Array array = table.plain(column).orElseThrow(() -> new InputException("has no column " + column,
                table.group().where(), ""));
        Part part = array.plain().filter(one -> one.kind() != Part.Kind.FLOAT)
                .orElseThrow(() -> new InputException("has no whole numbers", array.where(), ""));
        return Slab.longs(Chunks.NONE, array, part, new int[1], array.shape());
    }
}
