package org.neuropil.graph.voxels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.neuropil.graph.NodeIds;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// A small volume of basins that chunk borders cut into supervoxels, some of them in several pieces, and the edges between
/// them as ingest has them. The basin with number 1 is the one to cut.
final class CutWorld {
    static final NodeIds IDS = new NodeIds(4, 4);

    final Grid grid;
    final VoxelSize size;
    final Block.Longs labels;
    final List<EdgeState> edges = new ArrayList<>();

    CutWorld(Random random) {
        Int3 shape = new Int3(3 + random.nextInt(7), 2 + random.nextInt(5), 1 + random.nextInt(5));
        grid = new Grid(Box.of(new Int3(random.nextInt(9) - 4, 3, -1), shape), new Int3(4, 5, 3));
        size = new VoxelSize(1 + random.nextInt(4), 1 + random.nextInt(4), 1 + random.nextInt(20));
        int basins = 1 + random.nextInt(5);
        int noise = random.nextInt(30);
        int[][] centres = new int[basins][];
        for (int i = 0; i < basins; i++) {
            centres[i] = new int[]{random.nextInt(shape.x()), random.nextInt(shape.y()), random.nextInt(shape.z())};
        }
        long[] data = new long[grid.bounds().voxels()];
        labels = new Block.Longs(grid.bounds(), data);
        for (int i = 0; i < data.length; i++) {
            int[] v = {i % shape.x(), i / shape.x() % shape.y(), i / shape.x() / shape.y()};
            int basin = 0;
            for (int k = 1; k < basins; k++) {
                basin = away(v, centres[k]) < away(v, centres[basin]) ? k : basin;
            }
            Int3 chunk = grid.positionOf(grid.bounds().min().plus(new Int3(v[0], v[1], v[2])));
            data[i] = random.nextInt(100) < noise && i > 1 ? 0 : IDS.id(1, chunk, basin + 1);
        }
        // Basin 1 is there, with two voxels.
        data[0] = IDS.id(1, Int3.ZERO, 1);
        data[1] = data[0];
        faces(labels).forEach((ends, area) -> {
            boolean cut = IDS.number(ends.get(0)) == IDS.number(ends.get(1));
            boolean active = cut || random.nextBoolean();
            edges.add(new EdgeState(ends.get(0), ends.get(1),
                    cut ? Float.POSITIVE_INFINITY : random.nextInt(5) / 4f, area, active));
        });
    }

    private static int away(int[] a, int[] b) {
        return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]);
    }

    /// Faces that each two labels have in common, the smaller label (unsigned) first.
    static Map<List<Long>, Long> faces(Block.Longs labels) {
        Map<List<Long>, Long> faces = new TreeMap<>((p, q) -> {
            int first = Long.compareUnsigned(p.get(0), q.get(0));
            return first != 0 ? first : Long.compareUnsigned(p.get(1), q.get(1));
        });
        Box box = labels.box();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    for (int axis = 0; axis < 3; axis++) {
                        Int3 next = new Int3(x, y, z).plus(Int3.ZERO.with(axis, 1));
                        long a = at(labels, new Int3(x, y, z));
                        long b = at(labels, next);
                        if (a != 0 && b != 0 && a != b) {
                            faces.merge(Long.compareUnsigned(a, b) < 0 ? List.of(a, b) : List.of(b, a), 1L, Long::sum);
                        }
                    }
                }
            }
        }
        return faces;
    }

    /// 0 outside.
    static long at(Block.Longs labels, Int3 voxel) {
        return labels.box().contains(voxel.x(), voxel.y(), voxel.z())
                ? labels.data()[labels.box().index(voxel.x(), voxel.y(), voxel.z())]
                : 0;
    }

    static int at(Block.Ints numbers, Int3 voxel) {
        return numbers.box().contains(voxel.x(), voxel.y(), voxel.z())
                ? numbers.data()[numbers.box().index(voxel.x(), voxel.y(), voxel.z())]
                : 0;
    }

    /// All voxels of a box, x fastest.
    static List<Int3> voxels(Box box) {
        List<Int3> voxels = new ArrayList<>();
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    voxels.add(new Int3(x, y, z));
                }
            }
        }
        return voxels;
    }

    /// The supervoxels of basin 1, ascending.
    long[] basin() {
        return voxels(grid.bounds()).stream().mapToLong(v -> at(labels, v)).filter(id -> id != 0 && IDS.number(id) == 1)
                .distinct().sorted().toArray();
    }

    /// A cut of supervoxels of a block.
    static SupervoxelCut cut(Block.Longs labels, long[] wholes, VoxelSize size, List<Int3> sources,
            List<Int3> sinks) {
        try {
            return SupervoxelCut.of(new ArrayVolume(labels, size), labels.box(), wholes, sources, sinks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The edges of a cut.
    ///
    /// @param after the block after it
    static List<EdgeState> route(SupervoxelCut cut, long[] ids, Block.Longs after, VoxelSize size,
            List<EdgeState> old) {
        try {
            return EdgeRouting.route(cut, ids, new ArrayVolume(after, size), _ -> after.box(), old);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The voxels of a label.
    static Mask mask(Block.Longs labels, long of, VoxelSize size) {
        int[] own = Arrays.stream(labels.data()).mapToInt(label -> label == of ? 1 : 0).toArray();
        return Mask.of(new Block.Ints(labels.box(), own, DataType.UINT32), size);
    }

    /// Some voxels of some supervoxels, each once.
    List<Int3> some(long[] wholes, Random random) {
        List<Int3> own = new ArrayList<>(voxels(grid.bounds()).stream()
                .filter(v -> Arrays.stream(wholes).anyMatch(id -> id == at(labels, v))).toList());
        java.util.Collections.shuffle(own, random);
        return own;
    }

    /// New ids that follow those of the fragments' chunks, some of them large.
    static long[] ids(SupervoxelCut cut) {
        return cut.ids(fragment -> IDS.id(1, IDS.chunk(fragment.whole()), 1000L + fragment.number()));
    }

    /// The labels after a cut, put in voxel by voxel, in a larger box.
    static Block.Longs relabelled(Block.Longs labels, SupervoxelCut cut, long[] ids) {
        Box box = labels.box().grow(Int3.all(1));
        long[] data = voxels(box).stream()
                .mapToLong(v -> at(cut.numbers(), v) == 0 ? at(labels, v) : ids[at(cut.numbers(), v) - 1]).toArray();
        return new Block.Longs(box, data);
    }
}
