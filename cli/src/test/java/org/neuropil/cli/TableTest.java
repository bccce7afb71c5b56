package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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
    void csvHasAllDigitsAndTextThoseThatSaySomething() {
        Table table = new Table("p").add(0.123456789).add(1.23456e-7).add(-0.00012345).add(2.0).add(Double.NaN)
                .add(Double.POSITIVE_INFINITY).add(new BigDecimal("0.00000012345")).add(0.0);
        assertThat(table.csv().lines()).containsExactly("p", "0.123456789", "1.23456E-7", "-1.2345E-4", "2.0", "nan",
                "Infinity", "0.00000012345", "0.0");
        assertThat(table.text(false).lines().map(String::strip)).containsExactly("p", "0.1235", "1.23E-7", "-1.23E-4",
                "2", "nan", "Infinity", "1.23E-7", "0");
    }

    @Test
    void nearestCountsLettersAndSwaps() {
        assertThat(Nearest.distance("prot", "port")).isEqualTo(1);
        assertThat(Nearest.distance("treshold", "threshold")).isEqualTo(1);
        assertThat(Nearest.to("xyz", java.util.List.of("demo", "info"))).isEmpty();
    }
}
