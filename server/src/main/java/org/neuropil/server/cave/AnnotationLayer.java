package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;

/// A table as it is now as annotations of Neuroglancer (`neuroglancer_annotations_v1`), in nm: a point for each row, or a
/// line from the presynaptic to the postsynaptic one. Rows are found by their id and by their cells; of all of them a part
/// is shown that does not overwhelm a viewer.
final class AnnotationLayer {
    private static final String SPATIAL = "spatial0";
    private static final long MOST_SHOWN = 10_000;
    private static final long MOST_OF_A_CELL = 1_000_000;
    private static final int MOST_TEXTS = 1000;
    private static final String ROOT = "_root_id";

    private final GraphCalls calls;
    private final MaterializeMoments moments;

    AnnotationLayer(GraphCalls calls, MaterializeMoments moments) {
        this.calls = calls;
        this.moments = moments;
    }

    /// How the rows of a table are laid out.
    ///
    /// @param points one, or the two ends of a line; without `_position`
    /// @param properties columns of numbers and texts, four bytes each
    /// @param texts by column of texts: its values in the order of their numbers
    /// @param cells columns of roots
    private record Layout(Queries queries, String table, VoxelSize size, List<String> points, List<Column> properties,
            Map<String, List<String>> texts, List<String> cells) {
        /// Its rows that meet a filter, in the order of their ids.
        Rows rows(List<Filter> filters, long most) throws IOException {
            List<ColumnRef> columns = new ArrayList<>(List.of(ref("id")));
            points.forEach(point -> columns.add(ref(point + "_position")));
            properties.forEach(column -> columns.add(ref(column.name())));
            cells.forEach(column -> columns.add(ref(column)));
            Query query = new Query(List.of(new Query.Use(table, table)), List.of(), filters, columns, Map.of(),
                    Query.Positions.PLAIN, Optional.empty(), List.of(new Query.Order(ref("id"), false)),
                    OptionalLong.empty(), 0, Optional.empty(), Optional.of(new Query.Sample(most, 0, false)), false);
            try (org.neuropil.tables.query.Answer answer = queries.ask(query)) {
                return answer.rows();
            }
        }

        ColumnRef ref(String column) {
            return new ColumnRef(table, column);
        }

        int bytes() {
            return 12 * points.size() + 4 * properties.size();
        }
    }

    private interface Work {
        Answer of(Layout layout) throws IOException;
    }

    private Answer on(Call call, Work work) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = moments.present(call)) {
                String table = call.variable("name");
                Map<String, Source> sources = moments.sources(call, moment, List.of(table));
                Queries queries = new Queries(moments.tables().engine(), sources);
                return work.of(layout(queries, Objects.requireNonNull(sources.get(table))));
            }
        });
    }

    private static Layout layout(Queries queries, Source source) throws IOException {
        List<Column> columns = source.columns();
        List<String> names = columns.stream().map(Column::name).toList();
        List<String> points = names.stream().filter(name -> name.endsWith("_position_x"))
                .map(name -> name.substring(0, name.length() - 11)).toList();
        if (points.isEmpty()) {
            throw new Problem(400, "table '" + source.info().name() + "' has no points", "table", "");
        }
        boolean line = points.contains("pre_pt") && points.contains("post_pt");
        List<Column> properties = new ArrayList<>();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        for (Column column : columns) {
            if (column.type() == ColumnType.TEXT) {
                List<String> values = texts(queries, source.info().name(), column.name());
                if (values.size() <= MOST_TEXTS) {
                    texts.put(column.name(), values);
                    properties.add(column);
                }
            } else if ((column.type() == ColumnType.FLOAT32 || column.type() == ColumnType.FLOAT64
                    || column.type() == ColumnType.INT32) && !column.name().matches("(?s).*_position_[xyz]")) {
                properties.add(column);
            }
        }
        return new Layout(queries, source.info().name(), source.info().resolution(),
                line ? List.of("pre_pt", "post_pt") : points.subList(0, 1), properties, texts,
                names.stream().filter(name -> name.endsWith(ROOT)).toList());
    }

    /// The values of a column, first those that came first: who comes later does not change the number of another.
    private static List<String> texts(Queries queries, String table, String column) throws IOException {
        ColumnRef ref = new ColumnRef(table, column);
        Query query = new Query(List.of(new Query.Use(table, table)), List.of(), List.of(new Filter.Null(ref, true)),
                List.of(), Map.of(), Query.Positions.PLAIN,
                Optional.of(new Query.Grouping(List.of(ref),
                        List.of(new Query.Aggregate(Query.Function.MIN, Optional.of(new ColumnRef(table, "id")),
                                "first_id")),
                        List.of())),
                List.of(new Query.Order(ColumnRef.ofAnswer("first_id"), false)), OptionalLong.of(MOST_TEXTS + 1L), 0,
                Optional.empty(), Optional.empty(), false);
        try (org.neuropil.tables.query.Answer answer = queries.ask(query)) {
            Rows rows = answer.rows();
            List<String> values = new ArrayList<>();
            if (rows.data().get(rows.index(column)) instanceof ColumnData.Texts found) {
                for (String text : found.values()) {
                    values.add(String.valueOf(text));
                }
            }
            return values;
        }
    }

    /// `GET table/{name}/precomputed/info`.
    Answer info(Call call) throws IOException {
        return on(call, layout -> {
            double[][] bounds = bounds(layout);
            List<Map<String, Object>> properties = new ArrayList<>();
            for (Column column : layout.properties()) {
                Map<String, Object> property = new LinkedHashMap<>();
                property.put("id", column.name());
                List<String> values = layout.texts().get(column.name());
                if (values == null) {
                    property.put("type", column.type() == ColumnType.INT32 ? "int32" : "float32");
                } else {
                    property.put("type", "uint32");
                    List<Integer> numbers = new ArrayList<>();
                    values.forEach(_ -> numbers.add(numbers.size()));
                    property.put("enum_values", numbers);
                    property.put("enum_labels", values);
                }
                properties.add(property);
            }
            Map<String, Object> info = new LinkedHashMap<>();
            info.put("@type", "neuroglancer_annotations_v1");
            info.put("dimensions",
                    CaveJson.object("x", List.of(1e-9, "m"), "y", List.of(1e-9, "m"), "z", List.of(1e-9, "m")));
            info.put("lower_bound", bounds[0]);
            info.put("upper_bound", bounds[1]);
            info.put("annotation_type", layout.points().size() == 2 ? "LINE" : "POINT");
            info.put("properties", properties);
            info.put("relationships",
                    layout.cells().stream().map(cell -> CaveJson.object("id", cell, "key", cell)).toList());
            info.put("by_id", Map.of("key", "by_id"));
            double[] extent = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                extent[axis] = bounds[1][axis] - bounds[0][axis];
            }
            info.put("spatial",
                    List.of(CaveJson.object("key", SPATIAL, "grid_shape", new int[]{1, 1, 1}, "chunk_size", extent,
                            "limit", (int) MOST_SHOWN)));
            return CaveJson.answer(call, info);
        });
    }

    /// A box around all points, in nm.
    private static double[][] bounds(Layout layout) throws IOException {
        double[][] bounds = {{0, 0, 0}, {1, 1, 1}};
        for (int axis = 0; axis < 3; axis++) {
            List<Query.Aggregate> aggregates = new ArrayList<>();
            for (String point : layout.points()) {
                Optional<ColumnRef> column = Optional.of(layout.ref(point + "_position_" + "xyz".charAt(axis)));
                aggregates.add(new Query.Aggregate(Query.Function.MIN, column, point + "_min"));
                aggregates.add(new Query.Aggregate(Query.Function.MAX, column, point + "_max"));
            }
            Query query = new Query(List.of(new Query.Use(layout.table(), layout.table())), List.of(), List.of(),
                    List.of(), Map.of(), Query.Positions.PLAIN,
                    Optional.of(new Query.Grouping(List.of(), aggregates, List.of())), List.of(),
                    OptionalLong.empty(), 0, Optional.empty(), Optional.empty(), false);
            try (org.neuropil.tables.query.Answer answer = layout.queries().ask(query)) {
                Rows rows = answer.rows();
                for (int i = 0; i < aggregates.size(); i++) {
                    if (number(rows.data().get(i), 0) instanceof Number voxel) {
                        double at = voxel.doubleValue() * layout.size().get(axis);
                        bounds[0][axis] = i == 0 ? at : Math.min(bounds[0][axis], at);
                        // Viewers take a box without volume for nothing.
                        bounds[1][axis] = i == 0 ? at + 1 : Math.max(bounds[1][axis], at + 1);
                    }
                }
            }
        }
        return bounds;
    }

    private static @Nullable Number number(ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> (Number) longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            default -> null;
        };
    }

    /// `GET table/{name}/precomputed/by_id/{id}`.
    Answer row(Call call) throws IOException {
        return on(call, layout -> {
            long id = CaveQuery.id(call.variable("id"), "id");
            Rows rows = layout.rows(List.of(MaterializeFilters.equal(layout.ref("id"), id)), 1);
            if (rows.size() == 0) {
                throw Problem.notFound("there is no row " + Long.toUnsignedString(id), "id", "");
            }
            ByteBuffer bytes = buffer(layout.bytes() + 12 * layout.cells().size());
            put(layout, rows, 0, bytes);
            for (String cell : layout.cells()) {
                long root = rows.longs(cell)[0];
                bytes.putInt(root == 0 ? 0 : 1);
                if (root != 0) {
                    bytes.putLong(root);
                }
            }
            return bytes(bytes);
        });
    }

    /// `GET table/{name}/precomputed/{key}/{id}`: rows of a cell, or some of all.
    Answer rows(Call call) throws IOException {
        return on(call, layout -> {
            String key = call.variable("key");
            Rows rows;
            if (key.equals(SPATIAL) && call.variable("id").equals("0_0_0")) {
                rows = layout.rows(List.of(), MOST_SHOWN);
            } else if (layout.cells().contains(key)) {
                long root = CaveQuery.id(call.variable("id"), "id");
                rows = layout.rows(List.of(MaterializeFilters.equal(layout.ref(key), root)), MOST_OF_A_CELL);
            } else {
                throw Problem.notFound("there is no '" + MaterializeFilters.shown(key) + "'", "key",
                        "the file info tells what there is");
            }
            ByteBuffer bytes = buffer(8 + rows.size() * (layout.bytes() + 8));
            bytes.putLong(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                put(layout, rows, row, bytes);
            }
            for (long id : rows.longs("id")) {
                bytes.putLong(id);
            }
            return bytes(bytes);
        });
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Answer bytes(ByteBuffer bytes) {
        byte[] sent = new byte[bytes.position()];
        bytes.flip().get(sent);
        return new Answer.Result(MediaTypes.BYTES, sent);
    }

    /// Places in nm and properties of a row. What is absent is NaN, or 0 where there is none.
    private static void put(Layout layout, Rows rows, int row, ByteBuffer bytes) {
        for (String point : layout.points()) {
            for (int axis = 0; axis < 3; axis++) {
                Number voxel = number(rows.data().get(rows.index(point + "_position_" + "xyz".charAt(axis))), row);
                bytes.putFloat(voxel == null ? Float.NaN : (float) (voxel.doubleValue() * layout.size().get(axis)));
            }
        }
        for (Column column : layout.properties()) {
            ColumnData data = rows.data().get(rows.index(column.name()));
            if (data instanceof ColumnData.Texts texts) {
                List<String> values = layout.texts().getOrDefault(column.name(), List.of());
                bytes.putInt(texts.isAbsent(row) ? 0 : Math.max(0, values.indexOf(texts.values()[row])));
            } else if (column.type() == ColumnType.INT32) {
                Number number = number(data, row);
                bytes.putInt(number == null ? 0 : number.intValue());
            } else {
                Number number = number(data, row);
                bytes.putFloat(number == null ? Float.NaN : number.floatValue());
            }
        }
    }
}
