package org.neuropil.server.cave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.EditPoint;
import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.Graph;
import org.neuropil.graph.MergeRequest;
import org.neuropil.graph.SplitRequest;
import org.neuropil.pipeline.Json;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Tables;
import org.neuropil.tables.schema.Schemas;

/// Random queries at random moments of a random history, against a scan of plain rows whose roots the graph tells.
class MaterializeQueriesTest {
    private static final int QUERIES = 100;
    private static final int STEPS = 60;
    private static final List<String> TYPES = List.of("basket", "pyramidal", "glia");

    @TempDir
    Path temp = Path.of("");

    private final Random random = new Random(7);
    private final List<Long> synapses = new ArrayList<>();
    private final List<Long> cells = new ArrayList<>();
    private final List<Instant> moments = new ArrayList<>();
    private final List<Row> history = new ArrayList<>();

    /// A row with its history.
    private record Row(String table, long created, long deleted, Map<String, Object> values) {
        boolean stands(Instant at) {
            long micros = at.toEpochMilli() * 1000;
            return created <= micros && deleted > micros;
        }
    }

    @Test
    void answersAreThoseOfAScanOfPlainRows() throws Exception {
        try (TablesServer server = new TablesServer(temp, this::fill)) {
            int some = 0;
            for (int i = 0; i < QUERIES; i++) {
                some += ask(server, i) > 0 ? 1 : 0;
            }
            assertThat(some).as("queries that gave rows").isGreaterThan(QUERIES / 2);
        }
    }

    // The history.

    private void fill(TrafficWorld world, Tables tables) throws IOException {
        tables.store().create(TablesServer.info("synapses", "synapse", Optional.empty()), Schemas.known("synapse"));
        tables.store().create(TablesServer.info("cells", "cell_type_local", Optional.empty()),
                Schemas.known("cell_type_local"));
        insert(tables, "synapses", 200, synapses);
        insert(tables, "cells", 20, cells);
        for (int step = 0; step < STEPS; step++) {
            moments.add(tables.store().head());
            switch (random.nextInt(6)) {
                case 0 -> insert(tables, "synapses", 5, synapses);
                case 1 -> insert(tables, "cells", 1, cells);
                case 2 -> delete(tables, "synapses", synapses);
                case 3 -> delete(tables, "cells", cells);
                default -> edit(world);
            }
            if (step == STEPS / 2) {
                moments.add(tables.freeze(OptionalInt.empty(), "half").time());
            }
        }
        moments.add(tables.store().head());
        remember(tables, "synapses");
        remember(tables, "cells");
    }

    private void insert(Tables tables, String table, int count, List<Long> standing) throws IOException {
        List<Column> columns = new ArrayList<>();
        List<ColumnData> data = new ArrayList<>();
        for (String point : table.equals("synapses") ? List.of("pre_pt", "post_pt", "ctr_pt") : List.of("pt")) {
            for (String axis : List.of("x", "y", "z")) {
                columns.add(Column.of(point + "_position_" + axis, ColumnType.INT32));
                data.add(new ColumnData.Ints(random.ints(count, 0, 128).toArray(), null));
            }
        }
        if (table.equals("synapses")) {
            float[] sizes = new float[count];
            for (int i = 0; i < count; i++) {
                sizes[i] = random.nextInt(10);
            }
            columns.add(Column.nullable("size", ColumnType.FLOAT32));
            data.add(new ColumnData.Floats(sizes, null));
        } else {
            columns.add(Column.of("cell_type", ColumnType.TEXT));
            columns.add(Column.of("classification_system", ColumnType.TEXT));
            data.add(
                    new ColumnData.Texts(IntStream.range(0, count).mapToObj(_ -> type()).toArray(String[]::new), null));
            data.add(new ColumnData.Texts(IntStream.range(0, count).mapToObj(_ -> "by eye").toArray(String[]::new),
                    null));
        }
        for (long id : tables.insert(table, new Rows(columns, data))) {
            standing.add(id);
        }
    }

    private String type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private void delete(Tables tables, String table, List<Long> standing) throws IOException {
        tables.store().delete(table, new long[]{standing.remove(random.nextInt(standing.size()))});
    }

    private void edit(TrafficWorld world) throws IOException {
        EditPoint a = point(world.supervoxels.get(random.nextInt(world.supervoxels.size())));
        EditPoint b = point(world.supervoxels.get(random.nextInt(world.supervoxels.size())));
        try {
            long[] roots = world.graph.roots(new long[]{a.node(), b.node()}, Graph.NOW, TrafficWorld.INFO.layers());
            if (roots[0] == roots[1]) {
                world.graph.split(SplitRequest.of("ada", List.of(a), List.of(b)));
            } else {
                world.graph.merge(MergeRequest.of("ada", a, b));
            }
        } catch (EditRefusedException e) {
            assertThat(e.reason()).isNotEqualTo(EditRefusedException.Reason.READ_ONLY);
        }
    }

    private static EditPoint point(long supervoxel) {
        return new EditPoint(supervoxel, 900, 400, 3980);
    }

    private void remember(Tables tables, String table) throws IOException {
        Rows rows = tables.store().changes(table, Instant.MIN, tables.store().head());
        for (int row = 0; row < rows.size(); row++) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (int i = 0; i < rows.columns().size(); i++) {
                Object value = value(rows.data().get(i), row);
                if (value != null) {
                    values.put(rows.columns().get(i).name(), value);
                }
            }
            history.add(new Row(table, (Long) Objects.requireNonNull(values.get("created")),
                    values.get("deleted") instanceof Long deleted ? deleted : Long.MAX_VALUE, values));
        }
    }

    private static @Nullable Object value(ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> (Object) longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Texts texts -> texts.values()[row];
            default -> null;
        };
    }

    // The queries.

    private int ask(TablesServer server, int number) throws Exception {
        Instant at = moments.get(random.nextInt(moments.size()));
        List<String> tables = random.nextInt(3) == 0
                ? List.of("synapses", "cells")
                : List.of(random.nextBoolean() ? "synapses" : "cells");
        Map<String, List<Map<String, Object>>> standing = new LinkedHashMap<>();
        for (String table : tables) {
            standing.put(table, rows(server.world, table, at));
        }
        Map<String, Map<String, Map<String, Object>>> filters = new LinkedHashMap<>();
        Map<String, Predicate<Map<String, Object>>> kept = new LinkedHashMap<>();
        for (String table : tables) {
            kept.put(table, filter(table, standing.getOrDefault(table, List.of()), filters));
        }
        List<Map<String, Object>> expected = new ArrayList<>();
        for (Map<String, Object> row : standing.getOrDefault(tables.getFirst(), List.of())) {
            if (kept.getOrDefault(tables.getFirst(), _ -> false).test(row)) {
                if (tables.size() == 1) {
                    expected.add(row);
                } else {
                    standing.getOrDefault("cells", List.of()).stream().filter(kept.getOrDefault("cells", _ -> false))
                            .filter(cell -> Objects.equals(cell.get("pt_root_id"), row.get("post_pt_root_id")))
                            .forEach(cell -> expected.add(joined(row, cell)));
                }
            }
        }
        int total = expected.size();
        Map<String, Object> body = new LinkedHashMap<>(filters);
        body.put("table", tables.getFirst());
        body.put("timestamp", at + "");
        if (tables.size() > 1) {
            body.put("join_tables", List.of(List.of("synapses", "post_pt_root_id", "cells", "pt_root_id")));
            body.put("suffixes", Map.of("synapses", "", "cells", "_cell"));
        }
        int offset = random.nextInt(3) == 0 ? random.nextInt(10) : 0;
        int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE;
        body.put("offset", offset);
        if (limit < Integer.MAX_VALUE) {
            body.put("limit", limit);
        }
        String text = new String(Json.bytes(body), StandardCharsets.UTF_8);
        TablesServer.Arrow found = server.query(TablesServer.V3 + "query", text, "Accept-Encoding",
                List.of("zstd", "lz4", "identity").get(number % 3));
        List<Map<String, Object>> page = expected.stream().skip(offset).limit(limit).toList();
        assertThat(found.rows()).as(text).isEqualTo(page);
        assertThat(found.header("X-Total-Rows")).as(text).isEqualTo(total + "");
        assertThat(found.metadata()).containsEntry("total_rows", total + "");
        assertThat(found.header("Warning").contains("201 - \"Limited query to " + limit + " rows")).as(text)
                .isEqualTo(total - offset > limit);
        return page.size();
    }

    private static Map<String, Object> joined(Map<String, Object> synapse, Map<String, Object> cell) {
        Map<String, Object> row = new LinkedHashMap<>(synapse);
        cell.forEach((name, value) -> row.put(synapse.containsKey(name) ? name + "_cell" : name, value));
        return row;
    }

    /// The rows of a table at a moment with their roots, in the order of their ids.
    private List<Map<String, Object>> rows(TrafficWorld world, String table, Instant at) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : history) {
            if (row.table().equals(table) && row.stands(at)) {
                Map<String, Object> values = new LinkedHashMap<>(row.values());
                values.keySet().removeAll(List.of("deleted", "superceded_id"));
                values.put("valid", true);
                for (String point : table.equals("synapses") ? List.of("pre_pt", "post_pt") : List.of("pt")) {
                    long supervoxel = TrafficWorld.supervoxel(number(values, point, "x"), number(values, point, "y"),
                            number(values, point, "z"));
                    assertThat(values.get(point + "_supervoxel_id")).isEqualTo(supervoxel);
                    values.put(point + "_root_id", supervoxel == 0
                            ? 0L
                            : world.graph.roots(new long[]{supervoxel}, at, TrafficWorld.INFO.layers())[0]);
                }
                rows.add(values);
            }
        }
        rows.sort(Comparator.comparing(row -> (Long) row.get("id")));
        return rows;
    }

    private static int number(Map<String, Object> values, String point, String axis) {
        return (Integer) Objects.requireNonNull(values.get(point + "_position_" + axis));
    }

    /// One or two filters of a table, as JSON and as what they mean.
    private Predicate<Map<String, Object>> filter(String table, List<Map<String, Object>> rows,
            Map<String, Map<String, Map<String, Object>>> filters) {
        Predicate<Map<String, Object>> all = _ -> true;
        String point = table.equals("synapses") ? List.of("pre_pt", "post_pt").get(random.nextInt(2)) : "pt";
        for (int i = random.nextInt(3); i > 0 && !rows.isEmpty(); i--) {
            Map<String, Object> some = rows.get(random.nextInt(rows.size()));
            Map<String, Object> other = rows.get(random.nextInt(rows.size()));
            String root = point + "_root_id";
            Object wantedRoot = Objects.requireNonNull(some.get(root));
            switch (random.nextInt(8)) {
                case 0 -> all = all.and(put(filters, "filter_equal_dict", table, root, wantedRoot,
                        row -> wantedRoot.equals(row.get(root))));
                case 1 -> {
                    Set<Object> wanted = new HashSet<>(Arrays.asList(wantedRoot, other.get(root)));
                    all = all.and(put(filters, "filter_in_dict", table, root, List.copyOf(wanted),
                            row -> wanted.contains(row.get(root))));
                }
                case 2 -> {
                    Set<Object> wanted = new HashSet<>(Arrays.asList(wantedRoot, other.get(root)));
                    all = all.and(put(filters, "filter_notin_dict", table, root, List.copyOf(wanted),
                            row -> !wanted.contains(row.get(root))));
                }
                case 3 -> {
                    long id = (Long) Objects.requireNonNull(some.get("id"));
                    all = all.and(put(filters, "filter_greater_dict", table, "id", id,
                            row -> (Long) Objects.requireNonNull(row.get("id")) > id));
                }
                case 4 -> {
                    long id = (Long) Objects.requireNonNull(some.get("id"));
                    all = all.and(put(filters, "filter_less_equal_dict", table, "id", id,
                            row -> (Long) Objects.requireNonNull(row.get("id")) <= id));
                }
                case 5 -> {
                    int from = random.nextInt(64);
                    int to = from + 1 + random.nextInt(64);
                    all = all.and(put(filters, "filter_spatial_dict", table, point + "_position",
                            List.of(List.of(from, 0, from), List.of(to, 127, to)),
                            row -> in(number(row, point, "x"), from, to) && in(number(row, point, "z"), from, to)));
                }
                default -> {
                    if (table.equals("cells")) {
                        String part = List.of("ba", "^p", "a$", "gl|mid").get(random.nextInt(4));
                        all = all.and(put(filters, "filter_regex_dict", table, "cell_type", part,
                                row -> Pattern.compile(part).matcher(String.valueOf(row.get("cell_type")))
                                        .find()));
                    } else {
                        float size = random.nextInt(10);
                        all = all.and(put(filters, "filter_greater_equal_dict", table, "size", size,
                                row -> (Float) Objects.requireNonNull(row.get("size")) >= size));
                    }
                }
            }
        }
        return all;
    }

    private static boolean in(int value, int from, int to) {
        return value >= from && value <= to;
    }

    /// Adds a filter unless the column has one of the kind.
    private static Predicate<Map<String, Object>> put(Map<String, Map<String, Map<String, Object>>> filters,
            String kind,
            String table, String column, Object value, Predicate<Map<String, Object>> meant) {
        boolean first = filters.computeIfAbsent(kind, _ -> new LinkedHashMap<>())
                .computeIfAbsent(table, _ -> new LinkedHashMap<>()).putIfAbsent(column, value) == null;
        return first ? meant : _ -> true;
    }
}
