package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SmallComponentsTest {
    @Property(tries = 300, seed = "1")
    void areErasedAndNothingElse(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads) {
        Random random = new Random(seed);
        Block labels = ComponentsTest.labels(random);
        int threshold = random.nextInt(20);
        for (Connectivity connectivity : Connectivity.values()) {
            int[] components = ComponentsTest.flood(labels, connectivity);
            int[] sizes = new int[components.length + 1];
            for (int component : components) {
                sizes[component]++;
            }
            Block found = SmallComponents.erased(labels, threshold, connectivity, threads);
            assertThat(found.type()).isEqualTo(labels.type());
            int erased = 0;
            for (int i = 0; i < components.length; i++) {
                boolean small = components[i] != 0 && sizes[components[i]] < threshold;
                assertThat(found.id(i)).isEqualTo(small ? 0 : labels.id(i));
                erased += small ? 1 : 0;
            }
            assertThat(SmallComponents.erase(found, threshold, connectivity, threads)).isZero();
            found.copyFrom(labels);
            assertThat(SmallComponents.erase(found, threshold, connectivity, threads)).isEqualTo(erased);
        }
    }

    @Test
    void areSmallerThanTheThresholdAndNotAsLarge() {
        Block.Shorts labels = new Block.Shorts(Box.ofSize(7, 1, 1), new short[]{-1, -1, 0, -1, -1, -1, 5});
        assertThat(SmallComponents.erase(labels, 3, Connectivity.FACES, 1)).isEqualTo(3);
        assertThat(labels.data()).containsExactly(0, 0, 0, -1, -1, -1, 0);
    }

    @Test
    void ofFractionsDoNotExist() {
        assertThatIllegalArgumentException().isThrownBy(() -> SmallComponents
                .erase(Block.zeros(DataType.FLOAT64, Box.ofSize(1, 1, 1)), 3, Connectivity.FACES, 1));
    }
}
