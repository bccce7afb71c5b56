package org.neuropil.tables.query;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.neuropil.space.InputException;

import tools.jackson.databind.JsonNode;

/// Looks through the tree that DuckDB makes of a statement: all that it reads and calls has to be known to do no harm. What
/// is not known is refused, so that a newer DuckDB opens no new ways.
final class SqlCheck {
    private final Set<String> tables;
    private final Map<String, Integer> used = new HashMap<>();

    /// @param tables names of the tables that may be read, in lower case
    SqlCheck(Set<String> tables) {
        this.tables = tables;
    }

    /// Checks a statement.
    ///
    /// @param tree what `json_serialize_sql` gives
    /// @return the tables that it reads, and how often it names them
    /// @throws InputException if it is not one statement that reads, or reads or calls what it must not
    Map<String, Integer> check(JsonNode tree) {
        if (tree.path("error").asBoolean(true)) {
            String message = tree.path("error_message").asString("");
            throw message.contains("Only SELECT")
                    ? refused("only one SELECT is allowed", "write SELECT … or WITH … SELECT …")
                    : refused(message.lines().findFirst().orElse("it cannot be read"), "");
        }
        JsonNode statements = tree.path("statements");
        if (statements.size() != 1) {
            throw refused("there are " + statements.size() + " statements", "give one");
        }
        node(statements.get(0), Set.of());
        return used;
    }

    /// @param known names of common table expressions
    private void node(JsonNode node, Set<String> known) {
        if (node.isArray()) {
            node.forEach(item -> node(item, known));
            return;
        }
        if (!node.isObject()) {
            return;
        }
        // A common table expression is known to those after it and to what is behind WITH, not to itself: there its
        // name would mean another table, or a file. The second part of a recursive one does know itself.
        Set<String> inside = new HashSet<>(known);
        for (JsonNode entry : node.path("cte_map").path("map")) {
            node(entry.path("value"), Set.copyOf(inside));
            inside.add(common(entry.path("key")));
        }
        if (node.has("ctename")) {
            throw refused("a form of WITH that is not known", "");
        }
        kind(node, inside);
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equals("right") && node.has("cte_name")) {
                Set<String> itself = new HashSet<>(inside);
                itself.add(common(node.path("cte_name")));
                node(field.getValue(), itself);
            } else if (!field.getKey().equals("cte_map")) {
                node(field.getValue(), inside);
            }
        }
    }

    /// The name of a common table expression; never that of a file.
    private static String common(JsonNode key) {
        String name = lower(key);
        if (!name.matches("[a-z_][a-z0-9_]*")) {
            throw refused("'" + name + "' is no name for a part of WITH", "use letters, digits and _");
        }
        return name;
    }

    private void kind(JsonNode node, Set<String> known) {
        String type = node.path("type").isString() ? node.path("type").asString() : "";
        if (node.has("class")) {
            expression(node, node.path("class").asString(""));
        } else if (!type.isEmpty() && (node.has("cte_map") || node.has("sample") || node.has("column_name_alias")
                || type.endsWith("_NODE") || type.endsWith("_MODIFIER") || node.has("table_name"))
                && !SqlNames.NODES.contains(type)) {
            throw refused("'" + type + "' is not allowed", "select from tables of the version");
        }
        if (type.equals("BASE_TABLE")) {
            table(node, known);
        }
        if (type.equals("TABLE_FUNCTION")) {
            String name = lower(node.path("function").path("function_name"));
            if (!SqlNames.TABLES.contains(name)) {
                throw refused("'" + name + "' is not allowed as a table", "tables are " + String.join(", ", tables));
            }
        }
        if (node.has("at_clause") && !node.path("at_clause").isNull()) {
            throw refused("AT is not allowed", "ask another version instead");
        }
    }

    private static void expression(JsonNode node, String kind) {
        if (!SqlNames.EXPRESSIONS.contains(kind)) {
            throw refused(kind.equals("PARAMETER") ? "parameters are not allowed" : "'" + kind + "' is not allowed",
                    kind.equals("PARAMETER") ? "write the values" : "");
        }
        if (node.has("function_name")) {
            String name = lower(node.path("function_name"));
            if (!SqlNames.FUNCTIONS.contains(name)) {
                throw refused("the function '" + name + "' is not allowed", "functions of values are, as in DuckDB");
            }
            plain(node.path("qualified_name").path("path"), name);
            if (!node.path("schema").asString("").isEmpty() || !node.path("catalog").asString("").isEmpty()) {
                throw refused("a schema is named for the function '" + name + "'", "leave it out");
            }
        }
    }

    private void table(JsonNode node, Set<String> known) {
        String name = lower(node.path("table_name"));
        if (!node.path("schema_name").asString("").isEmpty() || !node.path("catalog_name").asString("").isEmpty()) {
            throw refused("a schema is named for the table '" + name + "'", "leave it out");
        }
        plain(node.path("qualified_name").path("path"), name);
        if (known.contains(name)) {
            return;
        }
        if (!tables.contains(name)) {
            Problems problems = new Problems();
            problems.addUnknown("table", name, "sql", List.copyOf(tables));
            problems.check();
        }
        used.merge(name, 1, Integer::sum);
    }

    /// A name of one part, if it is told in parts as well.
    private static void plain(JsonNode path, String name) {
        if (path.isArray() && !path.isEmpty() && (path.size() != 1 || !lower(path.get(0)).equals(name))) {
            throw refused("a schema is named for '" + name + "'", "leave it out");
        }
    }

    private static String lower(JsonNode name) {
        return name.asString("").toLowerCase(Locale.ROOT);
    }

    private static InputException refused(String what, String hint) {
        return new InputException(what, "sql", hint);
    }
}
