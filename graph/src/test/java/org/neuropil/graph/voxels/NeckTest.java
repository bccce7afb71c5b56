package org.neuropil.graph.voxels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;

/// How near cuts of made neurites are to where they touch, with points anywhere in them.
class NeckTest {
    private static final int TRIES = 6;
    private static final List<VoxelSize> SIZES = List.of(new VoxelSize(32, 32, 32), new VoxelSize(20, 20, 50));

    @ParameterizedTest
    @EnumSource
    void cutsPreferTheNeck(MadeNeurites.Shape shape) {
        List<MadeNeurites> drawn = draw(shape, SIZES, TRIES);
        double cut = mean(shares(drawn, NeckTest::cut));
        double plain = mean(shares(drawn, NeckTest::plain));
        assertThat(cut).as("share of voxels on the wrong side").isLessThan(0.03).isLessThan(plain / 2);
    }

    interface Method {
        /// @return side of each voxel of the labels' block; any where they are 0
        byte[] sides(MadeNeurites made);
    }

    static List<MadeNeurites> draw(MadeNeurites.Shape shape, List<VoxelSize> sizes, int tries) {
        List<MadeNeurites> drawn = new ArrayList<>();
        for (VoxelSize size : sizes) {
            for (int seed = 0; seed < tries; seed++) {
                drawn.add(MadeNeurites.draw(shape, size, new Random(seed)));
            }
        }
        return drawn;
    }

    static List<Double> shares(List<MadeNeurites> drawn, Method method) {
        List<Double> shares = new ArrayList<>();
        for (MadeNeurites made : drawn) {
            byte[] sides = method.sides(made);
            int wrong = 0;
            int all = 0;
            for (int i = 0; i < sides.length; i++) {
                if (made.labels().data()[i] != 0) {
                    all++;
                    wrong += sides[i] == made.sides()[i] ? 0 : 1;
                }
            }
            shares.add((double) wrong / all);
        }
        return shares;
    }

    static double mean(List<Double> shares) {
        return shares.stream().mapToDouble(d -> d).average().orElseThrow();
    }

    static byte[] cut(MadeNeurites made) {
        SupervoxelCut cut = CutWorld.cut(made.labels(), new long[]{1}, made.size(), made.points().get(0),
                made.points().get(1));
        byte[] sides = new byte[made.sides().length];
        for (Int3 v : CutWorld.voxels(cut.numbers().box())) {
            int number = CutWorld.at(cut.numbers(), v);
            if (number != 0) {
                sides[made.labels().box().index(v.x(), v.y(), v.z())] = (byte) cut.fragments().get(number - 1).side()
                        .ordinal();
            }
        }
        return sides;
    }

    /// By the shortest way to a point within the mask, and nothing else.
    static byte[] plain(MadeNeurites made) {
        Mask mask = CutWorld.mask(made.labels(), 1, made.size());
        int[][] points = {mask.snap(made.points().get(0), made.size()), mask.snap(made.points().get(1), made.size())};
        float[] same = new float[mask.size()];
        Arrays.fill(same, 1);
        byte[] found = Fronts.sides(mask, made.size(), points, same);
        byte[] sides = new byte[made.sides().length];
        for (int i = 0; i < found.length; i++) {
            Int3 v = mask.voxel(i);
            sides[made.labels().box().index(v.x(), v.y(), v.z())] = found[i];
        }
        return sides;
    }
}
