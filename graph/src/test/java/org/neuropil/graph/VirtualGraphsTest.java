package org.neuropil.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.graph.VirtualGraphs.Definition;
import org.neuropil.space.InputException;

class VirtualGraphsTest {
    private static final Instant BEGIN = Instant.parse("2025-01-13T10:00:00Z");
    private static final Instant NOW = BEGIN.plusSeconds(1000);
    private static final Definition FIRST = new Definition("fib25", BEGIN.plusMillis(1500), "first release");

    @TempDir
    private Path folder;

    private void add(String name, Definition definition) throws IOException {
        VirtualGraphs.add(folder, name, definition, BEGIN, NOW);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(VirtualGraphs.read(folder)).isEmpty();
        add("v2", new Definition("fib25", BEGIN, ""));
        add("v1", FIRST);
        add("v1", FIRST);
        assertThat(VirtualGraphs.read(folder)).containsOnlyKeys("v1", "v2").containsEntry("v1", FIRST);
        assertThat(Files.readString(folder.resolve(VirtualGraphs.FILE))).contains("\"2025-01-13T10:00:01.500Z\"");
        VirtualGraphs.remove(folder, "v2");
        assertThat(VirtualGraphs.read(folder)).containsOnlyKeys("v1");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(VirtualGraphs.FILE));
        }
    }

    @Test
    void whatWasPublishedDoesNotChange() throws IOException {
        add("v1", FIRST);
        assertThatThrownBy(() -> add("v1", new Definition("fib25", BEGIN, ""))).isInstanceOf(InputException.class)
                .hasMessageContaining("v1");
        assertThat(VirtualGraphs.read(folder)).containsEntry("v1", FIRST);
        assertThatThrownBy(() -> VirtualGraphs.remove(folder, "v3")).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).hint()).isEqualTo("there are v1"));
    }

    @Test
    void refusesNamesAndMoments() {
        assertThatThrownBy(() -> add("fib25", FIRST)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> add("a/b", FIRST)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Definition("../x", BEGIN, "")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Definition("fib25", BEGIN, "two\nlines")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> add("v1", new Definition("fib25", BEGIN.minusMillis(1), "")))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> add("v1", new Definition("fib25", NOW.plusMillis(1), "")))
                .isInstanceOf(InputException.class);
        assertThat(folder.resolve(VirtualGraphs.FILE)).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'format':2,'graphs':{}} | virtual.json",
        "{'format':1} | virtual.json",
        "{'format':1,'graphs':{'v1':null}} | graphs.v1.graph",
        "{'format':1,'graphs':{'v1':{'graph':'g'}}} | graphs.v1.moment",
        "{'format':1,'graphs':{'v1':{'graph':'g','moment':'yesterday'}}} | graphs.v1.moment",
        "{'format':1,'graphs':{'v1':{'graph':'v1','moment':'2025-01-13T10:00:00Z'}}} | graphs.v1.name",
        "{'format':1,'graphs':{'v1':{'graph':'a b','moment':'2025-01-13T10:00:00Z'}}} | graphs.v1.graph",
        "{'format':1,'graphs':[]} | virtual.json", "[ | virtual.json"}, quoteCharacter = '"')
    void namesWhatIsWrongInTheFile(String text, String where) throws IOException {
        Files.writeString(folder.resolve(VirtualGraphs.FILE), text.replace('\'', '"'));
        assertThatThrownBy(() -> VirtualGraphs.read(folder)).isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).where()).contains(VirtualGraphs.FILE).endsWith(where));
    }
}
