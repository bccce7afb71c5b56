package org.neuropil.tables.ask;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.query.Filter.Comparison;
import org.neuropil.tables.query.QueryBuilder;

/// A condition as people write it: `size > 100`, `cell_type in BC, MC`, `tag ~ ^a`, `valid is null`.
///
/// @param column `column` or `table.column`
/// @param operator in lower case, single spaces
/// @param value what follows; empty if nothing does
public record Condition(String column, String operator, String value) {
    private static final Pattern FORM = Pattern.compile(
            "(?is)\\s*([a-z_][\\w]*(?:\\.[a-z_][\\w]*)?)\\s*(is\\s+not\\s+null|is\\s+null|not\\s+null|(?<=\\s)not\\s+in(?=[\\s(])"
                    + "|(?<=\\s)in(?=[\\s(])|!=|<>|<=|>=|=|<|>|~)\\s*(.*)");

    /// Reads a condition.
    ///
    /// @throws InputException if it is none
    public static Condition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InputException("'" + text + "' is no condition", "--where",
                    "write COLUMN OP VALUE, where OP is =, !=, <, <=, >, >=, in, not in, is null, not null, or ~ for a "
                            + "regular expression");
        }
        String operator = form.group(2).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        String value = form.group(3).strip();
        if (operator.endsWith("null") != value.isEmpty()) {
            throw new InputException("'" + text + "' has " + (value.isEmpty() ? "no value" : "a value too many"),
                    "--where", value.isEmpty() ? "'' is an empty text" : "write COLUMN " + operator);
        }
        return new Condition(form.group(1), operator, value);
    }

    private static final Pattern NUCLEUS = Pattern.compile("nucleus:(\\d{1,19})(?!\\w)");

    /// The nuclei that stand for roots in it.
    public long[] nuclei() {
        return column.endsWith("root_id")
                ? NUCLEUS.matcher(value).results().map(one -> one.group(1)).mapToLong(Condition::id).toArray()
                : new long[0];
    }

    private static long id(String number) {
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException e) {
            throw new InputException("'nucleus:" + number + "' is no nucleus", "--where", "ids are below 2^63", e);
        }
    }

    /// The same with roots in place of nuclei.
    public Condition withRoots(Map<Long, Long> roots) {
        return new Condition(column, operator, NUCLEUS.matcher(value)
                .replaceAll(one -> String.valueOf(roots.get(id(one.group(1))))));
    }

    /// Adds it to a query.
    ///
    /// @param type tells the type of a column; null of one that is not there, of which the query then tells
    public void add(QueryBuilder query, Function<String, @Nullable ColumnType> type) {
        ColumnType of = type.apply(column);
        switch (operator) {
            case "is null" -> query.isNull(column);
            case "is not null", "not null" -> query.notNull(column);
            case "in" -> query.in(column, list(of));
            case "not in" -> query.notIn(column, list(of));
            case "~" -> query.regex(column, unquoted(value));
            default -> query.where(column, switch (operator) {
                case "=" -> Comparison.EQUAL;
                case "!=", "<>" -> Comparison.NOT_EQUAL;
                case "<" -> Comparison.LESS;
                case "<=" -> Comparison.LESS_EQUAL;
                case ">" -> Comparison.GREATER;
                default -> Comparison.GREATER_EQUAL;
            }, value(value, of));
        }
    }

    private List<@Nullable Object> list(@Nullable ColumnType type) {
        String inner = value.matches("(?s)\\(.*\\)|\\[.*\\]") ? value.substring(1, value.length() - 1) : value;
        List<@Nullable Object> values = new ArrayList<>();
        int from = 0;
        char quote = 0;
        for (int i = 0; i <= inner.length(); i++) {
            char c = i == inner.length() ? ',' : inner.charAt(i);
            if (quote != 0 && i < inner.length()) {
                quote = c == quote ? 0 : quote;
            } else if ((c == '\'' || c == '"') && inner.substring(from, i).isBlank()) {
                quote = c;
            } else if (c == ',') {
                values.add(value(inner.substring(from, i).strip(), type));
                from = i + 1;
            }
        }
        return values;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && (text.startsWith("'") && text.endsWith("'")
                || text.startsWith("\"") && text.endsWith("\""));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /// As Java has it; a text where it is not of the type, of which the query then tells.
    private static Object value(String given, @Nullable ColumnType type) {
        String text = unquoted(given);
        if (type == null) {
            return text;
        }
        return switch (type) {
            case INT64, INT32 -> text.matches("[+-]?\\d{1,40}") ? new BigInteger(text) : text;
            case FLOAT32, FLOAT64 -> {
                try {
                    yield Double.valueOf(text);
                } catch (NumberFormatException e) {
                    yield text;
                }
            }
            case BOOLEAN -> text.matches("(?i)true|yes|t|1")
                    ? Boolean.TRUE
                    : text.matches("(?i)false|no|f|0") ? Boolean.FALSE : text;
            case ID, TEXT, TIMESTAMP -> text;
        };
    }
}
