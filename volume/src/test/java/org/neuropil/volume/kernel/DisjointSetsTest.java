package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DisjointSetsTest {
    @Property(tries = 300, seed = "1")
    void tellsTheSmallestOfEachSet(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(30);
        int[] smallest = new int[count];
        Arrays.setAll(smallest, i -> i);
        DisjointSets sets = new DisjointSets(count);
        for (int i = random.nextInt(40); i > 0; i--) {
            int a = random.nextInt(count);
            int b = random.nextInt(count);
            sets.unite(a, b);
            int one = smallest[a];
            int other = smallest[b];
            for (int j = 0; j < count; j++) {
                if (smallest[j] == one || smallest[j] == other) {
                    smallest[j] = Math.min(one, other);
                }
            }
        }
        for (int i = 0; i < count; i++) {
            assertThat(sets.smallest(i)).isEqualTo(smallest[i]);
        }
        assertThat(sets.smallest()).isEqualTo(smallest);
    }
}
