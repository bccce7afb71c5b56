package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DistanceTransformTest {
    @Property(tries = 300, seed = "1")
    void isTheDistanceToTheNearestOtherVoxel(@ForAll long seed, @ForAll boolean border,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        Random random = new Random(seed);
        Block labels = ComponentsTest.labels(random);
        VoxelSize voxel = random.nextBoolean()
                ? new VoxelSize(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(40))
                : new VoxelSize(0.1 + random.nextDouble(), 0.1 + random.nextDouble(), 0.1 + 9 * random.nextDouble());
        float[] found = DistanceTransform.of(labels, voxel, border, threads).data();
        float[] squared = DistanceTransform.squared(labels, voxel, border, threads).data();
        for (int i = 0; i < found.length; i++) {
            double expected = nearest(labels, i, voxel, border);
            if (Double.isInfinite(expected)) {
                assertThat(found[i]).isInfinite();
            } else {
                assertThat((double) found[i]).isCloseTo(expected, within(2e-6 * expected));
                assertThat((double) squared[i]).isCloseTo(expected * expected, within(4e-6 * expected * expected));
            }
        }
    }

    @Test
    void ofWholeUnitsIsExact() {
        Block labels = new Block.Bytes(Box.ofSize(7, 1, 1), new byte[]{0, 1, 1, 1, 2, 2, 0});
        assertThat(DistanceTransform.of(labels, new VoxelSize(3, 1, 1), false, 1).data()).containsExactly(0, 3, 6, 3,
                3, 3, 0);
    }

    @Test
    void isInfiniteWhereThereIsNothingElse() {
        Block labels = new Block.Bytes(Box.ofSize(2, 2, 1), new byte[]{1, 1, 1, 1});
        assertThat(DistanceTransform.of(labels, new VoxelSize(1, 1, 1), false, 1).data())
                .containsOnly(Float.POSITIVE_INFINITY);
        assertThat(DistanceTransform.of(labels, new VoxelSize(1, 1, 1), true, 1).data()).containsOnly(1);
        assertThat(DistanceTransform.of(Block.zeros(DataType.UINT64, Box.ofSize(0, 2, 1)), new VoxelSize(1, 1, 1), true,
                2).data()).isEmpty();
    }

    @Test
    void ofFractionsDoesNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> DistanceTransform
                .of(Block.zeros(DataType.FLOAT32, Box.ofSize(2, 2, 2)), new VoxelSize(1, 1, 1), true, 1));
    }

    private static double nearest(Block labels, int index, VoxelSize voxel, boolean border) {
        if (labels.id(index) == 0) {
            return 0;
        }
        Box box = labels.box();
        Box seen = border ? box.grow(new org.neuropil.space.Int3(1, 1, 1)) : box;
        int x = index % box.size().x() + box.min().x();
        int y = index / box.size().x() % box.size().y() + box.min().y();
        int z = index / box.size().x() / box.size().y() + box.min().z();
        double best = Double.POSITIVE_INFINITY;
        for (int oz = seen.min().z(); oz < seen.max().z(); oz++) {
            for (int oy = seen.min().y(); oy < seen.max().y(); oy++) {
                for (int ox = seen.min().x(); ox < seen.max().x(); ox++) {
                    if (!box.contains(ox, oy, oz) || labels.id(box.index(ox, oy, oz)) != labels.id(index)) {
                        best = Math.min(best, Math.hypot(Math.hypot((ox - x) * voxel.x(), (oy - y) * voxel.y()),
                                (oz - z) * voxel.z()));
                    }
                }
            }
        }
        return best;
    }
}
