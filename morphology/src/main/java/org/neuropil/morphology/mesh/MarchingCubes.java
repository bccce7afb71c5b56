package org.neuropil.morphology.mesh;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;

/// Surfaces of all labels of a block in one pass: marching cubes over the mask of each label, with vertices in the
/// middle between neighbouring voxels (see [CubeTable]). For any labels the surface of each is closed, manifold and
/// faces outward, as long as the cubes of all blocks together cover the volume and one voxel around it.
public final class MarchingCubes {
    private MarchingCubes() {}

    /// The surface of a label within a block.
    ///
    /// @param label unsigned, not 0
    /// @param voxels how many voxels of the counted box have it; may be 0
    /// @param mesh on the doubled voxel lattice; open where the label goes on in the next block
    public record Piece(long label, long voxels, LatticeMesh mesh) {}

    /// Box of the cubes that a block of a volume owns, each named by its lower corner voxel: those whose upper corner
    /// lies in the block, and at the volume's upper faces one layer more. The blocks of a grid own each cube once.
    public static Box cubes(Box block, Box volume) {
        Int3 min = block.min().minus(Int3.all(1));
        Int3 max = block.max().minus(Int3.all(1));
        for (int axis = 0; axis < 3; axis++) {
            if (block.max().get(axis) == volume.max().get(axis)) {
                max = max.with(axis, block.max().get(axis));
            }
        }
        return new Box(min, max);
    }

    /// The voxels that cubes need.
    public static Box voxels(Box cubes) {
        return new Box(cubes.min(), cubes.max().plus(Int3.all(1)));
    }

    /// Surfaces of all labels but 0.
    ///
    /// @param labels voxels that hold at least [#voxels] of the cubes
    /// @param cubes lower corners of the cubes to march
    /// @param counted in which box to count voxels
    /// @return a piece for each label that has a triangle here or a voxel in the counted box, by unsigned label
    /// @throws IllegalArgumentException if the block lacks voxels that the cubes need or has 2^29 voxels or more
    public static List<Piece> run(Block.Longs labels, Box cubes, Box counted) {
        if (!labels.box().contains(voxels(cubes)) || labels.data().length >= 1 << 29) {
            throw new IllegalArgumentException("cubes " + cubes + " of a block " + labels.box());
        }
        Dense dense = Dense.of(labels);
        long[] counts = count(dense, labels.box(), counted.intersect(labels.box()));
        @Nullable
        Corners[] corners = march(dense, labels.box(), cubes);
        int[] vertexOf = new int[4 * labels.data().length];
        return IntStream.range(1, dense.labels.length).filter(i -> counts[i] > 0 || corners[i] != null)
                .mapToObj(i -> new Piece(dense.labels[i], counts[i], mesh(corners[i], vertexOf, labels.box())))
                .sorted(Comparator.comparing(Piece::label, Long::compareUnsigned)).toList();
    }

    /// Labels renumbered from 1 in order of appearance; 0 stays.
    ///
    /// @param voxels number of each voxel's label
    /// @param labels label of each number
    private record Dense(int[] voxels, long[] labels) {
        static Dense of(Block.Longs block) {
            long[] data = block.data();
            int[] voxels = new int[data.length];
            Long2IntOpenHashMap numbers = new Long2IntOpenHashMap();
            long[] labels = new long[16];
            int count = 1;
            long last = 0;
            int lastNumber = 0;
            for (int i = 0; i < data.length; i++) {
                long label = data[i];
                if (label != last) {
                    last = label;
                    lastNumber = label == 0 ? 0 : numbers.get(label);
                    if (label != 0 && lastNumber == 0) {
                        lastNumber = count++;
                        numbers.put(label, lastNumber);
                        if (lastNumber == labels.length) {
                            labels = Arrays.copyOf(labels, 2 * lastNumber);
                        }
                        labels[lastNumber] = label;
                    }
                }
                voxels[i] = lastNumber;
            }
            return new Dense(voxels, Arrays.copyOf(labels, count));
        }
    }

    /// A growing list of triangle corners, each named by `4 * voxel + axis` as in [CubeTable].
    static final class Corners {
        private int[] keys = new int[96];
        private int size;

        void add(byte[] triangles, int voxel, int[] corner) {
            if (size + triangles.length > keys.length) {
                keys = Arrays.copyOf(keys, 2 * keys.length);
            }
            for (byte vertex : triangles) {
                keys[size++] = 4 * (voxel + corner[vertex >> 2]) + (vertex & 3);
            }
        }
    }

    private static long[] count(Dense dense, Box box, Box counted) {
        long[] counts = new long[dense.labels.length];
        for (int z = counted.min().z(); z < counted.max().z(); z++) {
            for (int y = counted.min().y(); y < counted.max().y(); y++) {
                int from = box.index(counted.min().x(), y, z);
                int to = from + counted.size().x();
                for (int i = from; i < to; i++) {
                    counts[dense.voxels[i]]++;
                }
            }
        }
        return counts;
    }

    private static @Nullable Corners[] march(Dense dense, Box box, Box cubes) {
        int width = box.size().x();
        int area = width * box.size().y();
        int[] corner = corners(width, area);
        int[] voxels = dense.voxels;
        byte[][] table = CubeTable.triangles();
        @Nullable
        Corners[] corners = new @Nullable Corners[dense.labels.length];
        int[] at = new int[8];
        int length = cubes.size().x();
        for (int z = cubes.min().z(); z < cubes.max().z(); z++) {
            for (int y = cubes.min().y(); y < cubes.max().y(); y++) {
                int row = box.index(cubes.min().x(), y, z);
                // The four corners on the cube's lower x face differ, or what they all are.
                int behind = same(voxels, row, width, area);
                for (int i = row; i < row + length; i++) {
                    int ahead = same(voxels, i + 1, width, area);
                    if (ahead < 0 || ahead != behind) {
                        for (int k = 0; k < 8; k++) {
                            at[k] = voxels[i + corner[k]];
                        }
                        cube(at, i, corner, table, corners);
                    }
                    behind = ahead;
                }
            }
        }
        return corners;
    }

    /// Where a cube's corners stand in an array, from its lowest on.
    static int[] corners(int width, int area) {
        return new int[]{0, 1, width, width + 1, area, area + 1, area + width, area + width + 1};
    }

    private static int same(int[] voxels, int i, int width, int area) {
        int a = voxels[i];
        return (a ^ voxels[i + width] | a ^ voxels[i + area] | a ^ voxels[i + area + width]) == 0 ? a : -1;
    }

    private static void cube(int[] at, int voxel, int[] corner, byte[][] table, @Nullable Corners[] corners) {
        int left = 0xFF;
        while (left != 0) {
            int label = at[Integer.numberOfTrailingZeros(left)];
            int inside = 0;
            for (int k = 0; k < 8; k++) {
                inside |= at[k] == label ? 1 << k : 0;
            }
            left &= ~inside;
            if (label != 0) {
                Corners list = corners[label];
                if (list == null) {
                    list = new Corners();
                    corners[label] = list;
                }
                list.add(table[inside], voxel, corner);
            }
        }
    }

    /// @param vertexOf scratch of four times the box's voxels, zeros before and after
    static LatticeMesh mesh(@Nullable Corners corners, int[] vertexOf, Box box) {
        if (corners == null) {
            return new LatticeMesh(new int[0], new int[0]);
        }
        int[] triangles = new int[corners.size];
        int[] vertices = new int[Math.max(12, corners.size / 2 + 3)];
        int count = 0;
        int width = box.size().x();
        int height = box.size().y();
        for (int i = 0; i < triangles.length; i++) {
            int key = corners.keys[i];
            int vertex = vertexOf[key];
            if (vertex == 0) {
                if (3 * count + 3 > vertices.length) {
                    vertices = Arrays.copyOf(vertices, 2 * vertices.length);
                }
                int voxel = key >> 2;
                int axis = key & 3;
                vertices[3 * count] = middle(box.min().x() + voxel % width, axis == 0 || axis == CubeTable.MIDDLE);
                vertices[3 * count + 1] = middle(box.min().y() + voxel / width % height,
                        axis == 1 || axis == CubeTable.MIDDLE);
                vertices[3 * count + 2] = middle(box.min().z() + voxel / width / height,
                        axis == 2 || axis == CubeTable.MIDDLE);
                count++;
                vertex = count;
                vertexOf[key] = vertex;
            }
            triangles[i] = vertex - 1;
        }
        for (int i = 0; i < triangles.length; i++) {
            vertexOf[corners.keys[i]] = 0;
        }
        return new LatticeMesh(Arrays.copyOf(vertices, 3 * count), triangles);
    }

    private static int middle(int voxel, boolean between) {
        return 2 * voxel + (between ? 2 : 1);
    }
}
