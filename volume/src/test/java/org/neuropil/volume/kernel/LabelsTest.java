package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LabelsTest {
    @Property(tries = 300, seed = "1")
    void areFoundAndCountedInUnsignedOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        Block labels = labels(new Random(seed));
        Map<Long, Long> expected = new TreeMap<>(Long::compareUnsigned);
        for (int i = 0; i < labels.box().voxels(); i++) {
            expected.merge(labels.id(i), 1L, Long::sum);
        }
        Unique.Counts found = Unique.counts(labels, threads);
        assertThat(found.labels()).containsExactly(expected.keySet().stream().mapToLong(l -> l).toArray());
        assertThat(found.counts()).containsExactly(expected.values().stream().mapToLong(l -> l).toArray());
        assertThat(Unique.labels(labels, threads)).isEqualTo(found.labels());
    }

    @Property(tries = 300, seed = "1")
    void areNumberedInTheOrderInWhichTheyAppear(@ForAll long seed, @ForAll boolean preserveZero,
            @ForAll @IntRange(min = 1, max = 3) int threads) {
        Block labels = labels(new Random(seed));
        Map<Long, Long> numbers = new LinkedHashMap<>();
        if (preserveZero) {
            numbers.put(0L, 0L);
        }
        Renumber.Result found = Renumber.renumber(labels, preserveZero, threads);
        for (int i = 0; i < labels.box().voxels(); i++) {
            long number = (long) numbers.size() + (preserveZero ? 0 : 1);
            numbers.putIfAbsent(labels.id(i), number);
            assertThat(found.block().id(i)).isEqualTo(numbers.get(labels.id(i)));
            assertThat(found.table().get(labels.id(i), -7)).isEqualTo(numbers.get(labels.id(i)));
        }
        assertThat(found.block().type()).isEqualTo(numbers.size() > 255 ? DataType.UINT16 : DataType.UINT8);
    }

    /// The type is guessed from the first voxels: where many labels come late, it must become wider on the way.
    @Test
    void areNumberedInAWiderTypeOnceThereAreMany() {
        Block.Ints labels = (Block.Ints) Block.zeros(DataType.UINT32, Box.ofSize(512, 512, 2));
        for (int i = 300_000; i < labels.data().length; i++) {
            labels.data()[i] = i < 400_000 ? i / 100 : i;
        }
        for (int threads = 1; threads <= 3; threads += 2) {
            Renumber.Result found = Renumber.renumber(labels, true, threads);
            assertThat(found.block().type()).isEqualTo(DataType.UINT32);
            assertThat(found.table().size()).isEqualTo(1 + 1000 + labels.data().length - 400_000);
            for (int i = 0; i < labels.data().length; i++) {
                int expected = i < 300_000 ? 0 : i < 400_000 ? i / 100 - 2999 : i - 400_000 + 1001;
                if (found.block().id(i) != expected) {
                    assertThat(found.block().id(i)).as("voxel %d", i).isEqualTo(expected);
                }
            }
        }
    }

    @Property(tries = 200, seed = "1")
    void becomeWhatTheTableSays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int threads) {
        Random random = new Random(seed);
        Block labels = labels(random);
        long[] from = Unique.labels(labels, 1);
        long[] known = java.util.Arrays.stream(from).filter(l -> random.nextBoolean()).toArray();
        long[] to = random.longs(known.length).toArray();
        LabelTable table = LabelTable.of(known, to);
        Block kept = Remap.remap(labels, table, Remap.Missing.KEEP, DataType.UINT64, threads);
        Block cleared = Remap.remap(labels, table, Remap.Missing.CLEAR, DataType.UINT64, threads);
        Block masked = Remap.mask(labels, known, threads);
        Block others = Remap.maskExcept(labels, known, threads);
        Map<Long, Long> map = new TreeMap<>();
        for (int i = 0; i < known.length; i++) {
            map.put(known[i], to[i]);
        }
        for (int i = 0; i < labels.box().voxels(); i++) {
            long label = labels.id(i);
            assertThat(kept.id(i)).isEqualTo(map.getOrDefault(label, label));
            assertThat(cleared.id(i)).isEqualTo(map.getOrDefault(label, 0L));
            assertThat(masked.id(i)).isEqualTo(map.containsKey(label) ? 0 : label);
            assertThat(others.id(i)).isEqualTo(map.containsKey(label) ? label : 0);
        }
    }

    @Test
    void thatAreMissingOrDoNotFitAreNamed() {
        Block labels = new Block.Bytes(Box.ofSize(2, 1, 1), new byte[]{3, (byte) 200});
        LabelTable table = LabelTable.of(new long[]{3}, new long[]{300});
        assertThatThrownBy(() -> Remap.remap(labels, table, Remap.Missing.REFUSE, DataType.UINT16, 1))
                .isInstanceOf(InputException.class).hasMessageContaining("200");
        assertThatThrownBy(() -> Remap.remap(labels, table, Remap.Missing.KEEP, 1)).isInstanceOf(InputException.class)
                .hasMessageContaining("300");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Unique.labels(Block.zeros(DataType.FLOAT32, Box.ofSize(2, 1, 1)), 1));
    }

    /// Few or many labels of any width, over several stretches of the kernels.
    private static Block labels(Random random) {
        Box box = Box.ofSize(1 + random.nextInt(40), 1 + random.nextInt(20), 1 + random.nextInt(12));
        Block block = Block.zeros(DataType.values()[2 * random.nextInt(4)], box);
        long[] palette = random.longs(1 + random.nextInt(600)).toArray();
        palette[0] = 0;
        long last = 0;
        for (int i = 0; i < box.voxels(); i++) {
            last = random.nextInt(4) > 0 ? last : palette[random.nextInt(palette.length)];
            switch (block) {
                case Block.Bytes b -> b.data()[i] = (byte) last;
                case Block.Shorts b -> b.data()[i] = (short) last;
                case Block.Ints b -> b.data()[i] = (int) last;
                case Block.Longs b -> b.data()[i] = last;
                case Block.Floats _,Block.Doubles _ -> throw new IllegalStateException();
            }
        }
        return block;
    }
}
