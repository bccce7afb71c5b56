package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.VirtualGraphs;

class VirtualTablesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.678Z");

    @TempDir
    Path folder = Path.of("");

    private void add(String name, int second) throws IOException {
        VirtualGraphs.add(folder, name, new VirtualGraphs.Definition("demo", BEGIN.plusSeconds(second), ""), BEGIN,
                BEGIN.plusSeconds(100));
    }

    @Test
    void namesAreReadAgainOnlyWhenTheyHaveChanged() throws IOException {
        VirtualTables tables = new VirtualTables();
        assertThat(tables.of(folder)).isEmpty();
        add("one", 1);
        SortedMap<String, VirtualGraphs.Definition> first = tables.of(folder);
        assertThat(first).containsOnlyKeys("one");
        assertThat(tables.of(folder)).isSameAs(first);
        add("two", 2);
        assertThat(tables.of(folder)).isEqualTo(VirtualGraphs.read(folder)).containsOnlyKeys("one", "two");
        VirtualGraphs.remove(folder, "one");
        // As long as the file before.
        add("six", 2);
        VirtualGraphs.remove(folder, "two");
        assertThat(tables.of(folder)).containsOnlyKeys("six");
        Files.delete(folder.resolve(VirtualGraphs.FILE));
        assertThat(tables.of(folder)).isEmpty();
    }
}
