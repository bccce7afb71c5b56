package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LabelStatisticsTest {
    @Property(tries = 300, seed = "1")
    void countAndMeasureEachLabel(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads) {
        Random random = new Random(seed);
        Block labels = ComponentsTest.labels(random);
        for (int i = 0; i < labels.box().voxels(); i++) {
            SmallComponents.fill(labels, i, i + 1, Long.remainderUnsigned(labels.id(i), 7));
        }
        LabelStatistics found = LabelStatistics.of(labels, 7, threads);
        assertThat(found.labels()).isEqualTo(8);
        for (int label = 0; label < 8; label++) {
            List<Int3> voxels = voxels(labels, label);
            assertThat(found.voxels(label)).isEqualTo(voxels.size());
            if (voxels.isEmpty()) {
                int none = label;
                assertThatIllegalArgumentException().isThrownBy(() -> found.box(none));
                assertThatIllegalArgumentException().isThrownBy(() -> found.centre(none, 0));
                continue;
            }
            Int3 min = voxels.stream().reduce(Int3::min).orElseThrow();
            Int3 max = voxels.stream().reduce(Int3::max).orElseThrow();
            assertThat(found.box(label)).isEqualTo(new Box(min, max.plus(Int3.all(1))));
            for (int axis = 0; axis < 3; axis++) {
                int on = axis;
                assertThat(found.centre(label, axis)).isCloseTo(
                        voxels.stream().mapToInt(voxel -> voxel.get(on)).average().orElseThrow(), within(1e-12));
            }
        }
    }

    @Test
    void refuseLabelsThatAreLargerThanSaid() {
        Block labels = new Block.Longs(Box.ofSize(2, 1, 1), new long[]{1, -1});
        assertThatExceptionOfType(InputException.class).isThrownBy(() -> LabelStatistics.of(labels, 5, 1))
                .withMessageContaining("18446744073709551615").withMessageContaining("5");
        assertThatIllegalArgumentException().isThrownBy(() -> LabelStatistics.of(labels, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(
                () -> LabelStatistics.of(Block.zeros(DataType.FLOAT32, Box.ofSize(1, 1, 1)), 5, 1));
    }

    @Test
    void ofNothingAreZero() {
        assertThat(LabelStatistics.of(Block.zeros(DataType.UINT8, Box.ofSize(0, 2, 2)), 3, 2).voxels(0)).isZero();
    }

    private static List<Int3> voxels(Block labels, int label) {
        List<Int3> voxels = new ArrayList<>();
        Int3 size = labels.box().size();
        for (int i = 0; i < labels.box().voxels(); i++) {
            if (labels.id(i) == label) {
                voxels.add(new Int3(i % size.x(), i / size.x() % size.y(), i / size.x() / size.y())
                        .plus(labels.box().min()));
            }
        }
        return voxels;
    }
}
