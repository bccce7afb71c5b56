package org.neuropil.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

import org.neuropil.graph.VirtualGraphs;

/// The past states of graphs that have been given names. Their files are read again only when they were replaced.
final class VirtualTables {
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(String stamp, SortedMap<String, VirtualGraphs.Definition> states) {}

    /// The states of a graph, by name.
    ///
    /// @param folder the graph's
    SortedMap<String, VirtualGraphs.Definition> of(Path folder) throws IOException {
        String stamp;
        try {
            // Before the file is read: what replaces it meanwhile is read again.
            stamp = LiveDataset.stamp(
                    Files.readAttributes(folder.resolve(VirtualGraphs.FILE), BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            known.remove(folder);
            return Collections.emptySortedMap();
        }
        Known before = known.get(folder);
        if (before != null && before.stamp.equals(stamp)) {
            return before.states;
        }
        SortedMap<String, VirtualGraphs.Definition> states = VirtualGraphs.read(folder);
        known.put(folder, new Known(stamp, states));
        return states;
    }
}
