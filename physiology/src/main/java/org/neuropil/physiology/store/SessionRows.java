package org.neuropil.physiology.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import org.neuropil.physiology.Clock;
import org.neuropil.physiology.Condition;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Stimulus;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;

/// What a session holds as rows, with the columns of its files of Parquet.
public final class SessionRows {
    static final String GRATING = "grating";
    static final String PICTURE = "picture";

    /// ROIs whose traces are read at once.
    private static final int BLOCK = 32;
    private static final List<TraceKind> ORDER = List.of(TraceKind.DFF, TraceKind.CORRECTED, TraceKind.DEMIXED,
            TraceKind.RAW, TraceKind.EVENTS);

    private SessionRows() {}

    /// A time of the session.
    ///
    /// @param start seconds on its clock, inclusive
    /// @param stop seconds, inclusive
    public record Span(double start, double stop) {
        /// All of it.
        public static final Span ALL = new Span(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /// @throws InputException if it ends before it starts, or a number is none
        public Span {
            if (!(start <= stop)) {
                throw new InputException(start + " to " + stop + " is no time", "--start",
                        "give seconds, the start not after the stop");
            }
        }

        /// The first frame in it, and one behind the last.
        int[] frames(Clock clock) {
            int from = clock.from(start);
            return new int[]{from, Math.max(from, clock.to(stop))};
        }
    }

    /// Its ROIs: `plane`, `roi` (place in the plane), `cell` (the key in letters), the key's parts as results have them, `x`, `y`,
    /// `soma`, `delay`.
    ///
    /// @throws InputException if keys have several forms
    public static Rows rois(Session session) {
        return rois(KeyColumns.of(session), "cell");
    }

    /// @param name of the column of keys in letters
    static Rows rois(KeyColumns keys, String name) {
        List<KeyColumns.Entry> all = keys.entries();
        List<Column> columns = new ArrayList<>(List.of(Column.of("plane", ColumnType.INT32),
                Column.of("roi", ColumnType.INT32), Column.of(name, ColumnType.TEXT)));
        List<ColumnData> data = new ArrayList<>(List.of(ints(all, KeyColumns.Entry::plane),
                ints(all, KeyColumns.Entry::place), text(all, e -> e.roi().key().label())));
        columns.addAll(keys.columns());
        data.addAll(keys.data());
        columns.addAll(List.of(Column.of("x", ColumnType.FLOAT64), Column.of("y", ColumnType.FLOAT64),
                Column.of("soma", ColumnType.FLOAT64), Column.of("delay", ColumnType.FLOAT64)));
        data.addAll(List.of(number(all, e -> e.roi().x()), number(all, e -> e.roi().y()),
                number(all, e -> e.roi().soma()), number(all, e -> e.roi().delay())));
        return new Rows(columns, data);
    }

    /// What was shown, in the order of time.
    ///
    /// @param stimuli words of families, or names in the file; all if it is empty
    public static Rows presentations(Session session, Set<String> stimuli) {
        return presentations(session.presentations().stream()
                .filter(one -> stimuli.isEmpty() || stimuli.contains(one.stimulus())
                        || stimuli.contains(Stimulus.of(one.stimulus()).word()))
                .toList());
    }

    static Rows presentations(List<Presentation> all) {
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
                        text(all, p -> p.condition().map(SessionRows::word).orElse("")),
                        grating(all, Condition.Grating::direction), grating(all, Condition.Grating::spatialFrequency),
                        grating(all, Condition.Grating::temporalFrequency),
                        ints(all, p -> p.condition().orElse(null) instanceof Condition.Picture it ? it.index() : -1),
                        ints(all, Presentation::frame), ints(all, Presentation::order),
                        number(all, Presentation::azimuth), number(all, Presentation::elevation),
                        text(all, Presentation::label)));
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

    /// Its parts, in the order of time.
    public static Rows epochs(Session session) {
        List<Epoch> all = session.epochs();
        return new Rows(
                List.of(Column.of("name", ColumnType.TEXT), Column.of("start", ColumnType.FLOAT64),
                        Column.of("stop", ColumnType.FLOAT64)),
                List.of(text(all, Epoch::name), number(all, Epoch::start), number(all, Epoch::stop)));
    }

    /// Samples of its signals: `name`, `time`, `value`.
    ///
    /// @param most rows
    /// @throws InputException if there would be more
    public static Rows signals(Session session, Span span, int most) {
        List<Signal> signals = session.signals();
        List<int[]> frames = signals.stream().map(signal -> span.frames(signal.trace().clock())).toList();
        int size = checked(frames.stream().mapToLong(of -> of[1] - of[0]).sum(), most);
        String[] names = new String[size];
        double[] times = new double[size];
        double[] values = new double[size];
        int at = 0;
        for (int s = 0; s < signals.size(); s++) {
            Signal signal = signals.get(s);
            for (int i = frames.get(s)[0]; i < frames.get(s)[1]; i++, at++) {
                names[at] = signal.name();
                times[at] = signal.trace().clock().time(i);
                values[at] = signal.trace().value(i);
            }
        }
        return new Rows(
                List.of(Column.of("name", ColumnType.TEXT), Column.of("time", ColumnType.FLOAT64),
                        Column.of("value", ColumnType.FLOAT64)),
                List.of(new ColumnData.Texts(names, null), new ColumnData.Doubles(times, null),
                        new ColumnData.Doubles(values, null)));
    }

    /// Traces of all its ROIs: `cell`, `trace` (the kind), `frame` of the plane, `time` (of the ROI: with its delay), `value`; NaN is
    /// a frame that is missing.
    ///
    /// @param kind of traces; empty for dF/F, or in a plane without it what comes nearest
    /// @param most rows
    /// @throws InputException if there would be more, or a plane with ROIs has no such traces
    public static Rows traces(Session session, Optional<TraceKind> kind, Span span, int most) throws IOException {
        long rows = 0;
        for (Plane plane : session.planes()) {
            for (int i = 0; i < plane.rois().size(); i++) {
                int[] frames = span.frames(clock(plane, i));
                rows += frames[1] - frames[0];
            }
        }
        int size = checked(rows, most);
        String[] cells = new String[size];
        String[] kinds = new String[size];
        int[] numbers = new int[size];
        double[] times = new double[size];
        float[] values = new float[size];
        int at = 0;
        for (Plane plane : session.planes()) {
            if (plane.rois().isEmpty()) {
                continue;
            }
            TraceKind used = kind(session, plane, kind);
            float[][] block = {};
            for (int i = 0; i < plane.rois().size(); i++) {
                if (i % BLOCK == 0) {
                    block = session.traces(plane, used, i, Math.min(BLOCK, plane.rois().size() - i));
                }
                Clock clock = clock(plane, i);
                int[] frames = span.frames(clock);
                String cell = plane.rois().get(i).key().label();
                float[] trace = block[i % BLOCK];
                for (int f = frames[0]; f < frames[1]; f++, at++) {
                    cells[at] = cell;
                    kinds[at] = used.word();
                    numbers[at] = f;
                    times[at] = clock.time(f);
                    values[at] = trace[f];
                }
            }
        }
        return new Rows(
                List.of(Column.of("cell", ColumnType.TEXT), Column.of("trace", ColumnType.TEXT),
                        Column.of("frame", ColumnType.INT32), Column.of("time", ColumnType.FLOAT64),
                        Column.of("value", ColumnType.FLOAT32)),
                List.of(new ColumnData.Texts(cells, null), new ColumnData.Texts(kinds, null),
                        new ColumnData.Ints(numbers, null), new ColumnData.Doubles(times, null),
                        new ColumnData.Floats(values, null)));
    }

    private static Clock clock(Plane plane, int roi) {
        return plane.clock().later(plane.rois().get(roi).delay());
    }

    private static TraceKind kind(Session session, Plane plane, Optional<TraceKind> kind) {
        return kind.map(Stream::of).orElse(ORDER.stream()).filter(plane.kinds()::contains).findFirst()
                .orElseThrow(() -> new InputException("plane " + plane.number() + " of " + session.info().name()
                        + " has no traces" + kind.map(word -> " of kind " + word.word()).orElse(""), "--trace",
                        "there are " + String.join(", ", plane.kinds().stream().sorted().map(TraceKind::word)
                                .toList())));
    }

    private static int checked(long rows, int most) {
        if (rows > most) {
            throw new InputException(rows + " values are more than " + most, "--rois",
                    "ask for fewer ROIs, or less time, at once");
        }
        return (int) rows;
    }

    private static <T> ColumnData ints(List<T> all, ToIntFunction<T> value) {
        return new ColumnData.Ints(all.stream().mapToInt(value).toArray(), null);
    }

    private static <T> ColumnData text(List<T> all, Function<T, String> value) {
        return new ColumnData.Texts(all.stream().map(value).toArray(String[]::new), null);
    }

    private static <T> ColumnData number(List<T> all, ToDoubleFunction<T> value) {
        return new ColumnData.Doubles(all.stream().mapToDouble(value).toArray(), null);
    }
}
