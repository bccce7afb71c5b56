package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.apache.arrow.vector.types.pojo.Schema;
import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// The small tables of a session.
final class SessionTables {
    static final String PLANES = "planes.parquet";
    static final String ROIS = "rois.parquet";
    static final String PRESENTATIONS = "presentations.parquet";
    static final String EPOCHS = "epochs.parquet";
    static final String SIGNALS = "signals.parquet";
    static final String TEMPLATES = "templates.parquet";

    static final String GRATING = "grating";
    static final String PICTURE = "picture";

    private static final int FEW = 16;
    private static final Schema PLANE = new Schema(List.of(Lists.field("plane", Lists.INT), Lists.text("name"),
            Lists.field("depth", Lists.DOUBLE), Lists.field("rate", Lists.DOUBLE), Lists.field("width", Lists.INT),
            Lists.field("height", Lists.INT), Lists.field("rois", Lists.INT), Lists.field("frames", Lists.INT),
            Lists.text("kinds"), Lists.list("times", Lists.DOUBLE)));
    private static final Schema TEMPLATE = new Schema(List.of(Lists.text("stimulus"), Lists.field("frames", Lists.INT),
            Lists.field("height", Lists.INT), Lists.field("width", Lists.INT), Lists.field("degrees", Lists.DOUBLE),
            Lists.list("values", Lists.BYTE)));

    private final Session session;
    private final Set<TraceKind> kinds;
    private final KeyColumns keys;

    /// @param kinds that are written
    /// @throws org.neuropil.space.InputException if keys cannot be written
    SessionTables(Session session, Set<TraceKind> kinds) {
        this.session = session;
        this.kinds = kinds;
        this.keys = KeyColumns.of(session);
    }

    /// The form of keys.
    String keys() {
        return keys.form();
    }

    void write(Duck duck, Path folder) throws IOException {
        planes(duck, folder.resolve(PLANES));
        duck.write(folder.resolve(ROIS), rois());
        duck.write(folder.resolve(PRESENTATIONS), presentations(session.presentations()));
        duck.write(folder.resolve(EPOCHS), epochs(session.epochs()));
        duck.write(folder.resolve(SIGNALS), signals(session.signals()));
        templates(duck, folder.resolve(TEMPLATES));
    }

    private void planes(Duck duck, Path file) throws IOException {
        List<Plane> planes = session.planes();
        duck.write(file, new RowSource(duck.allocator(), PLANE, (batch, rows) -> {
            List<Plane> some = part(planes, batch);
            if (some.isEmpty()) {
                return false;
            }
            int[] frames = ints(some, plane -> plane.clock().frames());
            Lists.fill(rows, "plane", ints(some, Plane::number));
            Lists.fill(rows, "name", texts(some, Plane::name));
            Lists.fill(rows, "depth", doubles(some, Plane::depth));
            Lists.fill(rows, "rate", doubles(some, Plane::rate));
            Lists.fill(rows, "width", ints(some, Plane::width));
            Lists.fill(rows, "height", ints(some, Plane::height));
            Lists.fill(rows, "rois", ints(some, plane -> plane.rois().size()));
            Lists.fill(rows, "frames", frames);
            Lists.fill(rows, "kinds", texts(some, this::kinds));
            ByteBuffer times = Lists.buffer(8L * some.stream().mapToLong(plane -> plane.clock().frames()).sum());
            some.forEach(plane -> {
                for (int i = 0; i < plane.clock().frames(); i++) {
                    times.putDouble(plane.clock().time(i));
                }
            });
            Lists.fill(rows, "times", frames, times.flip(), Double.BYTES);
            rows.setRowCount(some.size());
            return true;
        }), new Duck.Form(FEW));
    }

    private String kinds(Plane plane) {
        return plane.kinds().stream().filter(kinds::contains).sorted().map(TraceKind::word)
                .collect(Collectors.joining(","));
    }

    private void templates(Duck duck, Path file) throws IOException {
        List<Template> templates = session.templates();
        duck.write(file, new RowSource(duck.allocator(), TEMPLATE, (batch, rows) -> {
            if (batch >= templates.size()) {
                return false;
            }
            List<Template> one = List.of(templates.get(batch));
            Template template = one.getFirst();
            Lists.fill(rows, "stimulus", texts(one, Template::stimulus));
            Lists.fill(rows, "frames", ints(one, Template::frames));
            Lists.fill(rows, "height", ints(one, Template::height));
            Lists.fill(rows, "width", ints(one, Template::width));
            Lists.fill(rows, "degrees", doubles(one, Template::degrees));
            Lists.fill(rows, "values", new int[]{template.values().length}, ByteBuffer.wrap(template.values()), 1);
            rows.setRowCount(1);
            return true;
        }), new Duck.Form(FEW));
    }

    private Rows rois() {
        List<KeyColumns.Entry> all = keys.entries();
        List<Column> columns = new ArrayList<>(List.of(Column.of("plane", ColumnType.INT32),
                Column.of("roi", ColumnType.INT32), Column.of("key", ColumnType.TEXT)));
        List<ColumnData> data = new ArrayList<>(List.of(new ColumnData.Ints(ints(all, KeyColumns.Entry::plane), null),
                new ColumnData.Ints(ints(all, KeyColumns.Entry::place), null), text(all, e -> e.roi().key().label())));
        columns.addAll(keys.columns());
        data.addAll(keys.data());
        columns.addAll(List.of(Column.of("x", ColumnType.FLOAT64), Column.of("y", ColumnType.FLOAT64),
                Column.of("soma", ColumnType.FLOAT64), Column.of("delay", ColumnType.FLOAT64)));
        data.addAll(List.of(number(all, e -> e.roi().x()), number(all, e -> e.roi().y()),
                number(all, e -> e.roi().soma()), number(all, e -> e.roi().delay())));
        return new Rows(columns, data);
    }

    private static Rows presentations(List<Presentation> all) {
        return new Rows(
                List.of(Column.of("stimulus", ColumnType.TEXT), Column.of("family", ColumnType.TEXT),
                        Column.of("start", ColumnType.FLOAT64), Column.of("stop", ColumnType.FLOAT64),
                        Column.of("blank", ColumnType.BOOLEAN), Column.of("condition", ColumnType.TEXT),
                        Column.of("direction", ColumnType.FLOAT64), Column.of("spatial_frequency", ColumnType.FLOAT64),
                        Column.of("temporal_frequency", ColumnType.FLOAT64), Column.of("image", ColumnType.INT32),
                        Column.of("frame", ColumnType.INT32), Column.of("image_order", ColumnType.INT32),
                        Column.of("azimuth", ColumnType.FLOAT64), Column.of("elevation", ColumnType.FLOAT64),
                        Column.of("label", ColumnType.TEXT)),
                List.of(text(all, Presentation::stimulus), text(all, p -> Stimulus.of(p.stimulus()).word()),
                        number(all, Presentation::start), number(all, Presentation::stop), blanks(all),
                        text(all, p -> p.condition().map(SessionTables::word).orElse("")),
                        grating(all, Condition.Grating::direction), grating(all, Condition.Grating::spatialFrequency),
                        grating(all, Condition.Grating::temporalFrequency),
                        new ColumnData.Ints(ints(all,
                                p -> p.condition().orElse(null) instanceof Condition.Picture it ? it.index() : -1),
                                null),
                        new ColumnData.Ints(ints(all, Presentation::frame), null),
                        new ColumnData.Ints(ints(all, Presentation::order), null), number(all, Presentation::azimuth),
                        number(all, Presentation::elevation), text(all, Presentation::label)));
    }

    private static String word(Condition condition) {
        return switch (condition) {
            case Condition.Grating _ -> GRATING;
            case Condition.Picture _ -> PICTURE;
        };
    }

    private static ColumnData grating(List<Presentation> all, ToDoubleFunction<Condition.Grating> value) {
        return number(all, p -> p.condition().orElse(null) instanceof Condition.Grating it
                ? value.applyAsDouble(it)
                : Double.NaN);
    }

    private static ColumnData blanks(List<Presentation> all) {
        boolean[] values = new boolean[all.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = all.get(i).blank();
        }
        return new ColumnData.Booleans(values, null);
    }

    private static Rows epochs(List<Epoch> all) {
        return new Rows(
                List.of(Column.of("name", ColumnType.TEXT), Column.of("start", ColumnType.FLOAT64),
                        Column.of("stop", ColumnType.FLOAT64)),
                List.of(text(all, Epoch::name), number(all, Epoch::start), number(all, Epoch::stop)));
    }

    private static Rows signals(List<Signal> signals) {
        int size = signals.stream().mapToInt(signal -> signal.trace().clock().frames()).sum();
        String[] names = new String[size];
        double[] times = new double[size];
        double[] values = new double[size];
        int at = 0;
        for (Signal signal : signals) {
            double[] of = signal.trace().values();
            Clock clock = signal.trace().clock();
            for (int i = 0; i < of.length; i++, at++) {
                names[at] = signal.name();
                times[at] = clock.time(i);
                values[at] = of[i];
            }
        }
        return new Rows(
                List.of(Column.of("name", ColumnType.TEXT), Column.of("time", ColumnType.FLOAT64),
                        Column.of("value", ColumnType.FLOAT64)),
                List.of(new ColumnData.Texts(names, null), new ColumnData.Doubles(times, null),
                        new ColumnData.Doubles(values, null)));
    }

    private static <T> List<T> part(List<T> all, int batch) {
        int first = Math.min(all.size(), batch * FEW);
        return all.subList(first, Math.min(all.size(), first + FEW));
    }

    private static <T> int[] ints(List<T> all, ToIntFunction<T> value) {
        return all.stream().mapToInt(value).toArray();
    }

    private static <T> double[] doubles(List<T> all, ToDoubleFunction<T> value) {
        return all.stream().mapToDouble(value).toArray();
    }

    private static <T> List<String> texts(List<T> all, Function<T, String> value) {
        return all.stream().map(value).toList();
    }

    private static <T> ColumnData text(List<T> all, Function<T, String> value) {
        return new ColumnData.Texts(all.stream().map(value).toArray(String[]::new), null);
    }

    private static <T> ColumnData number(List<T> all, ToDoubleFunction<T> value) {
        return new ColumnData.Doubles(doubles(all, value), null);
    }
}
