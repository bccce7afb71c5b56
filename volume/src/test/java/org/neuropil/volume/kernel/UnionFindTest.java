package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class UnionFindTest {
    @Property(tries = 300, seed = "1")
    void tellsTheSmallestOfEachSet(@ForAll long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(30);
        // Ids on both sides of the sign: as unsigned numbers those below 0 are the largest.
        long[] ids = random.longs(count).distinct().toArray();
        int[] sets = new int[count];
        Arrays.setAll(sets, i -> i);
        UnionFind found = new UnionFind();
        for (int i = random.nextInt(40); i > 0; i--) {
            int a = random.nextInt(count);
            int b = random.nextInt(count);
            found.unite(ids[a], ids[b]);
            int gone = sets[b];
            for (int j = 0; j < count; j++) {
                sets[j] = sets[j] == gone ? sets[a] : sets[j];
            }
        }
        for (int i = 0; i < count; i++) {
            long smallest = ids[i];
            for (int j = 0; j < count; j++) {
                if (sets[j] == sets[i] && Long.compareUnsigned(ids[j], smallest) < 0) {
                    smallest = ids[j];
                }
            }
            assertThat(found.smallest(ids[i])).isEqualTo(smallest);
        }
        assertThat(found.others()).isEqualTo(Arrays.stream(ids).filter(id -> found.smallest(id) != id).boxed()
                .sorted(Long::compareUnsigned).mapToLong(Long::longValue).toArray());
    }

    @Test
    void takesPairsOnly() {
        UnionFind sets = new UnionFind();
        sets.uniteAll(new long[]{4, 3, 9, 8, 3, 9});
        assertThat(sets.smallest(8)).isEqualTo(3);
        assertThat(sets.smallest(7)).isEqualTo(7);
        assertThatIllegalArgumentException().isThrownBy(() -> sets.uniteAll(new long[3]));
    }
}
