package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SupervoxelVolumeTest {
    private static final VoxelSize FLAT = new VoxelSize(4, 4, 40);

    /// Distances are exact: positions are halves of voxels, and edges whole nanometres.
    @Property(tries = 400, seed = "1")
    void theNearestIsWhatLookingAtEveryVoxelFinds(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        VoxelSize size = new VoxelSize(1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(40));
        Int3 corner = new Int3(random.nextInt(41) - 20, random.nextInt(41) - 20, random.nextInt(41) - 20);
        Box box = Box.of(corner, new Int3(1 + random.nextInt(12), 1 + random.nextInt(12), 1 + random.nextInt(12)));
        long[] data = new long[box.voxels()];
        int filled = 1 + random.nextInt(100);
        for (int i = 0; i < data.length; i++) {
            // Some ids have the highest bit set: they are large, not negative.
            data[i] = random.nextInt(100) >= filled ? 0 : random.nextInt(12) + (random.nextBoolean() ? 1L << 63 : 0);
        }
        LongSet wanted = new LongOpenHashSet();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            wanted.add(random.nextInt(12) + (random.nextBoolean() ? 1L << 63 : 0));
        }
        wanted.remove(0);
        double farthest = random.nextInt(4) == 0 ? 0 : random.nextInt(400);
        List<Position> positions = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            positions.add(new Position((corner.x() + random.nextInt(2 * box.size().x()) / 2.0) * size.x(),
                    (corner.y() + random.nextInt(2 * box.size().y()) / 2.0) * size.y(),
                    (corner.z() + random.nextInt(2 * box.size().z()) / 2.0) * size.z()));
        }
        ArrayVolume volume = new ArrayVolume(new Block.Longs(box, data), size);
        LongSet asked = new LongOpenHashSet();
        Acceptance acceptance = ids -> {
            boolean[] answer = new boolean[ids.length];
            for (int i = 0; i < ids.length; i++) {
                assertThat(asked.add(ids[i])).as("asked again for %d", ids[i]).isTrue();
                assertThat(i == 0 || Long.compareUnsigned(ids[i - 1], ids[i]) < 0).isTrue();
                answer[i] = wanted.contains(ids[i]);
            }
            return answer;
        };
        long[] expected = positions.stream().mapToLong(p -> everyVoxel(volume, p, wanted, farthest)).toArray();
        assertThat(volume.nearest(positions, acceptance, farthest)).containsExactly(expected);
        assertThat(asked.contains(0)).isFalse();
        for (Box read : volume.reads()) {
            assertThat(box.contains(read)).isTrue();
        }
    }

    private static long everyVoxel(ArrayVolume volume, Position position, LongSet wanted, double farthest) {
        Int3 holds = volume.voxel(position);
        Block.Longs all = volume.all();
        long held = all.data()[all.box().index(holds.x(), holds.y(), holds.z())];
        if (wanted.contains(held)) {
            return held;
        }
        VoxelSize size = volume.voxelSize();
        long best = 0;
        double least = Double.POSITIVE_INFINITY;
        int i = 0;
        for (int z = all.box().min().z(); z < all.box().max().z(); z++) {
            for (int y = all.box().min().y(); y < all.box().max().y(); y++) {
                for (int x = all.box().min().x(); x < all.box().max().x(); x++) {
                    long id = all.data()[i++];
                    double dx = (x + 0.5) * size.x() - position.x();
                    double dy = (y + 0.5) * size.y() - position.y();
                    double dz = (z + 0.5) * size.z() - position.z();
                    double d = dx * dx + dy * dy + dz * dz;
                    if (wanted.contains(id) && d <= farthest * farthest
                            && (d < least || (d == least && Long.compareUnsigned(id, best) < 0))) {
                        best = id;
                        least = d;
                    }
                }
            }
        }
        return best;
    }

    /// CAVE counted in voxels, and took what is one section away for nearer than what is two pixels away.
    @Test
    void voxelsThatAreLongAlongZAreFarApartAlongZ() throws IOException {
        ArrayVolume volume = new ArrayVolume(new Block.Longs(Box.ofSize(16, 16, 3), new long[768]), FLAT);
        volume.all().data()[volume.all().box().index(8, 8, 2)] = 7;
        volume.all().data()[volume.all().box().index(13, 8, 1)] = 9;
        assertThat(volume.nearest(new Position(34, 34, 60), id -> true, volume.farthest())).isEqualTo(9);
        assertThat(volume.nearest(new Position(34, 34, 60), id -> id != 9, volume.farthest())).isEqualTo(7);
        assertThat(volume.nearest(new Position(34, 34, 60), id -> id != 9, 39.9)).isZero();
        assertThat(volume.farthest()).isEqualTo(448);
    }

    @Test
    void positionsThatAreNearEachOtherAreReadTogetherAndAskedForTogether() throws IOException {
        Block.Longs labels = new Block.Longs(Box.ofSize(200, 20, 2), new long[8000]);
        Arrays.fill(labels.data(), 5);
        ArrayVolume volume = new ArrayVolume(labels, new VoxelSize(4, 4, 4));
        List<long[]> asked = new ArrayList<>();
        long[] found = volume.nearest(
                List.of(new Position(30, 30, 4), new Position(38, 33, 4), new Position(700, 30, 4)), ids -> {
                    asked.add(ids);
                    return new boolean[]{true};
                }, volume.farthest());
        assertThat(found).containsExactly(5, 5, 5);
        assertThat(volume.reads()).hasSize(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aPositionOutsideIsRefusedWithTheBounds() {
        ArrayVolume volume = new ArrayVolume(new Block.Longs(Box.of(new Int3(10, -2, 0), new Int3(2, 4, 3)),
                new long[24]), FLAT);
        assertThat(volume.voxel(new Position(40, -8, 0))).isEqualTo(new Int3(10, -2, 0));
        assertThat(volume.voxel(new Position(47.9, -0.1, 119.9))).isEqualTo(new Int3(11, -1, 2));
        for (Position outside : List.of(new Position(39.9, 0, 0), new Position(48, 0, 0), new Position(40, 8, 0),
                new Position(40, 0, 120), new Position(1e300, 0, 0), new Position(40, Double.NaN, 0))) {
            assertThatThrownBy(() -> volume.nearest(outside, id -> true, 100)).isInstanceOf(InputException.class)
                    .hasMessageContaining(outside.toString())
                    .hasMessageContaining("from 40,-8,0 nm to 48,8,120 nm")
                    .hasMessageContaining("voxels 10,-2,0:12,2,3");
        }
    }

    @Test
    void aVolumeOfNarrowIdsIsZeroBeyondItsBoundsWhateverItsFormatFillsIn() throws IOException {
        SupervoxelVolume volume = SupervoxelVolume.of(new Filled(DataType.UINT32));
        assertThat(volume.read(Box.of(new Int3(-1, 0, 0), new Int3(3, 1, 1))).data()).containsExactly(0, 3, 3);
        assertThat(volume.at(new Position(5, 5, 45))).isEqualTo(3);
        assertThatThrownBy(() -> SupervoxelVolume.of(new Filled(DataType.FLOAT32)))
                .isInstanceOf(InputException.class).hasMessageContaining("FLOAT32");
    }

    /// Says 3 wherever it is asked.
    private record Filled(DataType type) implements Volume {
        @Override
        public VolumeInfo info() {
            return new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, type,
                    List.of(new VolumeInfo.Scale(FLAT, Box.ofSize(4, 4, 4), Int3.all(4))));
        }

        @Override
        public Block read(int mip, Box box) {
            int[] data = new int[box.voxels()];
            Arrays.fill(data, 3);
            return new Block.Ints(box, data);
        }

        @Override
        public void write(int mip, Block block) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String storage(int mip) {
            return "";
        }

        @Override
        public String uri() {
            return "filled";
        }
    }
}
