package org.neuropil.morphology.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.kernel.UnionFind;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The pieces of random bodies against marching cubes over the whole.
class PieceSurfaceTest {
    @Property(tries = 60)
    void thePiecesOfABodyAreTogetherTheSurfaceOfTheWhole(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int cx,
            @ForAll @IntRange(min = 1, max = 4) int cy, @ForAll @IntRange(min = 2, max = 5) int cz) {
        Block.Longs labels = Shapes.random(Box.of(new Int3(-3, 2, 5), new Int3(7, 6, 8)), seed, 2);
        World world = World.of(labels, new Int3(cx, cy, cz), Set.of());

        for (MarchingCubes.Piece whole : Shapes.surfaces(labels)) {
            List<List<List<Integer>>> together = new ArrayList<>();
            for (int node : world.nodes(whole.label())) {
                together.addAll(triangles(world.surface(node)));
            }
            assertThat(together).containsExactlyInAnyOrderElementsOf(triangles(whole.mesh()));
        }
    }

    @Property(tries = 60)
    void whereNodesAreNotJoinedBothAreClosed(@ForAll long seed, @ForAll @IntRange(min = 0, max = 7) int parted) {
        Block.Longs labels = Shapes.block(Box.ofSize(6, 6, 6), (x, y, z) -> 1 - (x * 31 + y * 17 + z * 7
                + (int) (seed >>> (x + y + z) % 32)) % 5 / 4);
        World world = World.of(labels, Int3.all(3), Set.of(parted));

        List<List<List<Integer>>> together = new ArrayList<>();
        for (int node : world.nodes(1)) {
            together.addAll(triangles(world.surface(node)));
        }

        Map<List<List<Integer>>, Integer> edges = new HashMap<>();
        for (List<List<Integer>> t : together) {
            for (int k = 0; k < 3; k++) {
                List<Integer> a = t.get(k);
                List<Integer> b = t.get((k + 1) % 3);
                edges.merge(List.of(a, b), 1, Integer::sum);
                edges.merge(List.of(b, a), -1, Integer::sum);
            }
        }
        assertThat(edges.values()).as("every edge is walked as often one way as the other").containsOnly(0);
    }

    @Test
    void aPieceThatIsJoinedOnAllSidesHasNoSurface() {
        Block.Longs labels = Shapes.block(Box.ofSize(9, 9, 9), (x, y, z) -> 1);
        World world = World.of(labels, Int3.all(3), Set.of());
        int middle = world.node[labels.box().index(4, 4, 4)];

        assertThat(world.surface(middle).triangleCount()).isZero();
    }

    @Test
    void aPieceThatIsJoinedOnOneSideIsABoxWithoutALid() {
        Block.Longs labels = Shapes.block(Box.ofSize(8, 4, 4), (x, y, z) -> 1);
        LatticeMesh piece = World.of(labels, Int3.all(4), Set.of()).surface(1);

        assertThat(TriangleMesh.isClosed(piece.triangles())).isFalse();
        int[] v = piece.vertices();
        for (int i = 0; i < v.length; i += 3) {
            assertThat(v[i]).isLessThanOrEqualTo(9);
        }
    }

    /// Nodes of a label volume cut in chunks: what 6-neighbours connect within a chunk, numbered from 1; joined where
    /// voxels of equal labels meet at a border, unless a chunk was said to be parted from all others.
    private record World(Block.Longs labels, Grid grid, int[] node, Set<Long> joined) {
        static World of(Block.Longs labels, Int3 chunk, Set<Integer> parted) {
            Box box = labels.box();
            Grid grid = new Grid(box, chunk);
            UnionFind sets = new UnionFind();
            List<int[]> across = new ArrayList<>();
            for (int[] pair : neighbours(box)) {
                if (labels.data()[pair[0]] == labels.data()[pair[1]] && labels.data()[pair[0]] != 0) {
                    if (chunkOf(grid, pair[0]) == chunkOf(grid, pair[1])) {
                        sets.unite(pair[0], pair[1]);
                    } else if (!parted.contains(chunkOf(grid, pair[0])) && !parted.contains(chunkOf(grid, pair[1]))) {
                        across.add(pair);
                    }
                }
            }
            int[] node = new int[box.voxels()];
            Map<Long, Integer> numbers = new HashMap<>();
            for (int i = 0; i < node.length; i++) {
                node[i] = labels.data()[i] == 0
                        ? 0
                        : numbers.computeIfAbsent(sets.smallest(i), r -> numbers.size() + 1);
            }
            Set<Long> joined = new HashSet<>();
            for (int[] pair : across) {
                joined.add((long) node[pair[0]] << 32 | node[pair[1]]);
                joined.add((long) node[pair[1]] << 32 | node[pair[0]]);
            }
            return new World(labels, grid, node, joined);
        }

        Set<Integer> nodes(long label) {
            Set<Integer> nodes = new HashSet<>();
            for (int i = 0; i < node.length; i++) {
                if (labels.data()[i] == label) {
                    nodes.add(node[i]);
                }
            }
            return nodes;
        }

        /// With the node's number and 1 swapped.
        LatticeMesh surface(int own) {
            int at = 0;
            while (node[at] != own) {
                at++;
            }
            Box chunk = grid.box(chunkOf(grid, at));
            Block.Ints pieces = (Block.Ints) Block.zeros(DataType.UINT32, chunk.grow(Int3.all(1)));
            Block.Ints all = new Block.Ints(labels.box(), Arrays.stream(node).map(n -> swap(n, own)).toArray());
            pieces.copyFrom(all);
            return PieceSurface.run(pieces, chunk,
                    (a, b) -> joined.contains((long) swap(a, own) << 32 | swap(b, own)));
        }

        private static int swap(int n, int own) {
            return n == own ? 1 : n == 1 ? own : n;
        }

        private static int chunkOf(Grid grid, int voxel) {
            return grid.index(grid.positionOf(position(grid.bounds(), voxel)));
        }

        private static Int3 position(Box box, int i) {
            Int3 size = box.size();
            return box.min().plus(new Int3(i % size.x(), i / size.x() % size.y(), i / size.x() / size.y()));
        }

        private static List<int[]> neighbours(Box box) {
            List<int[]> pairs = new ArrayList<>();
            for (int i = 0; i < box.voxels(); i++) {
                Int3 p = position(box, i);
                for (int axis = 0; axis < 3; axis++) {
                    Int3 q = p.with(axis, p.get(axis) + 1);
                    if (box.contains(q.x(), q.y(), q.z())) {
                        pairs.add(new int[]{i, box.index(q.x(), q.y(), q.z())});
                    }
                }
            }
            return pairs;
        }
    }

    /// Triangles by their corners, each beginning at its least.
    private static List<List<List<Integer>>> triangles(LatticeMesh mesh) {
        List<List<List<Integer>>> all = new ArrayList<>();
        int[] t = mesh.triangles();
        for (int i = 0; i < t.length; i += 3) {
            List<List<Integer>> corners = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                corners.add(Arrays.stream(mesh.vertices(), 3 * t[i + k], 3 * t[i + k] + 3).boxed().toList());
            }
            int first = 0;
            for (int k = 1; k < 3; k++) {
                first = corners.get(k).toString().compareTo(corners.get(first).toString()) < 0 ? k : first;
            }
            all.add(List.of(corners.get(first), corners.get((first + 1) % 3), corners.get((first + 2) % 3)));
        }
        return all;
    }
}
