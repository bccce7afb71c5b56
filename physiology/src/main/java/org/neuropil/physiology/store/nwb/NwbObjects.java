package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.neuropil.physiology.Clock;

/// Objects of NWB in a folder of Zarr: what each of them has beside its values.
///
/// @param zarr where they are written
/// @param session name of the session, of which ids are made
record NwbObjects(ZarrFolder zarr, String session) {
    /// What NWB asks for and nobody knows.
    static final String UNKNOWN = "unknown";

    /// The id of an object, made of the session's name and its path.
    String id(String path) {
        return UUID.nameUUIDFromBytes((session + "/" + path).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// Attributes of an object of a type.
    Map<String, Object> typed(String path, String namespace, String type) {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("namespace", namespace);
        attributes.put("neurodata_type", type);
        attributes.put("object_id", id(path));
        return attributes;
    }

    /// Writes an object of the core's types.
    void object(String path, String type, Map<String, ?> more) throws IOException {
        Map<String, Object> attributes = typed(path, "core", type);
        attributes.putAll(more);
        zarr.group(path, attributes);
    }

    /// A name as one of an object, unlike those that are taken.
    ///
    /// @param taken names of the objects beside it; the new one is added
    static String name(String name, Set<String> taken) {
        String plain = name.replaceAll("[/\\\\:]", "-");
        String first = plain.isEmpty() || plain.matches("\\.+") ? "unnamed" : plain;
        String free = first;
        for (int i = 2; !taken.add(free); i++) {
            free = first + "-" + i;
        }
        return free;
    }

    /// A reference to an object, as an attribute's value.
    Map<String, Object> reference(String path) {
        return Map.of("value",
                Map.of("source", ".", "path", "/" + path, "object_id", id(path), "source_object_id", id("")),
                "zarr_dtype", "object");
    }

    /// A link to an object, as an attribute of a group.
    static Map<String, Object> link(String name, String path) {
        return Map.of("zarr_link", List.of(Map.of("name", name, "path", "/" + path, "source", ".")));
    }

    /// Attributes of a column of a table.
    Map<String, Object> column(String path, String description) {
        Map<String, Object> attributes = typed(path, "hdmf-common", "VectorData");
        attributes.put("description", description);
        return attributes;
    }

    /// Writes the ids of a table's rows, 0 and so on.
    void ids(String table, int rows) throws IOException {
        long[] ids = new long[rows];
        Arrays.setAll(ids, i -> i);
        zarr.longs(table + "/id", ids, typed(table + "/id", "hdmf-common", "ElementIdentifiers"));
    }

    /// Writes the times of a series.
    void times(String series, Clock clock) throws IOException {
        double[] times = new double[clock.frames()];
        Arrays.setAll(times, clock::time);
        zarr.doubles(series + "/timestamps", times, Map.of("interval", 1, "unit", "seconds"));
    }
}
