package org.neuropil.graph.voxels;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// Two cells that a segmentation made one supervoxel of, as smooth shapes of which it is known what is whose: a cube of
/// 1.6 µm, drawn with voxels of any size.
///
/// @param size of a voxel
/// @param labels 1 where one of them is, else 0
/// @param sides 0 or 1 by voxel, where labels are 1
/// @param points some voxels of either side, anywhere in it
record MadeNeurites(VoxelSize size, Block.Longs labels, byte[] sides, List<List<Int3>> points) {
    private static final double EXTENT = 1600;
    private static final double[] MIDDLE = {EXTENT / 2, EXTENT / 2, EXTENT / 2};

    /// What touches what.
    enum Shape {
        /// Two balls and a neck between them, which is cut in its middle.
        DUMBBELL,
        /// A branch that is none: the end of one neurite on the side of another.
        BRANCH,
        /// Two neurites beside each other for a while.
        BESIDE,
        /// Two neurites that cross.
        CROSSING
    }

    /// A rod with round ends.
    ///
    /// @param waves how much thinner it is at its thinnest places, as a share of its radius; two waves a micrometre
    private record Rod(double[] from, double[] to, double radius, double waves, int side) {
        /// How far a point is outside, negative inside.
        double outside(double[] p) {
            double[] along = sum(to, -1, from);
            double length = Math.sqrt(dot(along, along));
            double t = length == 0 ? 0 : Math.clamp(dot(sum(p, -1, from), along) / (length * length), 0, 1);
            double[] away = sum(p, -1, sum(from, t, along));
            double thinner = waves * (1 - Math.cos(t * length / 80)) / 2;
            return Math.sqrt(dot(away, away)) - radius * (1 - thinner);
        }
    }

    static MadeNeurites draw(Shape shape, VoxelSize size, Random random) {
        List<Rod> rods = rods(shape, random);
        Box box = Box.of(new Int3(7, -3, 100), new Int3((int) (EXTENT / size.x()), (int) (EXTENT / size.y()),
                (int) (EXTENT / size.z())).plus(Int3.all(2)));
        Block.Longs labels = new Block.Longs(box, new long[box.voxels()]);
        byte[] sides = new byte[box.voxels()];
        List<List<Int3>> all = List.of(new ArrayList<>(), new ArrayList<>());
        Box inner = new Box(box.min().plus(Int3.all(1)), box.max().minus(Int3.all(1)));
        for (Int3 v : CutWorld.voxels(inner)) {
            Int3 from = v.minus(inner.min());
            double[] p = {(from.x() + 0.5) * size.x(), (from.y() + 0.5) * size.y(), (from.z() + 0.5) * size.z()};
            double least = 0;
            for (Rod rod : rods) {
                double outside = rod.outside(p);
                if (outside < least) {
                    least = outside;
                    int i = box.index(v.x(), v.y(), v.z());
                    labels.data()[i] = 1;
                    sides[i] = (byte) rod.side();
                }
            }
            if (least < 0) {
                all.get(sides[box.index(v.x(), v.y(), v.z())]).add(v);
            }
        }
        List<List<Int3>> points = new ArrayList<>();
        for (List<Int3> own : all) {
            List<Int3> some = new ArrayList<>();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                some.add(own.get(random.nextInt(own.size())));
            }
            points.add(some);
        }
        return new MadeNeurites(size, labels, sides, points);
    }

    private static List<Rod> rods(Shape shape, Random random) {
        double waves = random.nextBoolean() ? 0 : 0.5;
        double one = 80 + random.nextInt(150);
        double other = 80 + random.nextInt(150);
        double[] u = unit(new double[]{random.nextGaussian(), random.nextGaussian(), 0.3 * random.nextGaussian()});
        double[] across = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
        double[] v = unit(sum(across, -dot(across, u), u));
        return switch (shape) {
            case DUMBBELL -> {
                double neck = 50 + random.nextInt(70);
                double length = 100 + random.nextInt(400);
                double[] a = sum(MIDDLE, -(length / 2 + 1.5 * one), u);
                double[] b = sum(MIDDLE, length / 2 + 1.5 * other, u);
                // Their common end is round, so the plane between them is told by which begins first.
                yield List.of(new Rod(a, a, 1.5 * one, 0, 0), new Rod(b, b, 1.5 * other, 0, 1),
                        new Rod(a, sum(MIDDLE, -neck, u), neck, 0, 0), new Rod(b, sum(MIDDLE, neck, u), neck, 0, 1),
                        new Rod(sum(MIDDLE, -neck, u), MIDDLE, neck * 0.99, 0, 0),
                        new Rod(sum(MIDDLE, neck, u), MIDDLE, neck * 0.99, 0, 1));
            }
            case BRANCH -> {
                double[] begin = sum(MIDDLE, one + other * (0.75 + 0.2 * random.nextDouble()), v);
                yield List.of(new Rod(sum(MIDDLE, -700, u), sum(MIDDLE, 700, u), one, waves, 0),
                        new Rod(begin, sum(begin, 700, mix(u, v, 0.5 + random.nextDouble())), other, waves, 1));
            }
            case BESIDE -> {
                double[] middle = sum(MIDDLE, (one + other) * (0.85 + 0.1 * random.nextDouble()), v);
                double[] left = sum(middle, -100, u);
                double[] right = sum(middle, 100, u);
                yield List.of(new Rod(sum(MIDDLE, -700, u), sum(MIDDLE, 700, u), one, waves, 0),
                        new Rod(left, right, other, 0, 1),
                        new Rod(right, sum(right, 500, mix(u, v, 0.3 + 0.3 * random.nextDouble())), other, waves, 1),
                        new Rod(left, sum(left, -500, mix(u, v, -0.3 - 0.3 * random.nextDouble())), other, waves, 1));
            }
            case CROSSING -> {
                double[] middle = sum(MIDDLE, (one + other) * (0.8 + 0.15 * random.nextDouble()), v);
                double[] w = mix(u, new double[]{u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2],
                        u[0] * v[1] - u[1] * v[0]}, 0.8 + random.nextDouble());
                yield List.of(new Rod(sum(MIDDLE, -700, u), sum(MIDDLE, 700, u), one, waves, 0),
                        new Rod(sum(middle, -700, w), sum(middle, 700, w), other, waves, 1));
            }
        };
    }

    private static double[] sum(double[] a, double times, double[] b) {
        return new double[]{a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] unit(double[] a) {
        return sum(new double[3], 1 / Math.sqrt(dot(a, a)), a);
    }

    /// Turned from one direction towards another by an angle.
    private static double[] mix(double[] u, double[] v, double angle) {
        return sum(sum(new double[3], Math.cos(angle), u), Math.sin(angle), v);
    }
}
