package org.neuropil.tables.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What stands at the top of a file that begins with an object.
final class JsonOutline {
    private static final String DATA = "data";
    private static final String SCHEMA = "schema";
    private static final String COLUMNS = "columns";
    private static final String INDEX = "index";
    private static final String ANNOTATIONS = "annotations";

    private final JsonSource source;
    private final Map<String, Long> objects = new LinkedHashMap<>();
    private final Map<String, Long> lists = new LinkedHashMap<>();
    /// Keys of the first object.
    private final Set<String> inner = new HashSet<>();
    private @Nullable String twice;
    private boolean scalars;
    private boolean many;
    private boolean lines;

    /// Reads all of it.
    ///
    /// @param json stands at the begin of the object
    JsonOutline(JsonSource source, JsonParser json) {
        this.source = source;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            key(json, json.currentName());
        }
        // One is enough to know; what is wrong behind it, those tell who read the rows.
        lines = json.nextToken() != null;
    }

    private void key(JsonParser json, String key) {
        JsonToken token = json.nextToken();
        if (token.isScalarValue()) {
            scalars = true;
            return;
        }
        if (objects.size() + lists.size() > JsonRow.MOST_COLUMNS) {
            many = true;
        } else if ((token == JsonToken.START_OBJECT ? objects : lists).put(key, source.place(json, 0)) != null) {
            twice = key;
        }
        if (token == JsonToken.START_OBJECT && objects.size() == 1 && inner.isEmpty()) {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                if (inner.size() <= JsonRow.MOST_COLUMNS) {
                    inner.add(json.currentName());
                }
                json.nextToken();
                JsonSource.skip(json);
            }
        } else {
            JsonSource.skip(json);
        }
    }

    /// What the file is.
    ///
    /// @param names of columns that are looked for
    JsonFrame frame(Set<String> names) throws IOException {
        if (lines) {
            return new JsonFrame.Lines(source);
        }
        if (!scalars && objects.isEmpty() && lists.containsKey(DATA) && lists.containsKey(COLUMNS)
                && (lists.size() == 2 || lists.size() == 3 && lists.containsKey(INDEX))) {
            checkOnce();
            Long index = lists.get(INDEX);
            return new JsonFrame.Split(source, JsonFrame.names(source, place(COLUMNS), COLUMNS), place(DATA),
                    index == null ? OptionalLong.empty() : OptionalLong.of(index));
        }
        if (!scalars && objects.size() == 1 && objects.containsKey(SCHEMA) && lists.size() == 1
                && lists.containsKey(DATA)) {
            checkOnce();
            return new JsonFrame.Objects(source, place(DATA), false, keys(objects.getOrDefault(SCHEMA, 0L)));
        }
        if (!scalars && objects.isEmpty() && lists.size() == 1 && lists.containsKey(ANNOTATIONS)) {
            checkOnce();
            return new JsonFrame.Objects(source, place(ANNOTATIONS), false, List.of());
        }
        if (scalars || !lists.isEmpty()) {
            return new JsonFrame.Lines(source);
        }
        if (objects.isEmpty()) {
            throw JsonFrame.empty(source);
        }
        return byName(names);
    }

    /// Objects in an object are columns or rows.
    private JsonFrame byName(Set<String> names) {
        long columns = objects.keySet().stream().filter(names::contains).count();
        long rows = inner.stream().filter(names::contains).count();
        if (columns > 0 && columns == rows) {
            throw new InputException("has names of the table's columns both outside and inside: "
                    + JsonSource.shown(objects.keySet().stream().filter(names::contains).findFirst().orElse("")),
                    source.name(), "write it with orient='records' or orient='split'");
        }
        if (rows > columns || many) {
            return new JsonFrame.Index(source);
        }
        checkOnce();
        return new JsonFrame.Columns(source, objects);
    }

    private void checkOnce() {
        if (twice != null) {
            throw new InputException("'" + JsonSource.shown(twice) + "' comes twice", source.name(),
                    "give each column once; nothing was written");
        }
    }

    private long place(String list) {
        return lists.getOrDefault(list, 0L);
    }

    /// The fields that label rows, as a Table Schema tells them.
    private List<String> keys(long place) throws IOException {
        List<String> keys = new ArrayList<>();
        source.read(place, json -> {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean named = json.currentName().equals("primaryKey");
                JsonToken token = json.nextToken();
                if (named && token == JsonToken.VALUE_STRING) {
                    keys.add(json.getString());
                } else if (named && token == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        if (json.currentToken() == JsonToken.VALUE_STRING && keys.size() < JsonRow.MOST_COLUMNS) {
                            keys.add(json.getString());
                        }
                        JsonSource.skip(json);
                    }
                } else {
                    JsonSource.skip(json);
                }
            }
        });
        return List.copyOf(keys);
    }
}
