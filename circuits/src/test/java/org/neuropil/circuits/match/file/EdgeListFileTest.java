package org.neuropil.circuits.match.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.circuits.match.Sides;
import org.neuropil.circuits.match.WeightedEdges;
import org.neuropil.space.InputException;

class EdgeListFileTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("edges.txt"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b,2\nb,a,1\na,b,3\n", "a b 2.0\nb a\na  b 3\n", "a\tb\t5\n\nb\ta\t1",
        "\uFEFFfrom,to,weight\na,b,5\nb,a,1\n", "weight,note,post,pre\n5,x,b,a\n1,y,a,b\r\n"})
    void edgesAreReadWhateverSeparatesThemAndNamesThem(String text) throws IOException {
        NamedEdges edges = EdgeListFile.read(file(text));
        assertThat(edges.cells()).containsExactly("a", "b");
        WeightedEdges both = edges.between(edges.cells(), edges.cells());
        assertThat(both).isEqualTo(WeightedEdges.of(2, 2, new int[]{0, 1}, new int[]{1, 0}, new double[]{5, 1}));
    }

    @Test
    void rowsWithoutWeightAreSynapsesAndAreAddedUp() throws IOException {
        NamedEdges edges = EdgeListFile.read(file("pre,post,size\nx,y,900\nx,y,20\ny,y,1\n"));
        WeightedEdges all = edges.between(List.of("y", "x"), List.of("y"));
        assertThat(all.weight(all.find(1, 0))).isEqualTo(2);
        assertThat(all.weight(all.find(0, 0))).isEqualTo(1);
    }

    @Test
    void sidesAreTakenOutOfOneList() throws IOException {
        Sides sides = EdgeListFile.read(file("l1,l2,1\nl1,r2,2\nr2,l1,3\nr1,r2,4\nl1,other,5\n"))
                .sides(List.of("l1", "l2"), List.of("r1", "r2"));
        assertThat(sides.left().edges()).isEqualTo(1);
        assertThat(sides.right().find(0, 1)).isNotNegative();
        assertThat(sides.leftToRight().find(0, 1)).isNotNegative();
        assertThat(sides.rightToLeft().find(1, 0)).isNotNegative();
        assertThat(sides.rightToLeft().edges()).isEqualTo(1);
    }

    @Test
    void idsOf64BitsStayApart() throws IOException {
        assertThat(EdgeListFile.read(file("18446744073709551615,18446744073709551614,1\n")).cells()).hasSize(2);
    }

    @Test
    void animalsAreToldApart() throws IOException {
        SortedMap<String, NamedEdges> animals = EdgeListFile.read(
                file("dataset,pre,post\ntwo,a,b\none,b,a\none,b,a\n"), "dataset");
        assertThat(animals.keySet()).containsExactly("one", "two");
        NamedEdges one = Objects.requireNonNull(animals.get("one"));
        assertThat(one.between(List.of("b"), List.of("a")).weight(0)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "a,b,1;a,b,x|row 2, field weight|'x' is no number",
        "a,b,1;a,b,-2|row 2, field weight|'-2' is no weight",
        "a,b,0|row 1, field weight|'0' is no weight",
        "a,b,NaN|row 1, field weight|'NaN' is no weight",
        "a,b,1e300|row 1, field weight|'1e300' is no weight",
        "a,,1|row 1, field to|is empty",
        "a,b,1;;a|row 3|has 1 fields",
        "a,b,1,4|row 1|has 4 fields",
        "cell,other,number;a,b,1|row 1, field weight|'number' is no number",
        "pre,post,weight;a,b|row 2|has 2 fields under 3 names"})
    void whatIsWrongIsNamed(String text, String place, String what) throws IOException {
        Path file = file(text.replace(';', '\n'));
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(file))
                .satisfies(e -> assertThat(e.where()).isEqualTo(file + ", " + place))
                .satisfies(e -> assertThat(e.what()).isEqualTo(what));
    }

    @Test
    void filesThatHoldNoEdgesAreRefused() throws IOException {
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(folder.resolve("none")))
                .withMessageContaining("is not there");
        Path empty = file("\n \n");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(empty))
                .withMessageContaining("is empty");
        Path noText = Files.write(folder.resolve("bytes"), new byte[]{'a', ',', 'b', '\n', (byte) 0xff, '\n'});
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(noText))
                .withMessageContaining("UTF-8");
        Path noGroup = file("pre,post\na,b\n");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(noGroup, "animal"))
                .withMessageContaining("'animal'");
        Path noNames = file("a,b,1\n");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(noNames, "animal"))
                .withMessageContaining("names no fields");
        Path emptyGroup = file("animal,pre,post\n,a,b\n");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.read(emptyGroup, "animal"))
                .satisfies(e -> assertThat(e.where()).endsWith("row 2, field 1"));
    }

    @Test
    void cellsAreReadInOrderAndOnlyOnce() throws IOException {
        assertThat(EdgeListFile.cells(file("b\na,KC\n\nc other\n"))).containsExactly("b", "a", "c");
        Path twice = file("b\nb\n");
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> EdgeListFile.cells(twice))
                .withMessageContaining("'b' is there twice").satisfies(e -> assertThat(e.where()).endsWith("row 2"));
    }
}
