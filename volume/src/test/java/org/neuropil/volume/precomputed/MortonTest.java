package org.neuropil.volume.precomputed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Int3;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MortonTest {
    @Test
    void givesTheCodesOfTheSpecification() {
        // A grid of 5 x 1 x 3 chunks: x0 z0 x1 z1 x2.
        Morton morton = new Morton(new Int3(5, 1, 3));
        assertThat(morton.bits()).isEqualTo(5);
        assertThat(morton.code(new Int3(1, 0, 0))).isEqualTo(0b00001);
        assertThat(morton.code(new Int3(0, 0, 1))).isEqualTo(0b00010);
        assertThat(morton.code(new Int3(2, 0, 0))).isEqualTo(0b00100);
        assertThat(morton.code(new Int3(0, 0, 2))).isEqualTo(0b01000);
        assertThat(morton.code(new Int3(4, 0, 2))).isEqualTo(0b11000);
        assertThat(morton.box(0)).isEqualTo(Int3.all(1));
        assertThat(morton.box(3)).isEqualTo(new Int3(4, 1, 2));
        assertThat(morton.box(4)).isEqualTo(new Int3(4, 1, 3));
        assertThat(morton.box(9)).isEqualTo(new Int3(5, 1, 3));
    }

    @Property(tries = 200, seed = "1")
    void tellsChunksApartAndBoxesByTheirHigherBits(@ForAll @IntRange(min = 1, max = 9) int x,
            @ForAll @IntRange(min = 1, max = 9) int y, @ForAll @IntRange(min = 1, max = 9) int z,
            @ForAll @IntRange(max = 12) int lowest) {
        Morton morton = new Morton(new Int3(x, y, z));
        Int3 box = morton.box(lowest);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < x * y * z; i++) {
            Int3 position = new Int3(i % x, i / x % y, i / x / y);
            long code = morton.code(position);
            assertThat(code >>> morton.bits()).isZero();
            assertThat(seen.add(code)).isTrue();
            // Chunks of one box, and only they, have the same higher bits.
            assertThat(code >>> lowest)
                    .isEqualTo(morton.code(position.floorDiv(box).times(box)) >>> lowest);
            if (position.floorDiv(box).equals(Int3.ZERO)) {
                assertThat(code >>> lowest).isZero();
            } else {
                assertThat(code >>> lowest).isNotZero();
            }
        }
    }
}
