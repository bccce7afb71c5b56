package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void numbersStandRightAndAreGroupedForPeople() {
        Table table = new Table("measure", "value", "unit").add("voxels", 1234567, "voxels").add("error", 0.123456, "")
                .add("none", null, "s");
        assertThat(table.text(true)).isEqualToNormalizingNewlines("""
                measure      value  unit
                voxels   1,234,567  voxels
                error       0.1235
                none                s
                """);
        assertThat(table.text(false)).contains("1234567");
    }

    @Test
    void csvQuotesWhatNeedsIt() {
        Table table = new Table("a", "b").add("x, \"y\"", 1.5).add("z", Map.of("k", 1));
        assertThat(table.csv()).isEqualTo("a,b\r\n\"x, \"\"y\"\"\",1.5\r\nz,\"{\"\"k\"\":1}\"\r\n");
    }

    @Test
    void nearestCountsLettersAndSwaps() {
        assertThat(Nearest.distance("prot", "port")).isEqualTo(1);
        assertThat(Nearest.distance("treshold", "threshold")).isEqualTo(1);
        assertThat(Nearest.to("xyz", java.util.List.of("demo", "info"))).isEmpty();
    }
}
