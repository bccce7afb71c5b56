package org.neuropil.graph.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.graph.store.GraphStore.Table;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

/// The right to load a graph into a store that others can reach. Who loads first writes its recipe there: then another
/// graph's rows never lie among its own, be it that the load was cut off, or that two run at once. The same recipe gives
/// the same rows, and may load them again.
///
/// @param store to be loaded
/// @param info of the graph
/// @param recipe digest of what makes it
/// @param rows where the store is, for errors
record StoreClaim(GraphStore store, GraphInfo info, String recipe, String rows) {
    private static final byte[] INFO_KEY = "info".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RECIPE_KEY = "recipe".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST = {};

    /// Claims the store, before its first row is loaded.
    ///
    /// @throws InputException if it holds another graph, rows of one, or edits
    void begin() throws IOException {
        byte[] finished = store.get(Table.META, INFO_KEY);
        if (finished != null && !Arrays.equals(finished, Json.bytes(info))) {
            throw new InputException("holds another graph", rows, "choose another place");
        }
        if (store.last(Table.OPERATIONS, FIRST, null) != null) {
            throw new InputException("holds a graph that was edited since", rows, "choose another place");
        }
        byte[] own = recipe.getBytes(StandardCharsets.US_ASCII);
        byte[] there = store.get(Table.META, RECIPE_KEY);
        if (there == null && store.last(Table.BASE, FIRST, null) == null
                && store.replace(Table.META, RECIPE_KEY, null, own)) {
            return;
        }
        if (!Arrays.equals(there == null ? store.get(Table.META, RECIPE_KEY) : there, own)) {
            throw new InputException(
                    "holds rows of another graph, which is being loaded, or was when its load was cut off",
                    rows, "choose another place, or delete what is there");
        }
    }

    /// Says that all rows are loaded.
    void end() throws IOException {
        if (!store.replace(Table.META, INFO_KEY, store.get(Table.META, INFO_KEY), Json.bytes(info))) {
            throw new IOException("somebody else makes a graph in " + rows);
        }
    }
}
