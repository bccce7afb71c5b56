package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Join;
import org.neuropil.tables.query.OutputColumn;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.Query;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.Values;

/// A table as properties of cells for Neuroglancer: of each cell its row of the smallest id, text as tags and label,
/// numbers as numbers.
final class SegmentProperties {
    private static final long MOST_ROWS = 2_000_000;
    private static final int MOST_TAGS = 10_000;
    private static final String ROOT = "root_id";

    private final GraphCalls calls;
    private final MaterializeMoments moments;

    SegmentProperties(GraphCalls calls, MaterializeMoments moments) {
        this.calls = calls;
        this.moments = moments;
    }

    /// `GET version/{version}/table/{name}/info`, that of a view, and `table/{name}/info` for the present. `label_columns` names columns
    /// with commas between them, `label_format` has them in curly brackets: `{cell_type} {id}`.
    Answer info(Call call) throws IOException {
        return calls.onTables(() -> {
            try (Moment moment = call.variables().containsKey("version")
                    ? moments.open(call)
                    : moments.present(call)) {
                return CaveJson.answer(call, document(call, read(call, moment)));
            }
        });
    }

    /// Rows, the first of each cell.
    ///
    /// @param columns of the answer, in the order of the data
    /// @param root which of them has the cells
    private record Read(List<OutputColumn> columns, Rows rows, int root, int[] first) {}

    private Read read(Call call, Moment moment) throws IOException {
        String name = call.variable("name");
        List<String> names = new ArrayList<>(List.of(name));
        Source own = moments.sources(call, moment, names).values().iterator().next();
        String reference = own.info().reference().orElse("");
        boolean referred = own.columns().stream().noneMatch(column -> column.name().endsWith(ROOT))
                && !reference.isEmpty();
        if (referred) {
            names.add(reference);
        }
        Map<String, Source> sources = moments.sources(call, moment, names);
        String holder = names.getLast();
        Source cells = sources.get(holder);
        ColumnRef root = cells == null
                ? null
                : cells.columns().stream().map(Column::name).filter(column -> column.endsWith(ROOT)).findFirst()
                        .map(column -> new ColumnRef(holder, column)).orElse(null);
        if (root == null) {
            throw new Problem(400, "table '" + name + "' has no points that belong to cells", "table", "");
        }
        Query query = new Query(names.stream().map(use -> new Query.Use(use, use)).toList(),
                referred
                        ? List.of(new Join(new ColumnRef(name, "target_id"), new ColumnRef(reference, "id"),
                                Join.Kind.INNER, Join.Cardinality.MANY_TO_MANY))
                        : List.of(),
                List.of(new Filter.In(root, new Values.Longs(new long[]{0}), true)), List.of(),
                referred ? Map.of(name, "", reference, "_ref") : Map.of(), Query.Positions.PLAIN, Optional.empty(),
                order(own), OptionalLong.empty(), 0, Optional.empty(),
                Optional.empty(), false);
        Queries queries = new Queries(moments.tables().engine(), sources);
        long count = MaterializeRows.number(queries, MaterializeQuery.count(query));
        if (count > MOST_ROWS) {
            throw new Problem(400, count + " rows are too many for properties of segments", "table", "");
        }
        try (org.neuropil.tables.query.Answer answer = queries.ask(query)) {
            Rows rows = answer.rows();
            List<OutputColumn> columns = answer.columns();
            int at = 0;
            while (!columns.get(at).origin().equals(Optional.of(root))) {
                at++;
            }
            return new Read(columns, rows, at, first(((ColumnData.Longs) rows.data().get(at)).values()));
        }
    }

    /// By ids, which a view need not have.
    private static List<Query.Order> order(Source source) {
        return source.columns().stream().anyMatch(column -> column.name().equals("id"))
                ? List.of(new Query.Order(new ColumnRef(source.info().name(), "id"), false))
                : List.of(new Query.Order(new ColumnRef(source.info().name(), source.columns().getFirst().name()),
                        false));
    }

    /// Where each cell comes first, in the order of the cells.
    private static int[] first(long[] roots) {
        Map<Long, Integer> first = new LinkedHashMap<>();
        for (int i = 0; i < roots.length; i++) {
            first.putIfAbsent(roots[i], i);
        }
        return first.entrySet().stream().sorted(Map.Entry.comparingByKey(Long::compareUnsigned))
                .mapToInt(Map.Entry::getValue).toArray();
    }

    private static Map<String, Object> document(Call call, Read read) {
        long[] roots = ((ColumnData.Longs) read.rows().data().get(read.root())).values();
        List<Map<String, Object>> properties = new ArrayList<>();
        properties.add(label(call, read));
        List<Integer> texts = new ArrayList<>();
        for (int i = 0; i < read.columns().size(); i++) {
            OutputColumn column = read.columns().get(i);
            String origin = column.origin().map(ColumnRef::column).orElse("");
            boolean own = !origin.matches("(?s)id|target_id|created|valid|.*_(root|supervoxel)_id|.*_position_[xyz]");
            if (own && (column.type() == ColumnType.TEXT || column.type() == ColumnType.BOOLEAN)) {
                texts.add(i);
            } else if (own && column.type() != ColumnType.TIMESTAMP && column.type() != ColumnType.ID) {
                properties.add(numbers(read, i));
            }
        }
        tags(read, texts).ifPresent(properties::add);
        List<String> ids = Arrays.stream(read.first()).mapToObj(row -> Long.toUnsignedString(roots[row])).toList();
        return CaveJson.object("@type", "neuroglancer_segment_properties", "inline",
                CaveJson.object("ids", ids, "properties", properties));
    }

    private static Map<String, Object> label(Call call, Read read) {
        String format = call.parameter("label_format").filter(text -> !text.isEmpty())
                .or(() -> call.parameter("label_columns").filter(text -> !text.isEmpty())
                        .map(names -> "{" + names.replace(",", "} {").replace(" }", "}") + "}"))
                .orElse("{id}");
        List<Object> parts = parts(format, read);
        List<String> labels = new ArrayList<>();
        for (int row : read.first()) {
            StringBuilder label = new StringBuilder();
            for (Object part : parts) {
                label.append(part instanceof Integer column
                        ? text(read.rows().data().get(column), row)
                        : (Object) String.valueOf(part));
            }
            labels.add(label.toString());
        }
        return CaveJson.object("id", "label", "type", "label", "values", labels);
    }

    /// A format's texts, and in place of names in curly brackets the numbers of columns.
    private static List<Object> parts(String format, Read read) {
        List<Object> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean twice = i + 1 < format.length() && format.charAt(i + 1) == c;
            if ((c == '{' || c == '}') && twice) {
                plain.append(c);
                i++;
            } else if (c == '{') {
                int end = format.indexOf('}', i);
                String name = format.substring(i + 1, end < 0 ? format.length() : end).strip();
                parts.add(plain.toString());
                plain.setLength(0);
                parts.add(column(name, read));
                i = end < 0 ? format.length() : end;
            } else {
                plain.append(c);
            }
        }
        parts.add(plain.toString());
        return parts;
    }

    private static Integer column(String name, Read read) {
        List<String> names = read.columns().stream().map(OutputColumn::name).toList();
        int found = names.indexOf(name);
        if (found < 0) {
            throw Problem.parameter("label_format", "there is no column '" + MaterializeFilters.shown(name) + "'",
                    "there are " + String.join(", ", names));
        }
        return found;
    }

    private static String text(ColumnData data, int row) {
        Object value = value(data, row);
        return value == null ? "" : String.valueOf(value);
    }

    private static @Nullable Object value(ColumnData data, int row) {
        if (data.isAbsent(row)) {
            return null;
        }
        return switch (data) {
            case ColumnData.Longs longs -> (Object) longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans booleans -> booleans.values()[row];
            case ColumnData.Texts texts -> texts.values()[row];
        };
    }

    private static Map<String, Object> numbers(Read read, int column) {
        ColumnData data = read.rows().data().get(column);
        boolean whole = data instanceof ColumnData.Ints;
        List<Number> values = new ArrayList<>();
        boolean absent = false;
        for (int row : read.first()) {
            Object value = value(data, row);
            absent |= value == null;
            values.add(value instanceof Number number
                    && (whole || Float.isFinite(number.floatValue())) ? (whole ? number : number.floatValue()) : 0);
        }
        // Neuroglancer knows no absent numbers; zero is what CAVE has for them too.
        return CaveJson.object("id", read.columns().get(column).name(), "type", "number", "data_type",
                whole ? "int32" : "float32", "values", values, "description",
                absent ? "0 where there is none" : "");
    }

    /// One property with all texts: Neuroglancer takes no second one.
    private static Optional<Map<String, Object>> tags(Read read, List<Integer> columns) {
        TreeSet<String> all = new TreeSet<>();
        List<TreeSet<String>> rows = new ArrayList<>();
        for (int row : read.first()) {
            TreeSet<String> own = new TreeSet<>();
            for (int column : columns) {
                Object value = value(read.rows().data().get(column), row);
                String name = read.columns().get(column).name();
                if (value instanceof String text && !text.isBlank()) {
                    own.add(text.strip().replaceAll("\\s+", "_"));
                } else if (value instanceof Boolean yes && yes) {
                    own.add(name);
                }
            }
            rows.add(own);
            all.addAll(own);
        }
        if (all.isEmpty() || all.size() > MOST_TAGS) {
            return Optional.empty();
        }
        List<String> tags = List.copyOf(all);
        Map<String, Integer> places = new LinkedHashMap<>();
        tags.forEach(tag -> places.put(tag, places.size()));
        return Optional.of(CaveJson.object("id", "tags", "type", "tags", "tags", tags, "values",
                rows.stream().map(row -> row.stream().map(tag -> places.getOrDefault(tag, 0)).toList()).toList()));
    }
}
