package org.neuropil.server.cave;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.query.ColumnRef;
import org.neuropil.tables.query.Join;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The body of a query as clients write it, but for its filters. What is not known is refused: a filter that is misspelt
/// must not be one that is not there.
///
/// @param node the object
record MaterializeBody(JsonNode node) {
    private static final Set<String> KNOWN = known();
    private static final String TABLES = "tables";
    private static final String JOINS = "join_tables";
    private static final String COLUMNS = "select_columns";

    private static Set<String> known() {
        Set<String> known = new HashSet<>(MaterializeFilters.NAMES);
        known.addAll(
                List.of("table", "timestamp", TABLES, JOINS, COLUMNS, "select_column_map", "suffixes", "suffix_map",
                        "offset", "limit", "desired_resolution"));
        return known;
    }

    /// Tables with how they are joined.
    ///
    /// @param tables the first one first
    /// @param joins one for each but the first
    record Joined(List<String> tables, List<Join> joins) {}

    /// Reads it; no body is an empty one.
    ///
    /// @throws Problem 400 if it is something else
    static MaterializeBody read(Call call) throws IOException {
        if (call.payload().bytes().length == 0) {
            return new MaterializeBody(JsonNodeFactory.instance.objectNode());
        }
        JsonNode node = JsonBody.tree(call);
        if (!node.isObject()) {
            throw new Problem(400, "the body is " + MaterializeFilters.words(node) + ", not an object", "body", "");
        }
        node.propertyNames().stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
            throw Problem.parameter(MaterializeFilters.shown(name), "there is no such field",
                    "there are " + String.join(", ", KNOWN.stream().sorted().toList()));
        });
        return new MaterializeBody(node);
    }

    /// The tables of a join query: all their columns have the same value.
    Joined tables() {
        JsonNode list = node.path(TABLES);
        if (!list.isArray() || list.isEmpty()) {
            throw Problem.parameter(TABLES, "is " + MaterializeFilters.words(list) + ", not a list of tables",
                    "write [[table, column], [table, column]]");
        }
        List<String> names = new ArrayList<>();
        List<Join> joins = new ArrayList<>();
        ColumnRef first = null;
        for (JsonNode pair : list) {
            if (!isTexts(pair, 2)) {
                throw Problem.parameter(TABLES,
                        MaterializeFilters.shown(pair.toString()) + " is no table with a column",
                        "write [table, column]");
            }
            ColumnRef column = new ColumnRef(pair.get(0).asString(), pair.get(1).asString());
            if (names.contains(column.table())) {
                throw twice(TABLES, column.table());
            }
            names.add(column.table());
            if (first == null) {
                first = column;
            } else {
                joins.add(new Join(first, column, Join.Kind.INNER, Join.Cardinality.MANY_TO_MANY));
            }
        }
        return new Joined(names, joins);
    }

    /// The tables of a live query: each join names two of which one is there already, in any order.
    Joined joins() {
        JsonNode table = node.path("table");
        if (!table.isString()) {
            throw Problem.parameter("table", "is " + MaterializeFilters.words(table) + ", not a name", "");
        }
        List<String> names = new ArrayList<>(List.of(table.asString()));
        List<Join> joins = new ArrayList<>();
        List<JsonNode> open = new ArrayList<>();
        JsonNode list = node.path(JOINS);
        if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
            throw Problem.parameter(JOINS, "is " + MaterializeFilters.words(list) + ", not a list", "");
        }
        list.forEach(open::add);
        open.stream().filter(join -> !isTexts(join, 4)).findFirst().ifPresent(join -> {
            throw Problem.parameter(JOINS, MaterializeFilters.shown(join.toString()) + " is no join",
                    "write [table, column, table, column]");
        });
        while (!open.isEmpty()) {
            JsonNode next = open.stream().filter(join -> names.contains(join.get(0).asString())
                    || names.contains(join.get(2).asString())).findFirst().orElseThrow(() -> Problem.parameter(JOINS,
                            MaterializeFilters.shown(open.getFirst().toString()) + " joins no table of the query",
                            "the query is over " + String.join(", ", names)));
            open.remove(next);
            ColumnRef a = new ColumnRef(next.get(0).asString(), next.get(1).asString());
            ColumnRef b = new ColumnRef(next.get(2).asString(), next.get(3).asString());
            if (names.contains(a.table()) && names.contains(b.table())) {
                throw twice(JOINS, b.table());
            }
            ColumnRef left = names.contains(a.table()) ? a : b;
            ColumnRef right = left.equals(a) ? b : a;
            names.add(right.table());
            joins.add(new Join(left, right, Join.Kind.INNER, Join.Cardinality.MANY_TO_MANY));
        }
        return new Joined(names, joins);
    }

    private static boolean isTexts(JsonNode list, int count) {
        return list.isArray() && list.size() == count && list.valueStream().allMatch(JsonNode::isString);
    }

    private static Problem twice(String where, String table) {
        return Problem.parameter(where, "table '" + MaterializeFilters.shown(table) + "' is joined twice",
                "join each once");
    }

    /// Columns by table; empty for all.
    ///
    /// @param find which columns a name means that stands in a list without tables
    Map<String, List<String>> columns(List<String> tables, Find find) {
        JsonNode map = node.path("select_column_map");
        JsonNode plain = node.path(COLUMNS);
        Map<String, List<String>> columns = new LinkedHashMap<>();
        if (map.isObject() || plain.isObject()) {
            JsonNode chosen = map.isObject() ? map : plain;
            chosen.propertyStream().forEach(entry -> {
                if (!tables.contains(entry.getKey())) {
                    throw Problem.parameter(COLUMNS,
                            "'" + MaterializeFilters.shown(entry.getKey()) + "' is not a table of this query",
                            "it is over " + String.join(", ", tables));
                }
                columns.put(entry.getKey(), texts(entry.getValue(), COLUMNS + "." + entry.getKey()));
            });
            columns.values().removeIf(List::isEmpty);
            return columns;
        }
        if (!map.isMissingNode() && !map.isNull()) {
            throw Problem.parameter("select_column_map", "is " + MaterializeFilters.words(map) + ", not an object", "");
        }
        for (String name : plain.isMissingNode() || plain.isNull() ? List.<String>of() : texts(plain, COLUMNS)) {
            for (ColumnRef ref : find.columns(name)) {
                columns.computeIfAbsent(ref.table(), _ -> new ArrayList<>()).add(ref.column());
            }
        }
        return columns;
    }

    /// Finds columns by a name alone.
    interface Find {
        List<ColumnRef> columns(String name);
    }

    /// What is put behind names that several tables have.
    Map<String, String> suffixes(List<String> tables) {
        JsonNode given = node.path("suffix_map");
        String where = "suffix_map";
        if (given.isMissingNode() || given.isNull()) {
            where = "suffixes";
            given = node.path(where);
        }
        Map<String, String> suffixes = new LinkedHashMap<>();
        if (given.isArray()) {
            List<String> list = texts(given, where);
            if (list.size() > tables.size()) {
                throw Problem.parameter(where, list.size() + " suffixes of " + tables.size() + " tables", "");
            }
            for (int i = 0; i < list.size(); i++) {
                suffixes.put(tables.get(i), list.get(i));
            }
        } else if (given.isObject()) {
            for (Map.Entry<String, JsonNode> entry : given.properties()) {
                if (!tables.contains(entry.getKey()) || !entry.getValue().isString()) {
                    throw Problem.parameter(where, "'" + MaterializeFilters.shown(entry.getKey())
                            + "' is not a table of this query, or has no text", "write {table: text}");
                }
                suffixes.put(entry.getKey(), entry.getValue().asString());
            }
        } else if (!given.isMissingNode() && !given.isNull()) {
            throw Problem.parameter(where, "is " + MaterializeFilters.words(given) + ", not an object", "");
        }
        return suffixes;
    }

    private static List<String> texts(JsonNode list, String where) {
        if (!list.isArray() || !list.valueStream().allMatch(JsonNode::isString)) {
            throw Problem.parameter(where, "is not a list of names", "write [\"name\", \"name\"]");
        }
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /// A whole number that is not negative.
    OptionalLong number(String name) {
        JsonNode number = node.path(name);
        if (number.isMissingNode() || number.isNull()) {
            return OptionalLong.empty();
        }
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
            throw Problem.parameter(name, MaterializeFilters.shown(number.toString()) + " is no number of rows",
                    "write a whole number from 0 on");
        }
        return OptionalLong.of(number.longValue());
    }

    /// The unit of positions, in nm.
    Optional<VoxelSize> resolution() {
        String name = "desired_resolution";
        JsonNode list = node.path(name);
        if (list.isMissingNode() || list.isNull() || list.isArray() && list.isEmpty()) {
            return Optional.empty();
        }
        if (list.isArray() && list.size() == 3 && list.valueStream().allMatch(JsonNode::isNumber)) {
            try {
                return Optional.of(new VoxelSize(list.get(0).doubleValue(), list.get(1).doubleValue(),
                        list.get(2).doubleValue()));
            } catch (IllegalArgumentException _) {
                // Told below.
            }
        }
        throw Problem.parameter(name, MaterializeFilters.shown(list.toString()) + " is not three lengths above zero",
                "write nanometres, as in [4, 4, 40]");
    }

    /// The moment of a live query, cut down to milliseconds, in which all changes are counted.
    Instant timestamp() {
        JsonNode text = node.path("timestamp");
        if (text.isString()) {
            String iso = text.asString().strip().replace(' ', 'T');
            try {
                Instant time = iso.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                        ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant()
                        : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
                return Instant.ofEpochMilli(time.toEpochMilli());
            } catch (DateTimeException | ArithmeticException _) {
                // Told below.
            }
        }
        throw Problem.parameter("timestamp",
                text.isMissingNode() ? "is missing" : MaterializeFilters.shown(text.toString()) + " is not a moment",
                "write 2026-01-31T12:00:00.000000+00:00");
    }
}
