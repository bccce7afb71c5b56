package org.neuropil.morphology.mesh;

import java.util.List;
import java.util.Random;

import org.neuropil.space.Box;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Label blocks and oracles for the tests of meshes.
final class Shapes {
    private Shapes() {}

    /// Tells the label of a voxel.
    interface Label {
        long at(int x, int y, int z);
    }

    static Block.Longs block(Box box, Label label) {
        Block.Longs block = (Block.Longs) Block.zeros(DataType.UINT64, box);
        for (int z = box.min().z(); z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                for (int x = box.min().x(); x < box.max().x(); x++) {
                    block.data()[box.index(x, y, z)] = label.at(x, y, z);
                }
            }
        }
        return block;
    }

    static Block.Longs random(Box box, long seed, int labels) {
        Random random = new Random(seed);
        return block(box, (x, y, z) -> random.nextInt(labels + 1));
    }

    static Label ball(double centre, double radius) {
        return (x, y, z) -> Math.hypot(Math.hypot(x - centre, y - centre), z - centre) <= radius ? 1 : 0;
    }

    static Label torus(double centre, double large, double small) {
        return (x, y, z) -> Math.hypot(Math.hypot(x - centre, y - centre) - large, z - centre) <= small ? 1 : 0;
    }

    /// A block with a margin of zeros, as [MarchingCubes] wants it.
    static List<MarchingCubes.Piece> surfaces(Block.Longs labels) {
        return pieces(labels, labels.box());
    }

    /// The pieces that one block of a volume makes.
    static List<MarchingCubes.Piece> pieces(Block.Longs volume, Box block) {
        Box cubes = MarchingCubes.cubes(block, volume.box());
        Block.Longs padded = (Block.Longs) Block.zeros(DataType.UINT64, MarchingCubes.voxels(cubes));
        padded.copyFrom(volume);
        return MarchingCubes.run(padded, cubes, block);
    }

    /// Six times the volume of a closed lattice mesh, exactly.
    static long sixVolumes(LatticeMesh mesh) {
        int[] v = mesh.vertices();
        int[] t = mesh.triangles();
        long sum = 0;
        for (int i = 0; i < t.length; i += 3) {
            int a = 3 * t[i];
            int b = 3 * t[i + 1];
            int c = 3 * t[i + 2];
            sum += (long) v[a] * ((long) v[b + 1] * v[c + 2] - (long) v[b + 2] * v[c + 1])
                    + (long) v[a + 1] * ((long) v[b + 2] * v[c] - (long) v[b] * v[c + 2])
                    + (long) v[a + 2] * ((long) v[b] * v[c + 1] - (long) v[b + 1] * v[c]);
        }
        return sum;
    }

    /// V - E + F of a closed mesh, which has three edges for two triangles.
    static int euler(int vertices, int triangles) {
        return vertices - triangles / 2;
    }

    /// Largest distance of a vertex of one mesh from another mesh, by trying all pairs.
    static double farthest(TriangleMesh from, TriangleMesh to) {
        double worst = 0;
        float[] v = from.vertices();
        for (int i = 0; i < v.length; i += 3) {
            double nearest = Double.MAX_VALUE;
            for (int t = 0; t < to.triangles().length; t += 3) {
                nearest = Math.min(nearest, squaredDistance(v[i], v[i + 1], v[i + 2], to, t));
            }
            worst = Math.max(worst, nearest);
        }
        return Math.sqrt(worst);
    }

    /// Squared distance of a point from a triangle (Ericson 2005, Real-Time Collision Detection, 5.1.5, by regions).
    private static double squaredDistance(double x, double y, double z, TriangleMesh mesh, int t) {
        double[] a = point(mesh, t);
        double[] b = point(mesh, t + 1);
        double[] c = point(mesh, t + 2);
        double[] p = {x, y, z};
        double[] ab = minus(b, a);
        double[] ac = minus(c, a);
        double[] n = {ab[1] * ac[2] - ab[2] * ac[1], ab[2] * ac[0] - ab[0] * ac[2], ab[0] * ac[1] - ab[1] * ac[0]};
        double nn = dot(n, n);
        if (nn > 0 && inside(a, b, p, n) && inside(b, c, p, n) && inside(c, a, p, n)) {
            double height = dot(n, minus(p, a));
            return height * height / nn;
        }
        return Math.min(edge(a, b, p), Math.min(edge(b, c, p), edge(c, a, p)));
    }

    private static boolean inside(double[] a, double[] b, double[] p, double[] n) {
        double[] e = minus(b, a);
        double[] w = minus(p, a);
        double[] cross = {e[1] * w[2] - e[2] * w[1], e[2] * w[0] - e[0] * w[2], e[0] * w[1] - e[1] * w[0]};
        return dot(cross, n) >= 0;
    }

    private static double edge(double[] a, double[] b, double[] p) {
        double[] e = minus(b, a);
        double part = dot(e, e) == 0 ? 0 : Math.clamp(dot(minus(p, a), e) / dot(e, e), 0, 1);
        double[] w = {p[0] - a[0] - part * e[0], p[1] - a[1] - part * e[1], p[2] - a[2] - part * e[2]};
        return dot(w, w);
    }

    private static double[] point(TriangleMesh mesh, int corner) {
        int v = 3 * mesh.triangles()[corner];
        return new double[]{mesh.vertices()[v], mesh.vertices()[v + 1], mesh.vertices()[v + 2]};
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[]{a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }
}
