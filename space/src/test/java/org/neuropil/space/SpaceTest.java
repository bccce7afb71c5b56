package org.neuropil.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpaceTest {
    @Property
    void intersectionHoldsTheVoxelsOfBoth(@ForAll("boxes") Box a, @ForAll("boxes") Box b) {
        Box both = a.intersect(b);
        long count = 0;
        for (int z = a.min().z(); z < a.max().z(); z++) {
            for (int y = a.min().y(); y < a.max().y(); y++) {
                for (int x = a.min().x(); x < a.max().x(); x++) {
                    assertThat(both.contains(x, y, z)).isEqualTo(b.contains(x, y, z));
                    count += b.contains(x, y, z) ? 1 : 0;
                }
            }
        }
        assertThat(both.volume()).isEqualTo(count);
        assertThat(a.contains(both)).isTrue();
    }

    @Property
    void chunksTileTheirBounds(@ForAll("boxes") Box bounds, @ForAll("sizes") Int3 chunk) {
        Grid grid = new Grid(bounds, chunk);
        long voxels = 0;
        for (int i = 0; i < grid.count(); i++) {
            Box box = grid.box(i);
            voxels += box.volume();
            assertThat(grid.index(grid.position(i))).isEqualTo(i);
            assertThat(grid.positionOf(box.min())).isEqualTo(grid.position(i));
            assertThat(grid.positionOf(box.max().minus(Int3.all(1)))).isEqualTo(grid.position(i));
            assertThat(bounds.contains(box)).isTrue();
        }
        assertThat(voxels).isEqualTo(bounds.volume());
    }

    @Property
    void touchingChunksAreThoseThatShareVoxels(@ForAll("boxes") Box bounds, @ForAll("boxes") Box some,
            @ForAll("sizes") Int3 chunk) {
        Grid grid = new Grid(bounds, chunk);
        Box touching = grid.touching(some);
        for (int i = 0; i < grid.count(); i++) {
            Int3 at = grid.position(i);
            assertThat(touching.contains(at.x(), at.y(), at.z()))
                    .isEqualTo(!grid.box(i).intersect(some).isEmpty());
        }
    }

    @Property
    void textIsReadBack(@ForAll("boxes") Box box) {
        assertThat(Box.parse(box.toString(), "--box")).isEqualTo(box);
    }

    @Test
    void indexRunsWithXFastest() {
        Box box = new Box(new Int3(1, 2, 3), new Int3(4, 6, 8));
        int expected = 0;
        for (int z = 3; z < 8; z++) {
            for (int y = 2; y < 6; y++) {
                for (int x = 1; x < 4; x++) {
                    assertThat(box.index(x, y, z)).isEqualTo(expected++);
                }
            }
        }
        assertThat(box.voxels()).isEqualTo(expected);
    }

    @Test
    void voxelSizesAreNanometresUnlessTheySayOtherwise() {
        assertThat(VoxelSize.parse("4,4,40", "--voxel-size")).isEqualTo(new VoxelSize(4, 4, 40));
        assertThat(VoxelSize.parse("4x4x40nm", "--voxel-size")).isEqualTo(new VoxelSize(4, 4, 40));
        assertThat(VoxelSize.parse("0.5x0.5x1 um", "--voxel-size")).isEqualTo(new VoxelSize(500, 500, 1000));
        assertThat(new VoxelSize(9.7, 10, 45).toString()).isEqualTo("9.7x10x45nm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10x10", "0x10x10", "-4x4x40nm", "axbxc", "1e999x1x1", "NaNx1x1", "4x4x40px",
        "1e-400x1x1", "..x1x1"})
    void wrongVoxelSizesAreRefusedWithTheirText(String text) {
        assertThatThrownBy(() -> VoxelSize.parse(text, "--voxel-size")).isInstanceOf(InputException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2", "1,2,3,4", "1,2,x", "99999999999,1,1", "9999999999,1,1", "1;2;3"})
    void wrongPointsAreRefusedWithTheirText(String text) {
        assertThatThrownBy(() -> Int3.parse(text, "--chunk")).isInstanceOf(InputException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void boxesAreNeverInsideOut() {
        assertThatThrownBy(() -> Box.parse("1,1,1:0,2,2", "--box")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Box.parse("1,1,1", "--box")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Box(Int3.all(1), Int3.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorIsOneSentence() {
        assertThat(new InputException("section 17 is missing", "raw/0017.png", "add it").sentence())
                .isEqualTo("raw/0017.png: section 17 is missing; add it");
        assertThat(new InputException("nothing to do", "", "").sentence()).isEqualTo("nothing to do");
    }

    @Provide
    Arbitrary<Int3> sizes() {
        Arbitrary<Integer> n = Arbitraries.integers().between(1, 6);
        return Combinators.combine(n, n, n).as(Int3::new);
    }

    @Provide
    Arbitrary<Box> boxes() {
        Arbitrary<Integer> corner = Arbitraries.integers().between(-8, 8);
        return Combinators.combine(Combinators.combine(corner, corner, corner).as(Int3::new), sizes()).as(Box::of);
    }
}
