package org.neuropil.tables.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// How rows stand in a file of JSON: all the ways in which pandas' `DataFrame.to_json` writes them, and lists of
/// annotations. Rows are read one by one, any number of times, and memory is what one row takes.
sealed interface JsonFrame {
    /// Does something with a row that was read.
    interface Use {
        void row(JsonRow row) throws IOException;
    }

    /// Reads all rows.
    ///
    /// @param row holds each of them in turn
    /// @throws InputException if one cannot be read; names it and its column
    void read(JsonRow row, Use use) throws IOException;

    /// Whether each row has a label of its own.
    default boolean isKeyed() {
        return false;
    }

    /// Looks at a file, as far as it takes to know which of these it is.
    ///
    /// @param names of columns that are looked for, and points: `{"a": {"b": …}}` may be a column `a` or a row `a`
    /// @throws InputException if it is none
    static JsonFrame of(JsonSource source, Set<String> names) throws IOException {
        JsonFrame[] found = new JsonFrame[1];
        source.read(0, json -> {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                found[0] = new Objects(source, source.place(json, 0), true, List.of());
                JsonToken inner = json.nextToken();
                if (inner == JsonToken.START_ARRAY) {
                    throw new InputException("holds values without names of columns (pandas' orient='values')",
                            source.name(), "write it with orient='records' or orient='split'");
                } else if (inner == JsonToken.END_ARRAY) {
                    throw empty(source);
                }
            } else if (first == JsonToken.START_OBJECT) {
                found[0] = new JsonOutline(source, json).frame(names);
            } else {
                throw new InputException(first == null ? "is empty" : "is a single value of JSON", source.name(),
                        "give a list of objects, or what pandas' to_json writes");
            }
        });
        return found[0];
    }

    /// What is said of a file that has neither rows nor columns.
    static InputException empty(JsonSource source) {
        return new InputException("has no rows", source.name(),
                "give a list of objects, or what pandas' to_json writes");
    }

    /// Reads an object as a row.
    ///
    /// @param keys of its label, which are no columns if pandas named them
    private static void object(JsonParser json, JsonRow row, List<String> keys) {
        StringBuilder label = new StringBuilder();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (keys.contains(key) && token.isScalarValue()) {
                row.label(label.append(label.isEmpty() ? "" : ", ").append(json.getString()).toString());
                if (key.matches("index|level_\\d+")) {
                    continue;
                }
            }
            row.read(json, key);
        }
    }

    /// A list of objects: `orient='records'`, and the data of `orient='table'`.
    ///
    /// @param place of the list
    /// @param whole true if nothing may follow it
    /// @param keys that label a row
    record Objects(JsonSource source, long place, boolean whole, List<String> keys) implements JsonFrame {
        @Override
        public void read(JsonRow row, Use use) throws IOException {
            source.read(place, json -> {
                json.nextToken();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    row.begin(null);
                    if (json.currentToken() != JsonToken.START_OBJECT) {
                        throw row.wrong("", "is no object", "give {\"column\": value, …} for each row");
                    }
                    object(json, row, keys);
                    use.row(row);
                }
                if (whole && json.nextToken() != null) {
                    throw new InputException("has more behind the end of its list", source.name(), "leave that out");
                }
            });
        }
    }

    /// An object behind the other: `lines=True`.
    record Lines(JsonSource source) implements JsonFrame {
        @Override
        public void read(JsonRow row, Use use) throws IOException {
            source.read(0, json -> {
                while (json.nextToken() != null) {
                    row.begin(null);
                    if (json.currentToken() != JsonToken.START_OBJECT) {
                        throw row.wrong("", "is no object", "give {\"column\": value, …} in each line");
                    }
                    object(json, row, List.of());
                    use.row(row);
                }
            });
        }
    }

    /// Objects by their labels: `orient='index'`.
    record Index(JsonSource source) implements JsonFrame {
        @Override
        public boolean isKeyed() {
            return true;
        }

        @Override
        public void read(JsonRow row, Use use) throws IOException {
            source.read(0, json -> {
                json.nextToken();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    row.begin(json.currentName());
                    json.nextToken();
                    object(json, row, List.of());
                    use.row(row);
                }
            });
        }
    }

    /// By column, values by the labels of rows: `orient='columns'`, which is what pandas does if it is not told otherwise.
    /// The columns are read side by side, so they have to hold the same rows in the same order.
    ///
    /// @param places of the columns' objects
    record Columns(JsonSource source, Map<String, Long> places) implements JsonFrame {
        /// A column that is being read.
        private record Open(String name, JsonParser json) {}

        @Override
        public boolean isKeyed() {
            return true;
        }

        @Override
        public void read(JsonRow row, Use use) throws IOException {
            List<Open> open = new ArrayList<>();
            try {
                for (Map.Entry<String, Long> column : places.entrySet()) {
                    open.add(new Open(column.getKey(), source.at(column.getValue())));
                    step(open.getLast());
                }
                Open first = open.getFirst();
                List<Open> others = open.subList(1, open.size());
                while (step(first)) {
                    row.begin(first.json().currentName());
                    value(first, row);
                    for (Open column : others) {
                        if (!step(column) || !String.valueOf(row.label()).equals(column.json().currentName())) {
                            throw other(row, first, column);
                        }
                        value(column, row);
                    }
                    use.row(row);
                }
                for (Open column : others) {
                    if (step(column)) {
                        row.begin(column.json().currentName());
                        throw row.wrong(first.name(), "has no value, though '" + JsonSource.shown(column.name())
                                + "' has one", "give all columns the same rows");
                    }
                }
            } finally {
                for (Open column : open) {
                    column.json().close();
                }
            }
        }

        private void value(Open column, JsonRow row) throws IOException {
            source.guard(column.json(), () -> {
                column.json().nextToken();
                row.read(column.json(), column.name());
            });
        }

        private static InputException other(JsonRow row, Open first, Open column) {
            boolean ended = column.json().currentToken() != JsonToken.PROPERTY_NAME;
            return row.wrong(column.name(), (ended
                    ? "has no value"
                    : "has row '" + JsonSource.shown(column.json().currentName()) + "' in its place") + ", though '"
                    + JsonSource.shown(first.name()) + "' has one", "give all columns the same rows in the same order");
        }

        /// Goes on to a column's next label.
        ///
        /// @return false if there is none
        private boolean step(Open column) throws IOException {
            JsonToken[] token = new JsonToken[1];
            source.guard(column.json(), () -> token[0] = column.json().nextToken());
            return token[0] == JsonToken.PROPERTY_NAME;
        }
    }

    /// Names of columns, labels of rows, and lists of values: `orient='split'`.
    ///
    /// @param columns their names
    /// @param data place of the list of lists
    /// @param index place of the labels, if there are any
    record Split(JsonSource source, List<String> columns, long data, OptionalLong index) implements JsonFrame {
        @Override
        public void read(JsonRow row, Use use) throws IOException {
            columns.forEach(row::column);
            if (index.isEmpty()) {
                source.read(data, json -> rows(json, null, row, use));
            } else {
                source.read(index.getAsLong(), labels -> {
                    labels.nextToken();
                    source.read(data, json -> rows(json, labels, row, use));
                });
            }
        }

        private void rows(JsonParser json, @Nullable JsonParser labels, JsonRow row, Use use) throws IOException {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                row.begin(label(labels, row));
                if (json.currentToken() != JsonToken.START_ARRAY) {
                    throw row.wrong("", "is no list", "give [value, …] for each row");
                }
                int count = 0;
                for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
                    if (count >= columns.size()) {
                        throw row.wrong("", "has more than " + columns.size() + " values", "give one for each column");
                    }
                    row.read(json, columns.get(count));
                }
                if (count < columns.size()) {
                    throw row.wrong(columns.get(count), "has no value", "give one for each column");
                }
                use.row(row);
            }
            if (labels != null && labels.nextToken() != JsonToken.END_ARRAY) {
                throw new InputException("'index' has more labels than 'data' has rows, which are " + row.number(),
                        source.name(), "give each row one; nothing was written");
            }
        }

        private static @Nullable String label(@Nullable JsonParser labels, JsonRow row) {
            if (labels == null) {
                return null;
            }
            JsonToken token = labels.nextToken();
            if (token == JsonToken.END_ARRAY) {
                throw row.wrong("", "is the last one with a label in 'index'", "give each row one");
            }
            return token.isScalarValue() ? labels.getString() : list(labels);
        }

        /// A label of several levels.
        private static String list(JsonParser json) {
            StringBuilder label = new StringBuilder();
            int end = 1;
            while (end > 0) {
                JsonToken token = json.nextToken();
                if (token.isStructStart()) {
                    end++;
                } else if (token.isStructEnd()) {
                    end--;
                } else if (label.length() < 1000) {
                    label.append(label.isEmpty() ? "" : ", ").append(json.getString());
                }
            }
            return label.toString();
        }
    }

    /// The names in a list of texts.
    static List<String> names(JsonSource source, long place, String what) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        source.read(place, json -> {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (!json.currentToken().isScalarValue()) {
                    throw new InputException("'" + what + "' holds more than texts", source.name(),
                            "give columns of one level");
                }
                if (!names.add(json.getString())) {
                    throw new InputException("two columns are called '" + JsonSource.shown(json.getString()) + "'",
                            source.name(), "name each column");
                }
                if (names.size() > JsonRow.MOST_COLUMNS) {
                    throw new InputException("has more than " + JsonRow.MOST_COLUMNS + " columns", source.name(),
                            "leave out what is not needed");
                }
            }
        });
        return List.copyOf(names);
    }
}
