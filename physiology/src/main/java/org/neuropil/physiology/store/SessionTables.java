package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.apache.arrow.vector.types.pojo.Schema;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;

/// The small tables of a session.
final class SessionTables {
    static final String PLANES = "planes.parquet";
    static final String ROIS = "rois.parquet";
    static final String PRESENTATIONS = "presentations.parquet";
    static final String EPOCHS = "epochs.parquet";
    static final String SIGNALS = "signals.parquet";
    static final String TEMPLATES = "templates.parquet";

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
        duck.write(folder.resolve(ROIS), SessionRows.rois(keys, "key"));
        duck.write(folder.resolve(PRESENTATIONS), SessionRows.presentations(session.presentations()));
        duck.write(folder.resolve(EPOCHS), SessionRows.epochs(session));
        duck.write(folder.resolve(SIGNALS), SessionRows.signals(session, SessionRows.Span.ALL, Integer.MAX_VALUE));
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
}
