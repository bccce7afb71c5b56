package org.neuropil.tables.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.jspecify.annotations.NullUnmarked;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnType;

/// Makes queries of all kinds over [TestWorld].
@NullUnmarked
final class RandomQuery {
    private static final List<String> PATTERNS = List.of("a", "^a", "b$", ".", "^$", "[A-Z]", "a.b", "\\d+P", "a|B",
            "x\"y",
            "(a)(b)?");
    private final Map<String, TestTable> tables;
    private final Random random;
    private final List<String> uses = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private RandomQuery(Map<String, TestTable> tables, Random random) {
        this.tables = tables;
        this.random = random;
    }

    static QueryBuilder make(Map<String, TestTable> tables, Random random) {
        return new RandomQuery(tables, random).make();
    }

    private QueryBuilder make() {
        QueryBuilder query;
        if (random.nextInt(4) == 0) {
            add("cells", "cells");
            query = QueryBuilder.from("cells");
        } else {
            add("synapses", "synapses");
            query = QueryBuilder.from("synapses");
            Join.Kind kind = TestWorld.pick(random, List.of(Join.Kind.values()));
            if (random.nextInt(2) == 0) {
                add("cells", "pre");
                query.join("cells", "pre", "pre_pt_root_id", "pt_root_id", kind, Join.Cardinality.MANY_TO_ONE);
                if (random.nextInt(2) == 0) {
                    add("cells", "post");
                    query.join("cells", "post", "post_pt_root_id", "pt_root_id", kind, Join.Cardinality.MANY_TO_ONE);
                }
            }
            if (random.nextInt(3) == 0) {
                add("notes", "notes");
                String left = names.contains("pre") && random.nextBoolean() ? "pre.id" : "synapses.n";
                query.join("notes", "notes", left, "target_id", kind, Join.Cardinality.MANY_TO_MANY);
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            query.where(filter());
        }
        switch (random.nextInt(4)) {
            case 0 -> group(query);
            case 1 -> {
                List<String> chosen = some(2);
                query.select(chosen.toArray(String[]::new)).distinct();
                if (random.nextBoolean()) {
                    query.orderBy(chosen.getFirst(), random.nextBoolean());
                }
            }
            case 2 -> {
                query.select(some(3).toArray(String[]::new));
                order(query);
            }
            default -> {
                query.positions(random.nextBoolean() ? Optional.empty() : Optional.of(new VoxelSize(4, 2, 9.7)),
                        random.nextBoolean());
                order(query);
            }
        }
        return query;
    }

    private void add(String table, String name) {
        uses.add(table);
        names.add(name);
    }

    private void order(QueryBuilder query) {
        for (int i = random.nextInt(3); i > 0; i--) {
            query.orderBy(some(1).getFirst(), random.nextBoolean());
        }
    }

    private void group(QueryBuilder query) {
        List<String> by = some(random.nextInt(3));
        query.groupBy(by.toArray(String[]::new)).count("rows")
                .aggregate(Query.Function.COUNT, some(1).getFirst(), "values")
                .aggregate(Query.Function.COUNT_DISTINCT, some(1).getFirst(), "different")
                .aggregate(Query.Function.MIN, "tag", "least").aggregate(Query.Function.MAX, "id", "largest")
                .aggregate(Query.Function.MAX, "ctr_pt_position_x", "right")
                .aggregate(Query.Function.SUM, "ctr_pt_position_y", "sum")
                .aggregate(Query.Function.MEAN, "ctr_pt_position_z", "mean");
        if (names.getFirst().equals("synapses")) {
            query.aggregate(Query.Function.SUM, "score", "scores").aggregate(Query.Function.MEAN, "weight", "weights")
                    .aggregate(Query.Function.MIN, "score", "low").aggregate(Query.Function.MAX, "score", "high");
        }
        if (random.nextBoolean()) {
            query.having(random.nextBoolean() ? "rows" : "sum",
                    TestWorld.pick(random, List.of(Filter.Comparison.values())),
                    1 + random.nextInt(random.nextBoolean() ? 3 : 200));
        }
        if (random.nextBoolean()) {
            query.orderBy(by.isEmpty() || random.nextBoolean() ? "rows" : by.getFirst(), random.nextBoolean());
        }
    }

    /// Different columns, with the names of their tables.
    private List<String> some(int count) {
        List<String> chosen = new ArrayList<>();
        while (chosen.size() < count) {
            int use = random.nextInt(uses.size());
            String name = names.get(use) + "."
                    + TestWorld.pick(random, tables.get(uses.get(use)).columns()).name();
            if (!chosen.contains(name)) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    private Filter filter() {
        int use = random.nextInt(uses.size());
        TestTable table = tables.get(uses.get(use));
        Column column = TestWorld.pick(random, table.columns());
        ColumnRef ref = new ColumnRef(names.get(use), column.name());
        return switch (random.nextInt(6)) {
            case 0 -> new Filter.Null(ref, random.nextBoolean());
            case 1 -> new Filter.Compare(ref,
                    column.type() == ColumnType.BOOLEAN
                            ? Filter.Comparison.NOT_EQUAL
                            : TestWorld.pick(random, List.of(Filter.Comparison.values())),
                    value(table, column));
            case 2, 3 -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(random.nextInt(8) == 0 ? 60 : 5); i > 0; i--) {
                    values.add(value(table, column));
                }
                yield new Filter.In(ref, new Values.Any(values), random.nextInt(3) == 0);
            }
            case 4 -> names.get(use).equals("notes")
                    ? new Filter.Regex(new ColumnRef("notes", "text"), pattern())
                    : new Filter.Regex(new ColumnRef(names.get(use), "tag"), pattern());
            default -> names.get(use).equals("notes") ? new Filter.Null(ref, true) : inside(names.get(use), table);
        };
    }

    private Filter inside(String use, TestTable table) {
        Filter.Unit unit = TestWorld.pick(random, List.of(Filter.Unit.values()));
        Double[] min = new Double[3];
        Double[] max = new Double[3];
        for (int axis = 0; axis < 3; axis++) {
            double voxel = unit == Filter.Unit.VOXEL
                    ? 1
                    : table.info().resolution().get(axis) / (unit == Filter.Unit.UM ? 1000 : 1);
            int low = random.nextInt(8) - 3;
            min[axis] = (low - random.nextInt(2) * 0.25) * voxel;
            max[axis] = (low + 1 + random.nextInt(8)) * voxel;
        }
        return new Filter.Inside(use, random.nextBoolean() ? "ctr_pt" : "ctr_pt_position", Arrays.asList(min),
                Arrays.asList(max), unit);
    }

    private String pattern() {
        return TestWorld.pick(random, PATTERNS);
    }

    private Object value(TestTable table, Column column) {
        Object found = TestWorld.pick(random, table.values()).get(table.index(column.name()));
        if (found == null) {
            found = TestWorld.value(column.type(), random, () -> (long) random.nextInt(20));
        }
        return column.type() == ColumnType.TIMESTAMP ? Cells.instant((Long) found) : found;
    }
}
