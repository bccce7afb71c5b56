package org.neuropil.tables.published;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the actions of a Delta table's log amount to: the files of which it is made now. Fed with the actions in the order
/// of the log.
final class DeltaLog {
    private static final Set<String> FEATURES = Set.of("timestampNtz", "vacuumProtocolCheck", "columnMapping",
            "deletionVectors", "v2Checkpoint");

    private final String place;
    private final Map<String, Data> files = new LinkedHashMap<>();

    /// A file of rows.
    ///
    /// @param path relative to the table's folder
    /// @param bytes how many it has
    /// @param constants values of the columns by which the table is parted
    record Data(String path, long bytes, Map<String, Optional<String>> constants) {}

    /// @param place where the table lies, for errors
    DeltaLog(String place) {
        this.place = place;
    }

    /// The files that the table is made of.
    List<Data> files() {
        return new ArrayList<>(files.values());
    }

    /// Takes the actions of a commit: a JSON object in each line.
    ///
    /// @param file its name, for errors
    /// @throws InputException if they are none, or the table needs what is not known here
    void take(byte[] commit, String file) {
        String[] lines = new String(commit, StandardCharsets.UTF_8).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                take(lines[i], file + ", line " + (i + 1));
            }
        }
    }

    /// Takes an action.
    void take(String action, String where) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(action);
        } catch (JacksonException e) {
            throw new InputException("is no JSON", where, "fetch the log anew", e);
        }
        if (json == null || !json.isObject()) {
            throw new InputException("is no action of a Delta log", where, "fetch the log anew");
        }
        protocol(json.get("protocol"), where);
        configuration(json.get("metaData"), where);
        JsonNode remove = json.get("remove");
        if (remove != null && remove.isObject()) {
            files.remove(path(remove, where));
        }
        JsonNode add = json.get("add");
        if (add != null && add.isObject()) {
            Data data = added(add, where);
            files.put(data.path(), data);
        }
    }

    private Data added(JsonNode add, String where) {
        JsonNode vector = add.get("deletionVector");
        if (vector != null && !vector.isNull()) {
            throw new InputException(
                    "rows of " + path(add, where) + " are deleted by a vector, which is not known here",
                    place, "have the table rewritten (OPTIMIZE, REORG TABLE … APPLY (PURGE))");
        }
        Map<String, Optional<String>> constants = new LinkedHashMap<>();
        JsonNode values = add.get("partitionValues");
        if (values != null && values.isObject()) {
            values.properties()
                    .forEach(one -> constants.put(one.getKey(), constant(one.getKey(), one.getValue(), where)));
        }
        JsonNode size = add.get("size");
        if (size != null && size.isIntegralNumber() && !size.canConvertToLong()) {
            throw new InputException("a size is not one of a file", where + ", size", "fetch the log anew");
        }
        return new Data(path(add, where), size != null && size.isIntegralNumber() ? size.asLong() : -1, constants);
    }

    private static Optional<String> constant(String column, JsonNode value, String where) {
        if (value.isContainer()) {
            throw new InputException("the value of a column is no value but " + value.getNodeType(),
                    where + ", partitionValues, " + column, "fetch the log anew");
        }
        return value.isNull() ? Optional.empty() : Optional.of(value.asString());
    }

    private static void protocol(@Nullable JsonNode protocol, String where) {
        JsonNode features = protocol == null ? null : protocol.get("readerFeatures");
        if (features != null && features.isArray()) {
            for (JsonNode feature : features) {
                if (!feature.isString() || !FEATURES.contains(feature.asString())) {
                    throw new InputException(
                            "readers have to know '" + feature.asString("") + "', which is not known here",
                            where, "have the table written without it");
                }
            }
        }
    }

    private static void configuration(@Nullable JsonNode metadata, String where) {
        JsonNode configuration = metadata == null ? null : metadata.get("configuration");
        JsonNode mode = configuration == null ? null : configuration.get("delta.columnMapping.mode");
        if (mode != null && mode.isString() && !mode.asString().equals("none")) {
            throw new InputException("columns have other names in the files (column mapping), which is not known here",
                    where, "have the table written without it");
        }
    }

    /// A path, which is written as in addresses of the web.
    private static String path(JsonNode action, String where) {
        JsonNode given = action.get("path");
        if (given == null || !given.isString() || given.asString().isEmpty()) {
            throw new InputException("names no file", where, "fetch the log anew");
        }
        String path = decoded(given.asString(), where);
        if (path.startsWith("/") || path.contains(":/") || List.of(path.split("/", -1)).contains("..")) {
            throw new InputException("'" + path + "' lies outside of the table", where,
                    "have the table copied as a whole (no shallow clone)");
        }
        return path;
    }

    private static String decoded(String text, String where) {
        byte[] out = new byte[text.length() * 3];
        int size = 0;
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new InputException("'" + text + "' is no path", where, "fetch the log anew");
                }
                out[size++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                out[size++] = in[i];
            }
        }
        return new String(out, 0, size, StandardCharsets.UTF_8);
    }

    /// The name of a commit in the log's folder.
    static String commit(long number) {
        return String.format("%020d.json", number);
    }

    /// Names of the files of a checkpoint.
    ///
    /// @param parts how many they are; 0 for the one whose name has no number
    static List<String> checkpoint(long number, int parts) {
        if (parts == 0) {
            return List.of(String.format("%020d.checkpoint.parquet", number));
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= parts; i++) {
            names.add(String.format("%020d.checkpoint.%010d.%010d.parquet", number, i, parts));
        }
        return names;
    }
}
