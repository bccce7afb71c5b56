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

import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Roi;
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
                .add(new Roi(KeyColumns.read(form, row), row.getDouble("x"), row.getDouble("y"), row.getDouble("soma"),
                        row.getDouble("delay"))));
        return rois;
    }

    private static List<Plane> planes(Duck duck, Path file, Map<Integer, List<Roi>> rois) throws IOException {
        List<Plane> planes = new ArrayList<>();
        duck.batches(file, all(file), rows -> {
            for (int i = 0; i < rows.getRowCount(); i++) {
                int number = integer(rows, "plane", i);
                List<Roi> own = rois.getOrDefault(number, List.of());
                if (own.size() != integer(rows, "rois", i)) {
                    throw new InputException("tells of " + integer(rows, "rois", i) + " ROIs of plane " + number
                            + ", and there are " + own.size(), file.toString(), "import the session again");
                }
                ByteBuffer bytes = Lists.bytes(rows, "times", i, Double.BYTES);
                double[] times = new double[bytes.remaining() / Double.BYTES];
                bytes.asDoubleBuffer().get(times);
                planes.add(new Plane(number, text(rows, "name", i), number(rows, "depth", i), number(rows, "rate", i),
                        integer(rows, "width", i), integer(rows, "height", i), new Clock(times), own,
                        kinds(file, text(rows, "kinds", i))));
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
                row -> all.add(new Presentation(row.getString("stimulus"), row.getDouble("start"),
                        row.getDouble("stop"), condition(row), row.getBoolean("blank"), row.getInt("frame"),
                        row.getInt("image_order"), row.getDouble("azimuth"), row.getDouble("elevation"),
                        row.getString("label"))));
        return List.copyOf(all);
    }

    private static Optional<Condition> condition(ResultSet row) throws SQLException {
        return switch (row.getString("condition")) {
            case SessionRows.GRATING -> Optional.of(new Condition.Grating(row.getDouble("direction"),
                    row.getDouble("spatial_frequency"), row.getDouble("temporal_frequency")));
            case SessionRows.PICTURE -> Optional.of(new Condition.Picture(row.getInt("image")));
            default -> Optional.empty();
        };
    }

    private static List<Epoch> epochs(Duck duck, Path file) throws IOException {
        List<Epoch> all = new ArrayList<>();
        duck.rows(file, all(file),
                row -> all.add(new Epoch(row.getString("name"), row.getDouble("start"), row.getDouble("stop"))));
        return List.copyOf(all);
    }

    private static List<Signal> signals(Duck duck, Path file, List<SessionManifest.Measured> measured)
            throws IOException {
        Map<String, List<double[]>> values = new LinkedHashMap<>();
        duck.rows(file, all(file), row -> values.computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
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
                ByteBuffer bytes = Lists.bytes(rows, "values", i, 1);
                byte[] values = new byte[bytes.remaining()];
                bytes.get(values);
                int frames = integer(rows, "frames", i);
                int height = integer(rows, "height", i);
                int width = integer(rows, "width", i);
                if (values.length != (long) frames * height * width) {
                    throw new InputException(String.format(Locale.ROOT, "has %d values for %d frames of %d x %d",
                            values.length, frames, height, width), file.toString(), "import the session again");
                }
                all.add(new Template(text(rows, "stimulus", i), frames, height, width, values,
                        number(rows, "degrees", i)));
            }
        });
        return List.copyOf(all);
    }

    private static int integer(VectorSchemaRoot rows, String name, int row) {
        return ((IntVector) rows.getVector(name)).get(row);
    }

    private static double number(VectorSchemaRoot rows, String name, int row) {
        return ((Float8Vector) rows.getVector(name)).get(row);
    }

    private static String text(VectorSchemaRoot rows, String name, int row) {
        return String.valueOf(rows.getVector(name).getObject(row));
    }
}
