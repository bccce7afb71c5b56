package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.RoiKey;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;
import org.neuropil.tables.sql.Sql;

/// What is small of a session, as it is read from its tables.
record ReadTables(List<Plane> planes, List<Presentation> presentations, List<Epoch> epochs, List<Signal> signals,
        List<Template> templates) {
    static ReadTables of(Duck duck, Path folder, SessionManifest manifest) throws IOException {
        Map<Integer, List<Roi>> rois = rois(duck, folder.resolve(SessionTables.ROIS), manifest.keys());
        return new ReadTables(planes(duck, folder.resolve(SessionTables.PLANES), rois),
                presentations(duck, folder.resolve(SessionTables.PRESENTATIONS)),
                epochs(duck, folder.resolve(SessionTables.EPOCHS)),
                signals(duck, folder.resolve(SessionTables.SIGNALS), manifest.signals()),
                templates(duck, folder.resolve(SessionTables.TEMPLATES)));
    }

    private static String all(Path file) {
        return "SELECT * FROM read_parquet(" + Sql.text(file.toString()) + ")";
    }

    private static Map<Integer, List<Roi>> rois(Duck duck, Path file, String form) throws IOException {
        Map<Integer, List<Roi>> rois = new HashMap<>();
        duck.rows(file, all(file), row -> rois.computeIfAbsent(row.getInt("plane"), _ -> new ArrayList<>())
                .add(new Roi(key(file, form, row), row.getDouble("x"), row.getDouble("y"), row.getDouble("soma"),
                        row.getDouble("delay"))));
        return rois;
    }

    private static List<Plane> planes(Duck duck, Path file, Map<Integer, List<Roi>> rois) throws IOException {
        List<Plane> planes = new ArrayList<>();
        duck.batches(file, all(file), rows -> {
            for (int i = 0; i < rows.getRowCount(); i++) {
                int number = integer(file, rows, "plane", i);
                List<Roi> own = rois.getOrDefault(number, List.of());
                if (own.size() != integer(file, rows, "rois", i)) {
                    throw new InputException("tells of " + integer(file, rows, "rois", i) + " ROIs of plane " + number
                            + ", and there are " + own.size(), file.toString(), "import the session again");
                }
                ByteBuffer bytes = list(file, rows, Float8Vector.class, "times", i, Double.BYTES);
                double[] times = new double[bytes.remaining() / Double.BYTES];
                bytes.asDoubleBuffer().get(times);
                planes.add(new Plane(number, text(file, rows, "name", i), number(file, rows, "depth", i),
                        number(file, rows, "rate", i),
                        integer(file, rows, "width", i), integer(file, rows, "height", i), new Clock(times), own,
                        kinds(file, text(file, rows, "kinds", i))));
            }
        });
        return List.copyOf(planes);
    }

    private static Set<TraceKind> kinds(Path file, String words) {
        Set<TraceKind> kinds = EnumSet.noneOf(TraceKind.class);
        for (String word : words.isEmpty() ? new String[0] : words.split(",")) {
            kinds.add(Arrays.stream(TraceKind.values()).filter(kind -> kind.word().equals(word)).findFirst()
                    .orElseThrow(() -> new InputException("'" + word + "' is no kind of traces",
                            file + ", column kinds", "use a newer Neuropil")));
        }
        return kinds;
    }

    private static List<Presentation> presentations(Duck duck, Path file) throws IOException {
        List<Presentation> all = new ArrayList<>();
        duck.rows(file, all(file),
                row -> all.add(new Presentation(text(file, row, "stimulus"), row.getDouble("start"),
                        row.getDouble("stop"), condition(file, row), row.getBoolean("blank"), row.getInt("frame"),
                        row.getInt("image_order"), row.getDouble("azimuth"), row.getDouble("elevation"),
                        text(file, row, "label"))));
        return List.copyOf(all);
    }

    private static RoiKey key(Path file, String form, ResultSet row) throws SQLException {
        if (form.equals(KeyColumns.RECORDED)) {
            text(file, row, "key_recording");
        }
        return KeyColumns.read(form, row);
    }

    private static String text(Path file, ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw damaged(file, column, "has nothing in a row");
        }
        return text;
    }

    private static InputException damaged(Path file, String column, String what) {
        return new InputException(what, file + ", column " + column, "import the session again");
    }

    private static Optional<Condition> condition(Path file, ResultSet row) throws SQLException {
        return switch (text(file, row, "condition")) {
            case SessionRows.GRATING -> Optional.of(new Condition.Grating(direction(file, row),
                    row.getDouble("spatial_frequency"), row.getDouble("temporal_frequency")));
            case SessionRows.PICTURE -> Optional.of(new Condition.Picture(row.getInt("image")));
            default -> Optional.empty();
        };
    }

    private static double direction(Path file, ResultSet row) throws SQLException {
        double direction = row.getDouble("direction");
        if (!Double.isFinite(direction)) {
            throw damaged(file, "direction", "'" + direction + "' of a grating is no direction");
        }
        return direction;
    }

    private static List<Epoch> epochs(Duck duck, Path file) throws IOException {
        List<Epoch> all = new ArrayList<>();
        duck.rows(file, all(file),
                row -> all.add(new Epoch(text(file, row, "name"), row.getDouble("start"), row.getDouble("stop"))));
        return List.copyOf(all);
    }

    private static List<Signal> signals(Duck duck, Path file, List<SessionManifest.Measured> measured)
            throws IOException {
        Map<String, List<double[]>> values = new LinkedHashMap<>();
        duck.rows(file, all(file), row -> values.computeIfAbsent(text(file, row, "name"), _ -> new ArrayList<>())
                .add(new double[]{row.getDouble("time"), row.getDouble("value")}));
        return measured.stream().map(signal -> {
            List<double[]> own = values.getOrDefault(signal.name(), List.of());
            Clock clock = new Clock(own.stream().mapToDouble(pair -> pair[0]).toArray());
            return new Signal(signal.name(), signal.unit(),
                    new Trace(clock, own.stream().mapToDouble(pair -> pair[1]).toArray()));
        }).toList();
    }

    private static List<Template> templates(Duck duck, Path file) throws IOException {
        List<Template> all = new ArrayList<>();
        duck.batches(file, all(file), rows -> {
            for (int i = 0; i < rows.getRowCount(); i++) {
                ByteBuffer bytes = list(file, rows, TinyIntVector.class, "values", i, 1);
                byte[] values = new byte[bytes.remaining()];
                bytes.get(values);
                int frames = integer(file, rows, "frames", i);
                int height = integer(file, rows, "height", i);
                int width = integer(file, rows, "width", i);
                if (values.length != (long) frames * height * width) {
                    throw new InputException(String.format(Locale.ROOT, "has %d values for %d frames of %d x %d",
                            values.length, frames, height, width), file.toString(), "import the session again");
                }
                all.add(new Template(text(file, rows, "stimulus", i), frames, height, width, values,
                        number(file, rows, "degrees", i)));
            }
        });
        return List.copyOf(all);
    }

    /// Numbers and texts of batches: whoever changed the file may have written columns of other types, or left cells empty.
    private static <V extends FieldVector> V column(Path file, VectorSchemaRoot rows, Class<V> type, String name,
            int row) {
        FieldVector vector = rows.getVector(name);
        if (!type.isInstance(vector) || vector.isNull(row)) {
            throw damaged(file, name, vector == null
                    ? "is not there"
                    : type.isInstance(vector) ? "has nothing in row " + row : "holds something else than it should");
        }
        return type.cast(vector);
    }

    private static int integer(Path file, VectorSchemaRoot rows, String name, int row) {
        return column(file, rows, IntVector.class, name, row).get(row);
    }

    private static double number(Path file, VectorSchemaRoot rows, String name, int row) {
        return column(file, rows, Float8Vector.class, name, row).get(row);
    }

    private static String text(Path file, VectorSchemaRoot rows, String name, int row) {
        return column(file, rows, VarCharVector.class, name, row).getObject(row).toString();
    }

    private static <V extends FieldVector> ByteBuffer list(Path file, VectorSchemaRoot rows, Class<V> type, String name,
            int row, int width) {
        ListVector list = column(file, rows, ListVector.class, name, row);
        if (!type.isInstance(list.getDataVector())) {
            throw damaged(file, name, "holds lists of something else than it should");
        }
        return Lists.bytes(rows, name, row, width);
    }
}
