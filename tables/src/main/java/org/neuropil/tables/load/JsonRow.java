package org.neuropil.tables.load;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// A row that is being read, value by value. Columns are those that rows had so far.
///
/// Values are kept as the text that they were written as, so a whole number of 64 bits stays what it is; a list becomes
/// `[1, 2, 3]`, an object a column for each of its keys: `{"pt": {"position": …}}` is `pt_position`.
final class JsonRow {
    /// How many columns there may be.
    static final int MOST_COLUMNS = 1000;
    private static final int LONGEST_NAME = 200;
    private static final int DEEPEST = 2;
    /// Of a list, more items are not kept: none that is longer than three can be read.
    private static final int ITEMS = 4;

    private final String file;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Map<String, String> folded = new HashMap<>();
    private final List<@Nullable String> texts = new ArrayList<>();
    private final Map<String, String> lists = new HashMap<>();
    private final BitSet given = new BitSet();
    private long number;
    private @Nullable String label;

    /// @param file its name, for errors
    JsonRow(String file) {
        this.file = file;
    }

    /// Forgets rows, but no columns.
    void restart() {
        number = 0;
        label = null;
    }

    /// Begins the next row.
    ///
    /// @param index its label; null if it has none
    void begin(@Nullable String index) {
        number++;
        label = index;
        given.clear();
        for (int i = 0; i < texts.size(); i++) {
            texts.set(i, null);
        }
    }

    /// Its label.
    @Nullable
    String label() {
        return label;
    }

    /// Sets its label, which stands among its values.
    void label(String text) {
        label = text;
    }

    /// Its number, from 1.
    long number() {
        return number;
    }

    /// Its values, one for each column.
    List<@Nullable String> texts() {
        return texts;
    }

    /// The names of columns, in the order in which they came.
    List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /// By column in which lists stand, the first row of these in words.
    Map<String, String> lists() {
        return lists;
    }

    /// Makes sure that there is a column.
    ///
    /// @return its number
    int column(String name) {
        Integer known = columns.get(name);
        if (known != null) {
            return known;
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw wrong("", name.isEmpty()
                    ? "a column has no name"
                    : "'" + JsonSource.shown(name) + "' is no name of a column",
                    "name columns in up to "
                            + LONGEST_NAME + " characters");
        }
        if (columns.size() == MOST_COLUMNS) {
            throw wrong(name, "is one column more than " + MOST_COLUMNS,
                    "leave out what is not needed, or write the rows as a list of objects");
        }
        String other = folded.put(name.toLowerCase(Locale.ROOT), name);
        if (other != null) {
            throw wrong("", "two columns are called '" + JsonSource.shown(other) + "' and '" + JsonSource.shown(name)
                    + "'", "give them names that differ in more than case");
        }
        columns.put(name, columns.size());
        texts.add(null);
        return columns.size() - 1;
    }

    /// Reads the value at which a parser stands, and goes to its end.
    void read(JsonParser json, String column) {
        read(json, column, 0);
    }

    private void read(JsonParser json, String column, int depth) {
        switch (json.currentToken()) {
            case START_OBJECT -> {
                if (depth == DEEPEST) {
                    throw wrong(column, "is nested too deep", "give each value a column of its own");
                }
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    read(json, column + "_" + key, depth + 1);
                }
            }
            case START_ARRAY -> give(column, list(json), true);
            case VALUE_STRING -> {
                String text = json.getString();
                if (!isText(text)) {
                    throw wrong(column, "holds a character 0, or half a character", "leave that out");
                }
                give(column, text, false);
            }
            // As Python writes what is absent.
            case VALUE_NUMBER_FLOAT -> give(column, json.isNaN() && json.getString().equals("NaN")
                    ? null
                    : json.getString(), false);
            case VALUE_NULL -> give(column, null, false);
            default -> give(column, json.getString(), false);
        }
    }

    private void give(String column, @Nullable String text, boolean list) {
        int at = column(column);
        if (given.get(at)) {
            throw wrong(column, "comes twice", "give each row one value");
        }
        given.set(at);
        texts.set(at, text);
        if (list) {
            lists.computeIfAbsent(column, _ -> words());
        }
    }

    private static String list(JsonParser json) {
        StringBuilder text = new StringBuilder("[");
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count < ITEMS) {
                text.append(count == 0 ? "" : ", ");
                if (json.currentToken().isScalarValue()) {
                    text.append(JsonSource.shown(json.getString()));
                } else {
                    text.append("[…]");
                }
            } else if (count == ITEMS) {
                text.append(", …");
            }
            JsonSource.skip(json);
            count++;
        }
        return text.append(']').toString();
    }

    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private String words() {
        return "row " + words(number, label);
    }

    /// What a row is called: its number, and its label if it has one.
    ///
    /// @param number from 1
    static String words(long number, @Nullable String label) {
        return number + (label == null ? "" : " (index '" + JsonSource.shown(label) + "')");
    }

    /// What is wrong with it.
    ///
    /// @param column empty for all of it
    InputException wrong(String column, String what, String hint) {
        List<String> place = new ArrayList<>();
        if (number > 0) {
            place.add(words());
        }
        if (!column.isEmpty()) {
            place.add(JsonSource.shown(column));
        }
        return new InputException(place.isEmpty() ? what : String.join(", ", place) + ": " + what, file,
                hint + "; nothing was written");
    }
}
