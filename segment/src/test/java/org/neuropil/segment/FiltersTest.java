package org.neuropil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

class FiltersTest {
    private static final VoxelSize VOXEL = new VoxelSize(10, 10, 10);

    @Test
    void gaussianIsTheSumOverItsNeighbourhoodWithMirroredBorders() {
        Box box = Box.ofSize(7, 5, 4);
        float[] data = noise(box, 1);
        float[] kernel = Gaussian.kernel(1, 0);
        float[] result = Gaussian.filter(data, box, kernel, kernel, kernel);
        for (int z = 0; z < 4; z++) {
            for (int y = 0; y < 5; y++) {
                for (int x = 0; x < 7; x++) {
                    double sum = 0;
                    for (int k = -3; k <= 3; k++) {
                        for (int j = -3; j <= 3; j++) {
                            for (int i = -3; i <= 3; i++) {
                                sum += kernel[i + 3] * kernel[j + 3] * kernel[k + 3]
                                        * data[box.index(mirror(x + i, 7), mirror(y + j, 5), mirror(z + k, 4))];
                            }
                        }
                    }
                    assertThat((double) result[box.index(x, y, z)]).isCloseTo(sum, within(1e-4));
                }
            }
        }
    }

    @Test
    void secondDerivativeOfAParabolaIsConstant() {
        Box box = Box.ofSize(41, 1, 1);
        float[] data = new float[41];
        for (int x = 0; x < 41; x++) {
            data[x] = 3 * (x - 20) * (x - 20);
        }
        float[] one = Gaussian.kernel(0, 0);
        float[] result = Gaussian.filter(data, box, Gaussian.kernel(1.5, 2), one, one);
        // 6 but for the tails beyond three standard deviations.
        assertThat(result[20]).isCloseTo(6f, within(0.5f));
        assertThat(result[15]).isCloseTo(result[20], within(0.1f));
    }

    @Test
    void firstEigenvectorIsOne() {
        Random random = new Random(4);
        double[] first = new double[4];
        for (int i = 0; i < 2000; i++) {
            double[] m = random.doubles(6, -1, 1).toArray();
            Symmetric3.largest(m[0], m[1], m[2], m[3], m[4], m[5], first);
            double[] v = {first[1], first[2], first[3]};
            double[] mv = {m[0] * v[0] + m[3] * v[1] + m[4] * v[2], m[3] * v[0] + m[1] * v[1] + m[5] * v[2],
                m[4] * v[0] + m[5] * v[1] + m[2] * v[2]};
            assertThat(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).isCloseTo(1, within(1e-9));
            for (int k = 0; k < 3; k++) {
                assertThat(mv[k]).isCloseTo(first[0] * v[k], within(1e-5));
            }
            // No direction gives more: the Rayleigh quotient of random ones is below.
            double[] u = random.doubles(3, -1, 1).toArray();
            double quotient = (m[0] * u[0] * u[0] + m[1] * u[1] * u[1] + m[2] * u[2] * u[2]
                    + 2 * (m[3] * u[0] * u[1] + m[4] * u[0] * u[2] + m[5] * u[1] * u[2]))
                    / (u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
            assertThat(quotient).isLessThanOrEqualTo(first[0] + 1e-9);
        }
    }

    @Test
    void contrastIsTheFirstAndNinthTenthOfTissue() {
        long[] histogram = new long[256];
        histogram[0] = 1_000_000;
        for (int value = 1; value <= 100; value++) {
            histogram[value] = 10;
        }
        assertThat(Contrast.of(histogram)).isEqualTo(new Contrast(10, 90));
        assertThat(Contrast.of(new long[256])).isEqualTo(new Contrast(0, 1));
    }

    @Test
    void aDarkSheetIsABoundaryAndAStepIsNot() {
        Box box = Box.ofSize(48, 40, 40);
        byte[] image = new byte[box.voxels()];
        for (int z = 0; z < 40; z++) {
            for (int y = 0; y < 40; y++) {
                for (int x = 0; x < 48; x++) {
                    // A membrane at x = 12, and a dark body from x = 30 on, as a mitochondrion is.
                    image[box.index(x, y, z)] = (byte) (Math.abs(x - 12) <= 1 ? 70 : x >= 30 ? 90 : 160);
                }
            }
        }
        byte[] evidence = new ValleyFilter(ValleyFilter.Settings.defaults(), new Contrast(85, 176), VOXEL)
                .detect(new Block.Bytes(box, image), box, box).data();
        assertThat(evidence[box.index(12, 20, 20)] & 0xFF).isGreaterThan(200);
        assertThat(evidence[box.index(20, 20, 20)] & 0xFF).isLessThan(10);
        assertThat(evidence[box.index(30, 20, 20)] & 0xFF).isLessThan(50);
        assertThat(evidence[box.index(40, 20, 20)] & 0xFF).isLessThan(50);
    }

    @Test
    void evidenceDoesNotDependOnTheBlock() {
        for (VoxelSize voxel : new VoxelSize[]{VOXEL, new VoxelSize(8, 8, 30)}) {
            Box volume = Box.of(new Int3(5, 0, 3), new Int3(50, 37, 29));
            byte[] image = new byte[volume.voxels()];
            new Random(9).nextBytes(image);
            Block.Bytes all = new Block.Bytes(volume, image);
            BoundaryDetector detector = new ValleyFilter(ValleyFilter.Settings.defaults(), new Contrast(60, 200),
                    voxel);
            Block.Bytes whole = detector.detect(all, volume, volume);
            for (Box part : new Box[]{Box.of(new Int3(20, 10, 8), new Int3(13, 9, 7)),
                Box.of(new Int3(5, 0, 3), new Int3(16, 16, 16)), Box.of(new Int3(40, 30, 20), new Int3(15, 7, 12))}) {
                Block source = all.crop(part.grow(detector.context()).intersect(volume));
                assertThat(detector.detect(source, part, volume).data()).isEqualTo(whole.crop(part).array());
            }
        }
    }

    private static int mirror(int i, int n) {
        return i < 0 ? -i : i >= n ? 2 * (n - 1) - i : i;
    }

    private static float[] noise(Box box, int seed) {
        Random random = new Random(seed);
        float[] data = new float[box.voxels()];
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextFloat();
        }
        return data;
    }
}
