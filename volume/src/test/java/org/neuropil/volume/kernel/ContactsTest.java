package org.neuropil.volume.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ContactsTest {
    private static final DataType[] TYPES = {DataType.UINT8, DataType.INT16, DataType.UINT32, DataType.UINT64};

    @Property(tries = 300, seed = "1")
    void countsAllPairsOfNeighbours(@ForAll long seed) {
        Random random = new Random(seed);
        Block labels = labels(random);
        Connectivity connectivity = Connectivity.values()[random.nextInt(3)];
        assertThat(counts(Contacts.of(labels, connectivity, 1 + random.nextInt(3))))
                .isEqualTo(bruteForce(labels, connectivity));
    }

    @Property(tries = 300, seed = "1")
    void boxesTogetherHaveEachContactOnce(@ForAll long seed) {
        Random random = new Random(seed);
        Block labels = labels(random);
        Connectivity connectivity = Connectivity.values()[random.nextInt(3)];
        Grid grid = new Grid(labels.box(),
                new Int3(1 + random.nextInt(9), 1 + random.nextInt(5), 1 + random.nextInt(30)));
        List<Contacts> parts = new ArrayList<>();
        for (int i = 0; i < grid.count(); i++) {
            Box own = grid.box(i);
            Box read = new Box(own.min(), own.max().plus(Int3.all(1))).intersect(labels.box());
            parts.add(Contacts.of(labels.crop(read), own, connectivity, 1));
        }
        assertThat(counts(Contacts.merge(parts))).isEqualTo(counts(Contacts.of(labels, connectivity, 1)));
    }

    @Property(tries = 5, seed = "1")
    void findsEveryPairOfManyLabels(@ForAll long seed) {
        Random random = new Random(seed);
        Block.Longs labels = (Block.Longs) Block.zeros(DataType.UINT64, Box.ofSize(13, 12, 11));
        for (int i = 0; i < labels.data().length; i++) {
            labels.data()[i] = random.nextLong();
        }
        assertThat(counts(Contacts.of(labels, Connectivity.FACES, 2)))
                .isEqualTo(bruteForce(labels, Connectivity.FACES));
    }

    @Test
    void givesAreasOfFacesInNanometres() {
        // 7 and 8 touch across x, 8 and -1 across y, 7 and -1 by an edge only; -1 is the highest label.
        Block labels = new Block.Longs(Box.ofSize(2, 2, 1), new long[]{7, 8, 0, -1});
        Contacts contacts = Contacts.of(labels, Connectivity.CORNERS, 1);
        VoxelSize voxel = new VoxelSize(1, 10, 100);
        assertThat(contacts.regionGraph()).containsExactly(new Contacts.Pair(7, 8), new Contacts.Pair(7, -1),
                new Contacts.Pair(8, -1));
        assertThat(contacts.area(0, voxel)).isEqualTo(1000);
        assertThat(contacts.area(1, voxel)).isZero();
        assertThat(contacts.area(2, voxel)).isEqualTo(100);
        assertThat(contacts.count(1)).isOne();
        assertThat(contacts.faces(2, 1)).isOne();
        assertThat(Contacts.of(labels, Connectivity.FACES, 1).size()).isEqualTo(2);
    }

    @Test
    void findsNothingInAnEmptyBox() {
        Block labels = new Block.Longs(Box.ofSize(2, 1, 1), new long[]{7, 8});
        assertThat(Contacts.of(labels, Box.ofSize(0, 1, 1), Connectivity.FACES, 1).size()).isZero();
    }

    @Test
    void refusesFractionsAndBoxesElsewhere() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> Contacts.of(Block.zeros(DataType.FLOAT32, Box.ofSize(2, 2, 2)), Connectivity.FACES, 1));
        assertThatIllegalArgumentException().isThrownBy(
                () -> Contacts.of(Block.zeros(DataType.UINT8, Box.ofSize(2, 2, 2)), Box.ofSize(3, 1, 1),
                        Connectivity.FACES, 1));
    }

    private static Block labels(Random random) {
        Box box = Box.of(new Int3(random.nextInt(9) - 4, random.nextInt(9) - 4, random.nextInt(9) - 4),
                new Int3(1 + random.nextInt(9), 1 + random.nextInt(6), 1 + random.nextInt(40)));
        Block labels = Block.zeros(TYPES[random.nextInt(TYPES.length)], box);
        int different = 1 + random.nextInt(6);
        for (int i = 0; i < box.voxels(); i++) {
            long label = -random.nextInt(different);
            switch (labels) {
                case Block.Bytes b -> b.data()[i] = (byte) label;
                case Block.Shorts b -> b.data()[i] = (short) label;
                case Block.Ints b -> b.data()[i] = (int) label;
                case Block.Longs b -> b.data()[i] = label;
                case Block.Floats _,Block.Doubles _ -> throw new IllegalArgumentException();
            }
        }
        return labels;
    }

    /// By pair: faces across x, y, z, and all contacts; in the pairs' order.
    private static Map<List<Long>, List<Long>> counts(Contacts contacts) {
        Map<List<Long>, List<Long>> counts = new TreeMap<>(order());
        List<Contacts.Pair> pairs = contacts.regionGraph().toList();
        for (int i = 0; i < contacts.size(); i++) {
            assertThat(pairs.get(i)).isEqualTo(new Contacts.Pair(contacts.lower(i), contacts.higher(i)));
            counts.put(List.of(contacts.lower(i), contacts.higher(i)), List.of(contacts.faces(i, 0),
                    contacts.faces(i, 1), contacts.faces(i, 2), contacts.count(i)));
        }
        assertThat(counts).hasSize(contacts.size());
        assertThat(pairs).map(pair -> List.of(pair.lower(), pair.higher())).isSortedAccordingTo(order());
        return counts;
    }

    private static Map<List<Long>, List<Long>> bruteForce(Block labels, Connectivity connectivity) {
        Map<List<Long>, long[]> counts = new TreeMap<>(order());
        Box box = labels.box();
        for (int p = 0; p < box.voxels(); p++) {
            for (int q = 0; q < p; q++) {
                Int3 d = voxel(box, p).minus(voxel(box, q));
                int axes = (d.x() == 0 ? 0 : 1) + (d.y() == 0 ? 0 : 1) + (d.z() == 0 ? 0 : 1);
                long u = labels.id(p);
                long v = labels.id(q);
                if (Math.abs(d.x()) > 1 || Math.abs(d.y()) > 1 || Math.abs(d.z()) > 1
                        || axes > connectivity.ordinal() + 1 || u == v || u == 0 || v == 0) {
                    continue;
                }
                List<Long> pair = Long.compareUnsigned(u, v) < 0 ? List.of(u, v) : List.of(v, u);
                long[] count = counts.computeIfAbsent(pair, _ -> new long[4]);
                count[3]++;
                if (axes == 1) {
                    count[d.x() != 0 ? 0 : d.y() != 0 ? 1 : 2]++;
                }
            }
        }
        Map<List<Long>, List<Long>> all = new TreeMap<>(order());
        counts.forEach((pair, count) -> all.put(pair, Arrays.stream(count).boxed().toList()));
        return all;
    }

    private static Int3 voxel(Box box, int index) {
        Int3 size = box.size();
        return new Int3(index % size.x(), index / size.x() % size.y(), index / size.x() / size.y());
    }

    private static Comparator<List<Long>> order() {
        return Comparator.<List<Long>, Long>comparing(List::getFirst, Long::compareUnsigned)
                .thenComparing(List::getLast, Long::compareUnsigned);
    }
}
