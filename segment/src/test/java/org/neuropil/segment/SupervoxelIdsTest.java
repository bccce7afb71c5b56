package org.neuropil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Int3;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SupervoxelIdsTest {
    @Test
    void laysOutLayerChunkAndNumber() {
        // Layer 1, chunk (3, 1, 0), supervoxel 5 with 10 spatial bits: 8 + 10 + 10 + 10 + 26 bits.
        assertThat(new SupervoxelIds(10).id(new Int3(3, 1, 0), 5))
                .isEqualTo((1L << 56) + (3L << 46) + (1L << 36) + 5);
    }

    @Test
    void countsTheLayersOfTheGraph() {
        // ceil(log2(longest side in chunks)) + 2: one chunk has supervoxels and roots in layer 2 only.
        assertThat(SupervoxelIds.layers(new Int3(1, 1, 1))).isEqualTo(2);
        assertThat(SupervoxelIds.layers(new Int3(2, 1, 1))).isEqualTo(3);
        assertThat(SupervoxelIds.layers(new Int3(4, 4, 2))).isEqualTo(4);
        assertThat(SupervoxelIds.layers(new Int3(5, 1, 1))).isEqualTo(5);
        assertThat(SupervoxelIds.layers(new Int3(1024, 3, 3))).isEqualTo(12);
    }

    @Property
    void tellsTheChunkOfAnId(@ForAll @IntRange(max = 1023) int x, @ForAll @IntRange(max = 1023) int y,
            @ForAll @IntRange(max = 1023) int z, @ForAll @IntRange(min = 1, max = 1 << 25) int number) {
        SupervoxelIds layout = new SupervoxelIds(10);
        long id = layout.id(new Int3(x, y, z), number);
        assertThat(layout.chunk(id)).isEqualTo(new Int3(x, y, z));
        assertThat(id >>> 56).isEqualTo(1);
        assertThat(id & (1 << 26) - 1).isEqualTo(number);
    }

    @Test
    void takesMoreBitsForLargeGridsAndRefusesWhatDoesNotFit() {
        assertThat(SupervoxelIds.forGrid(new Int3(1024, 1, 1)).bits()).isEqualTo(10);
        assertThat(SupervoxelIds.forGrid(new Int3(1025, 1, 1)).bits()).isEqualTo(11);
        SupervoxelIds layout = new SupervoxelIds(10);
        assertThatThrownBy(() -> layout.id(new Int3(1024, 0, 0), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layout.id(Int3.ZERO, 1L << 26)).isInstanceOf(IllegalArgumentException.class);
    }
}
