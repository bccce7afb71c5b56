package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ComponentsTest {
    private static final DataType[] TYPES = {DataType.UINT8, DataType.UINT16, DataType.UINT32, DataType.UINT64};

    @Property(tries = 600, seed = "1")
    void areWhatAFloodFillFinds(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads) {
        Random random = new Random(seed);
        Block labels = labels(random);
        for (Connectivity connectivity : Connectivity.values()) {
            Components found = Components.of(labels, connectivity, threads);
            int[] expected = flood(labels, connectivity);
            assertThat(found.ids().data()).isEqualTo(expected);
            assertThat(found.count()).isEqualTo(Arrays.stream(expected).max().orElse(0));
            for (int id = 1; id <= found.count(); id++) {
                int number = id;
                assertThat(found.sizes()[id]).isEqualTo(Arrays.stream(expected).filter(i -> i == number).count());
                assertThat(expected[found.firsts()[id]]).isEqualTo(id);
                assertThat(Arrays.stream(expected, 0, found.firsts()[id]).noneMatch(i -> i == number)).isTrue();
            }
        }
    }

    @Property(tries = 200, seed = "1")
    void canTakeThePlaceOfTheLabels(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads) {
        Random random = new Random(seed);
        Block labels = labels(random);
        int[] data = Arrays.stream(labels.ids().data()).mapToInt(id -> (int) (id ^ id >>> 32)).toArray();
        Block.Ints ints = new Block.Ints(labels.box(), data);
        for (Connectivity connectivity : Connectivity.values()) {
            Components expected = Components.of(ints, connectivity, 1);
            Block.Ints copy = new Block.Ints(labels.box(), data.clone());
            Components found = Components.replacing(copy, connectivity, threads);
            assertThat(found.ids().data()).isSameAs(copy.data()).isEqualTo(expected.ids().data());
            assertThat(found.firsts()).isEqualTo(expected.firsts());
            assertThat(found.sizes()).isEqualTo(expected.sizes());
        }
    }

    @Test
    void keepLabelsApartWhoseShortFormsAreTheSame() {
        // Multiplied by the factor of the short form, these are 0, 1, 2 and 3: the upper halves are all 0.
        long inverse = 1;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - 0x9E37_79B9_7F4A_7C15L * inverse;
        }
        Random random = new Random(5);
        long[] data = new long[7 * 6 * 5];
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextInt(4) * inverse;
        }
        Block labels = new Block.Longs(Box.ofSize(7, 6, 5), data);
        for (Connectivity connectivity : Connectivity.values()) {
            assertThat(Components.of(labels, connectivity, 2).ids().data()).isEqualTo(flood(labels, connectivity));
        }
    }

    @Test
    void ofMoreRunsThanThereIsRoomForAtFirst() {
        Box box = Box.ofSize(200, 21, 40);
        Block labels = Block.zeros(DataType.UINT8, box);
        new Random(3).nextBytes(((Block.Bytes) labels).data());
        assertThat(Components.of(labels, Connectivity.FACES, 2).ids().data())
                .isEqualTo(flood(labels, Connectivity.FACES));
    }

    @Test
    void keepIdsApartThatDifferOnlyAboveTheIntegersOfADouble() {
        Box box = Box.ofSize(3, 1, 1);
        Block labels = new Block.Longs(box, new long[]{(1L << 53) + 1, 1L << 53, -1});
        assertThat(Components.of(labels, Connectivity.CORNERS, 1).ids().data()).containsExactly(1, 2, 3);
    }

    @Test
    void ofNothingAreNone() {
        assertThat(Components.of(Block.zeros(DataType.UINT8, Box.ofSize(4, 0, 3)), Connectivity.FACES, 2).count())
                .isZero();
        assertThat(Components.of(Block.zeros(DataType.UINT8, Box.ofSize(4, 2, 3)), Connectivity.FACES, 2).count())
                .isZero();
    }

    @Test
    void ofFractionsDoNotExist() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> Components.of(Block.zeros(DataType.FLOAT32, Box.ofSize(2, 2, 2)), Connectivity.FACES, 1));
    }

    /// A few labels in blobs or as noise, in a box of any shape.
    static Block labels(Random random) {
        Box box = Box.of(new Int3(random.nextInt(9) - 4, 3, -2),
                new Int3(1 + random.nextInt(12), 1 + random.nextInt(9), 1 + random.nextInt(17)));
        Block block = Block.zeros(TYPES[random.nextInt(4)], box);
        int kinds = 1 + random.nextInt(4);
        double zeros = random.nextDouble();
        double keep = random.nextDouble();
        int last = 0;
        for (int i = 0; i < box.voxels(); i++) {
            last = random.nextDouble() < keep ? last : random.nextDouble() < zeros ? 0 : 1 + random.nextInt(kinds);
            switch (block) {
                case Block.Bytes b -> b.data()[i] = (byte) (last * 63);
                case Block.Shorts b -> b.data()[i] = (short) (last * 16_000);
                case Block.Ints b -> b.data()[i] = last * 1_000_000_000;
                case Block.Longs b -> b.data()[i] = last * 0x4000_0000_0000_0001L;
                case Block.Floats _,Block.Doubles _ -> throw new IllegalStateException();
            }
        }
        return block;
    }

    /// The components as a flood from each voxel in turn finds them.
    static int[] flood(Block labels, Connectivity connectivity) {
        Box box = labels.box();
        int[] ids = new int[box.voxels()];
        int next = 0;
        for (int seed = 0; seed < ids.length; seed++) {
            if (ids[seed] != 0 || labels.id(seed) == 0) {
                continue;
            }
            ids[seed] = ++next;
            Deque<Integer> open = new ArrayDeque<>();
            open.add(seed);
            while (!open.isEmpty()) {
                int at = open.remove();
                int x = at % box.size().x() + box.min().x();
                int y = at / box.size().x() % box.size().y() + box.min().y();
                int z = at / box.size().x() / box.size().y() + box.min().z();
                for (int step = 0; step < 27; step++) {
                    int dx = step % 3 - 1;
                    int dy = step / 3 % 3 - 1;
                    int dz = step / 9 - 1;
                    int axes = Math.abs(dx) + Math.abs(dy) + Math.abs(dz);
                    boolean near = connectivity == Connectivity.CORNERS || axes <= (connectivity == Connectivity.EDGES
                            ? 2
                            : 1);
                    if (near && box.contains(x + dx, y + dy, z + dz)) {
                        int to = box.index(x + dx, y + dy, z + dz);
                        if (ids[to] == 0 && labels.id(to) == labels.id(at)) {
                            ids[to] = next;
                            open.add(to);
                        }
                    }
                }
            }
        }
        return ids;
    }
}
