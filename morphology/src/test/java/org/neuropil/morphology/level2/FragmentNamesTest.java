package org.neuropil.morphology.level2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuropil.graph.GraphInfo;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FragmentNamesTest {
    private static final GraphInfo INFO = new GraphInfo(Box.ofSize(300, 200, 150), Int3.all(64),
            new VoxelSize(8, 8, 8), 5, 10, 16, Instant.EPOCH, 1, 1);

    @Test
    void theNamesAreThoseOfTheViewersRecordings() throws NoSuchFileException {
        // The recorded node 144115188142964737 of chunk (0, 0, 1), in a world of chunks of 64.
        long node = INFO.ids().id(2, new Int3(0, 0, 1), 1);
        assertThat(node).isEqualTo(144115188142964737L);

        assertThat(FragmentNames.name(INFO, node)).isEqualTo("144115188142964737:0:0-64_0-64_64-128");
        assertThat(FragmentNames.parse(INFO, "144115188142964737:0:0-64_0-64_64-128")).isEqualTo(node);
    }

    @Test
    void chunksAreWholeAlsoAtTheEndOfTheVolume() {
        assertThat(FragmentNames.name(INFO, INFO.ids().id(2, new Int3(4, 3, 2), 9)))
                .endsWith(":0:256-320_192-256_128-192");
        assertThat(FragmentNames.name(INFO, INFO.ids().id(3, new Int3(1, 0, 1), 9)))
                .endsWith(":0:128-256_0-128_128-256");
        assertThat(FragmentNames.name(INFO, INFO.ids().id(5, Int3.ZERO, 9))).endsWith(":0:0-512_0-512_0-512");
    }

    @Property
    void aNameTellsItsNode(@ForAll @IntRange(min = 2, max = 5) int layer, @ForAll @IntRange(max = 1) int x,
            @ForAll @LongRange(min = 1, max = 1 << 20) long number) throws NoSuchFileException {
        long node = INFO.ids().id(layer, layer == 5 ? Int3.ZERO : new Int3(x, 0, x), number);

        assertThat(FragmentNames.parse(INFO, FragmentNames.name(INFO, node))).isEqualTo(node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "info", "144115188142964737", "144115188142964737:0", "../../dataset.json",
        "144115188142964737:1:0-64_0-64_64-128", "144115188142964737:0:0-64_0-64_64-129",
        "0144115188142964737:0:0-64_0-64_64-128", "~144115188142964737:144115188142964737:0:0-64_0-64_64-128",
        "144115188142964737:0:0-64_0-64_64-128 ", "72057594037927937:0:0-64_0-64_0-64",
        "99999999999999999999:0:0-64_0-64_64-128", "18446744073709551615:0:0-64_0-64_64-128",
        "144115188142964737:0:00-64_0-64_64-128"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> FragmentNames.parse(INFO, name)).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(name);
    }
}
