package org.neuropil.segment;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;

/// Separable Gaussian filters on float arrays, x fastest. A sample of the result depends only on the samples within the
/// kernel's radius, added in a fixed order, so that it is the same to the last bit whichever block it is computed in.
/// Beyond the block's edge the samples are mirrored about the edge voxel (`c b | a b c`), which is right at the
/// volume's border; elsewhere a block must bring [#radius] more voxels of context than it keeps.
final class Gaussian {
    private Gaussian() {}

    /// Reach of a kernel: samples beyond three standard deviations are left out.
    ///
    /// @param sigma standard deviation in voxels
    static int radius(double sigma) {
        return (int) (3 * sigma + 0.5);
    }

    /// Weights at -radius to radius: those of a sampled Gaussian with sum 1, times the polynomial of its derivative.
    ///
    /// @param sigma in voxels; 0 for none
    /// @param order of the derivative, 0 to 2, per voxel
    static float[] kernel(double sigma, int order) {
        int radius = radius(sigma);
        double[] weights = new double[2 * radius + 1];
        double total = 0;
        for (int i = -radius; i <= radius; i++) {
            weights[i + radius] = radius == 0 ? 1 : StrictMath.exp(-0.5 * i * i / (sigma * sigma));
            total += weights[i + radius];
        }
        float[] kernel = new float[weights.length];
        for (int i = -radius; i <= radius; i++) {
            double polynomial = switch (order) {
                case 0 -> 1;
                case 1 -> i / (sigma * sigma);
                case 2 -> (i * i - sigma * sigma) / (sigma * sigma * sigma * sigma);
                default -> throw new IllegalArgumentException("derivative " + order);
            };
            kernel[i + radius] = (float) (weights[i + radius] / total * polynomial);
        }
        return kernel;
    }

    /// Filters along the three axes.
    ///
    /// @param data of the box, left as it is
    /// @param kernels for x, y and z
    static float[] filter(float[] data, Box box, float[] kernelX, float[] kernelY, float[] kernelZ) {
        float[] result = new float[data.length];
        float[] other = new float[data.length];
        Int3 size = box.size();
        along(data, result, size, 0, kernelX);
        along(result, other, size, 1, kernelY);
        along(other, result, size, 2, kernelZ);
        return result;
    }

    /// Correlates rows with a kernel: whole rows of x at a time, so that the inner loop runs over neighbouring samples.
    private static void along(float[] from, float[] to, Int3 size, int axis, float[] kernel) {
        int radius = kernel.length / 2;
        int sx = size.x();
        int stride = axis == 1 ? sx : sx * size.y();
        int length = size.get(axis);
        float[] row = new float[sx + 2 * radius];
        for (int z = 0; z < size.z(); z++) {
            for (int y = 0; y < size.y(); y++) {
                int start = (z * size.y() + y) * sx;
                if (axis == 0) {
                    for (int x = -radius; x < sx + radius; x++) {
                        row[x + radius] = from[start + mirror(x, sx)];
                    }
                    for (int k = 0; k < kernel.length; k++) {
                        add(to, start, row, k, sx, kernel[k], k == 0);
                    }
                } else {
                    int at = axis == 1 ? y : z;
                    for (int k = 0; k < kernel.length; k++) {
                        int source = start + (mirror(at + k - radius, length) - at) * stride;
                        add(to, start, from, source, sx, kernel[k], k == 0);
                    }
                }
            }
        }
    }

    private static void add(float[] to, int at, float[] from, int source, int count, float weight, boolean first) {
        if (first) {
            for (int i = 0; i < count; i++) {
                to[at + i] = weight * from[source + i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                to[at + i] += weight * from[source + i];
            }
        }
    }

    private static int mirror(int i, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * (length - 1);
        int folded = Math.floorMod(i, period);
        return folded < length ? folded : period - folded;
    }
}
