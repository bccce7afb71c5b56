package org.neuropil.tables.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;

import tools.jackson.databind.JsonNode;

/// A JSON object of which every key has to be known, read by one key after the other.
final class StrictObject {
    private static final int SHOWN = 60;

    private final JsonNode node;
    private final String file;
    private final String path;
    private final Set<String> known = new TreeSet<>();

    /// @param path where in the file it stands; empty for the whole
    /// @throws InputException if it is no object
    StrictObject(JsonNode node, String file, String path) {
        this.node = node;
        this.file = file;
        this.path = path;
        if (!node.isObject()) {
            throw new InputException(shown(node) + " is no JSON object", path.isEmpty() ? file : file + ", " + path,
                    "put it in { }");
        }
    }

    /// What a key holds; null if it is not there.
    @Nullable
    JsonNode take(String key) {
        known.add(key);
        return node.get(key);
    }

    /// A text that has to be there.
    String text(String key) {
        JsonNode value = take(key);
        if (value == null) {
            throw new InputException("is missing", where(key), "give it as a text");
        }
        return text(key, value);
    }

    /// A text that may be left out.
    String text(String key, String otherwise) {
        JsonNode value = take(key);
        return value == null ? otherwise : text(key, value);
    }

    private String text(String key, JsonNode value) {
        if (!value.isString()) {
            throw wrong(key, value, "is no text", "give a text");
        }
        String fault = Words.fault(value.asString());
        if (fault != null) {
            throw wrong(key, value, fault, "leave it out");
        }
        return value.asString();
    }

    /// One of some texts.
    String choice(String key, List<String> choices) {
        String text = text(key);
        if (!choices.contains(text)) {
            throw new InputException("'" + text + "' is none of " + String.join(", ", choices), where(key), "");
        }
        return text;
    }

    /// True or false; false where it is left out.
    boolean flag(String key) {
        JsonNode value = take(key);
        if (value != null && !value.isBoolean()) {
            throw wrong(key, value, "is neither true nor false", "");
        }
        return value != null && value.asBoolean();
    }

    /// A list; empty where it is left out.
    List<JsonNode> list(String key) {
        JsonNode value = take(key);
        if (value != null && !value.isArray()) {
            throw wrong(key, value, "is no list", "put it in [ ]");
        }
        List<JsonNode> all = new ArrayList<>();
        if (value != null) {
            value.forEach(all::add);
        }
        return all;
    }

    /// @throws InputException if there are keys that nobody has asked for
    void end() {
        for (String key : node.propertyNames()) {
            if (!known.contains(key)) {
                throw wrong(key, node.required(key), "is given, but there is no such key here",
                        "known are " + String.join(", ", known));
            }
        }
    }

    InputException wrong(String key, JsonNode value, String what, String hint) {
        return new InputException(shown(value) + " " + what, where(key), hint);
    }

    private String where(String key) {
        return file + ", " + (path.isEmpty() ? key : path + "." + key);
    }

    private static String shown(JsonNode value) {
        return Words.shorten(value.toString(), SHOWN);
    }
}
