package org.neuropil.physiology.store.nwb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import org.neuropil.physiology.session.RoiKey;

/// Writes the columns of a table, and keeps their names in order.
record Columns(NwbObjects objects, String table, List<String> names) {
    Columns(NwbObjects objects, String table) {
        this(objects, table, new ArrayList<>());
    }

    private String path(String name) {
        names.add(name);
        return table + "/" + name;
    }

    <T> void doubles(String name, String description, List<T> rows, ToDoubleFunction<T> value) throws IOException {
        String path = path(name);
        objects.zarr().doubles(path, rows.stream().mapToDouble(value).toArray(), objects.column(path, description));
    }

    void texts(String name, String description, List<String> values) throws IOException {
        String path = path(name);
        objects.zarr().texts(path, values, objects.column(path, description));
    }

    void booleans(String name, String description, boolean[] values) throws IOException {
        String path = path(name);
        objects.zarr().booleans(path, values, objects.column(path, description));
    }

    /// Writes a part of keys that are of one form.
    <K extends RoiKey> void keys(String name, List<RoiKey> keys, Class<K> form, ToLongFunction<K> part)
            throws IOException {
        keys(name, ZarrFolder.Type.LONG, keys, form, part);
    }

    /// Writes a part that is an unsigned number.
    <K extends RoiKey> void ids(String name, List<RoiKey> keys, Class<K> form, ToLongFunction<K> part)
            throws IOException {
        keys(name, ZarrFolder.Type.UNSIGNED_LONG, keys, form, part);
    }

    private <K extends RoiKey> void keys(String name, ZarrFolder.Type type, List<RoiKey> keys, Class<K> form,
            ToLongFunction<K> part) throws IOException {
        String path = path(name);
        objects.zarr().longs(path, type, keys.stream().mapToLong(key -> part.applyAsLong(form.cast(key))).toArray(),
                objects.column(path, "Part of the key: " + name));
    }
}
