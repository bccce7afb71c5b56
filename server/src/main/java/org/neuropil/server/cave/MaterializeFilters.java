package org.neuropil.server.cave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.server.http.Problem;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Filter;
import org.neuropil.tables.query.Filter.Comparison;
import org.neuropil.tables.query.Values;

import tools.jackson.databind.JsonNode;

/// The filters of a query's body: `{"filter_in_dict": {table: {column: [values]}}, ...}`.
final class MaterializeFilters {
    private static final Map<String, Comparison> COMPARISONS = Map.of("filter_equal_dict", Comparison.EQUAL,
            "filter_greater_dict", Comparison.GREATER, "filter_less_dict", Comparison.LESS,
            "filter_greater_equal_dict", Comparison.GREATER_EQUAL, "filter_less_equal_dict", Comparison.LESS_EQUAL);
    private static final String IN = "filter_in_dict";
    /// The name that CAVE's server reads has always been another than the one that its clients write.
    private static final List<String> NOT_IN = List.of("filter_notin_dict", "filter_out_dict");
    private static final String SPATIAL = "filter_spatial_dict";
    private static final String REGEX = "filter_regex_dict";

    /// All that there are.
    static final List<String> NAMES = names();

    private final JsonNode body;
    private final List<String> tables;
    private final List<Filter> filters = new ArrayList<>();

    private MaterializeFilters(JsonNode body, List<String> tables) {
        this.body = body;
        this.tables = tables;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(COMPARISONS.keySet());
        names.add(IN);
        names.addAll(NOT_IN);
        names.add(SPATIAL);
        names.add(REGEX);
        return List.copyOf(names);
    }

    /// Reads them.
    ///
    /// @param body an object
    /// @param tables that the query is over
    /// @throws Problem 400 if something is not as it must be
    static List<Filter> read(JsonNode body, List<String> tables) {
        MaterializeFilters all = new MaterializeFilters(body, tables);
        all.each(IN, (column, value) -> all.in(IN, column, value, false));
        for (String name : NOT_IN) {
            all.each(name, (column, value) -> all.in(name, column, value, true));
        }
        COMPARISONS.keySet().stream().sorted().forEach(name -> all.each(name,
                (column, value) -> all.filters.add(compare(name, column, value))));
        all.each(SPATIAL, (column, value) -> all.filters.add(inside(column, value)));
        all.each(REGEX, (column, value) -> {
            if (!value.isString()) {
                throw wrong(REGEX, column, "holds " + words(value) + " where a regular expression is due");
            }
            all.filters.add(new Filter.Regex(column, value.asString()));
        });
        return List.copyOf(all.filters);
    }

    private interface Use {
        void filter(ColumnRef column, JsonNode value);
    }

    private void each(String name, Use use) {
        for (Map.Entry<String, JsonNode> table : object(body.path(name), name).entrySet()) {
            if (!tables.contains(table.getKey())) {
                throw Problem.parameter(name, "'" + shown(table.getKey()) + "' is not a table of this query",
                        "it is over " + String.join(", ", tables));
            }
            String where = name + "." + table.getKey();
            object(table.getValue(), where)
                    .forEach((column, value) -> use.filter(new ColumnRef(table.getKey(), column), value));
        }
    }

    private static Map<String, JsonNode> object(JsonNode node, String where) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return found;
        }
        if (!node.isObject()) {
            throw Problem.parameter(where, "is " + words(node) + ", not an object",
                    "write {table: {column: value}}");
        }
        node.propertyStream().forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private void in(String name, ColumnRef column, JsonNode list, boolean negated) {
        if (!list.isArray()) {
            throw wrong(name, column, "holds " + words(list) + " where a list is due");
        }
        filters.add(new Filter.In(column, values(name, column, list), negated));
    }

    private static Values values(String name, ColumnRef column, JsonNode list) {
        long[] whole = new long[list.size()];
        int count = 0;
        for (JsonNode value : list) {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                break;
            }
            whole[count++] = value.longValue();
        }
        if (count == whole.length) {
            return new Values.Longs(whole);
        }
        List<Object> any = new ArrayList<>(list.size());
        for (JsonNode value : list) {
            any.add(value(name, column, value));
        }
        return new Values.Any(any);
    }

    private static Filter compare(String name, ColumnRef column, JsonNode node) {
        Comparison comparison = COMPARISONS.getOrDefault(name, Comparison.EQUAL);
        return node.isNull() && comparison == Comparison.EQUAL
                ? new Filter.Null(column, false)
                : new Filter.Compare(column, comparison, value(name, column, node));
    }

    private static Object value(String name, ColumnRef column, JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.canConvertToLong() ? (Object) node.longValue() : node.bigIntegerValue();
        } else if (node.isNumber()) {
            return node.doubleValue();
        } else if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isString()) {
            return node.asString();
        }
        throw wrong(name, column, "holds " + words(node) + " where a value is due");
    }

    private static Filter inside(ColumnRef column, JsonNode box) {
        if (!box.isArray() || box.size() != 2) {
            throw wrong(SPATIAL, column, "is not a list of two corners");
        }
        return new Filter.Inside(column.table(), column.column(), corner(column, box.get(0)),
                corner(column, box.get(1)), Filter.Unit.VOXEL);
    }

    private static List<Double> corner(ColumnRef column, JsonNode corner) {
        if (!corner.isArray() || corner.size() != 3 || !corner.valueStream().allMatch(JsonNode::isNumber)) {
            throw wrong(SPATIAL, column, "has a corner that is not three numbers");
        }
        return corner.valueStream().map(JsonNode::doubleValue).toList();
    }

    private static Problem wrong(String name, ColumnRef column, String what) {
        return Problem.parameter(name + "." + column.table() + "." + shown(column.column()), what, "");
    }

    /// Rows with a value.
    static Filter equal(ColumnRef column, long value) {
        return new Filter.Compare(column, Comparison.EQUAL, value);
    }

    /// A text that is not too long for a message.
    static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    /// What a node is, for people.
    static String words(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
