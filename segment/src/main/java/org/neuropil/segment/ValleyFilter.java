package org.neuropil.segment;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

/// Classical boundary evidence: a membrane is a thin dark sheet that is brighter on *both* sides.
///
/// The direction across the sheet is the first eigenvector of the Hessian, averaged over the neighbourhood as a tensor
/// weighted by the squared eigenvalue. Along it, grey levels averaged over a small disc give a profile; its *valley
/// depth* is how far the centre lies below the lower of the two sides' highest points. The rim of a mitochondrion is a
/// step and its inside is flat, so neither has a depth, which a Hessian alone cannot tell. Evidence is the product of
/// two logistic functions: of depth and of darkness.
///
/// Lengths are in nanometres and grey levels in units of the volume's [Contrast], so the same parameters serve other
/// resolutions and exposures. They were chosen on the FIB-25 sample at 10 nm; see `docs/segmentation.md` for how much
/// the scores depend on each.
public final class ValleyFilter implements BoundaryDetector {
    private static final int RING = 6;
    private static final double LAST = 1.001;

    private final Settings settings;
    private final Contrast contrast;
    private final VoxelSize voxel;

    /// Lengths and levels of the filter.
    ///
    /// @param hessian standard deviation of the Hessian, nm
    /// @param tensor standard deviation of the averaging of directions, nm
    /// @param smoothing standard deviation of the smoothing of the profile, nm
    /// @param step distance between samples of the profile, nm
    /// @param steps samples on either side
    /// @param ring radius of the disc that a sample is averaged over, nm
    /// @param depth valley depth at which evidence is a half, in units of contrast
    /// @param depthWidth width of that logistic
    /// @param darkness grey level at which evidence is a half
    /// @param darknessWidth width of that logistic
    public record Settings(double hessian, double tensor, double smoothing, double step, int steps, double ring,
            double depth, double depthWidth, double darkness, double darknessWidth) implements Serializable {
        /// What is used where nothing else is said.
        public static Settings defaults() {
            return new Settings(15, 25, 7, 10, 4, 35, 0.044, 0.0275, 0.407, 0.132);
        }
    }

    /// @param contrast of the volume
    /// @param voxel its voxel size
    public ValleyFilter(Settings settings, Contrast contrast, VoxelSize voxel) {
        this.settings = settings;
        this.contrast = contrast;
        this.voxel = voxel;
    }

    @Override
    public Map<String, Object> parameters() {
        Map<String, Object> map = new TreeMap<>();
        map.put("filter", "valley");
        map.put("hessian_nm", settings.hessian());
        map.put("tensor_nm", settings.tensor());
        map.put("smoothing_nm", settings.smoothing());
        map.put("step_nm", settings.step());
        map.put("steps", settings.steps());
        map.put("ring_nm", settings.ring());
        map.put("depth", settings.depth());
        map.put("depth_width", settings.depthWidth());
        map.put("darkness", settings.darkness());
        map.put("darkness_width", settings.darknessWidth());
        return map;
    }

    @Override
    public Int3 context() {
        return hessianReach().plus(tensorReach()).max(profileReach().plus(smoothingReach()));
    }

    @Override
    public Block.Bytes detect(Block image, Box box, Box volume) {
        Box source = box.grow(context()).intersect(volume);
        float[] grey = normalised(image.crop(source));
        Box tensorBox = box.grow(tensorReach()).intersect(volume);
        float[][] tensor = averaged(directions(grey, source, tensorBox), tensorBox);
        Box profileBox = box.grow(profileReach()).intersect(volume);
        Block.Floats smooth = new Block.Floats(profileBox, new float[profileBox.voxels()]);
        smooth.copyFrom(new Block.Floats(source, Gaussian.filter(grey, source, kernel(settings.smoothing(), 0, 0),
                kernel(settings.smoothing(), 1, 0), kernel(settings.smoothing(), 2, 0))));
        return evidence(tensor, tensorBox, new Profile(smooth.data(), profileBox, volume), box);
    }

    private float[] normalised(Block image) {
        float[] grey = new float[image.box().voxels()];
        float scale = 1f / (contrast.bright() - contrast.dark());
        switch (image) {
            case Block.Bytes b -> {
                for (int i = 0; i < grey.length; i++) {
                    grey[i] = ((b.data()[i] & 0xFF) - contrast.dark()) * scale;
                }
            }
            case Block.Shorts b -> {
                for (int i = 0; i < grey.length; i++) {
                    grey[i] = ((b.data()[i] & 0xFFFF) - contrast.dark()) * scale;
                }
            }
            default -> throw new IllegalArgumentException("image of " + image.type());
        }
        return grey;
    }

    /// The Hessian's first eigenvector at each voxel of `to` as a tensor `w n n'`, where `w` is the squared eigenvalue if
    /// that is positive (dark sheets), else 0. Components in the order xx, yy, zz, xy, xz, yz.
    private float[][] directions(float[] grey, Box from, Box to) {
        float[][] hessian = new float[6][];
        int[][] orders = {{2, 0, 0}, {0, 2, 0}, {0, 0, 2}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}};
        double variance = settings.hessian() * settings.hessian();
        double[] scale = new double[6];
        for (int k = 0; k < 6; k++) {
            int[] order = orders[k];
            hessian[k] = Gaussian.filter(grey, from, derivative(0, order[0]), derivative(1, order[1]),
                    derivative(2, order[2]));
            scale[k] = variance / (StrictMath.pow(voxel.x(), order[0]) * StrictMath.pow(voxel.y(), order[1])
                    * StrictMath.pow(voxel.z(), order[2]));
        }
        float[][] tensor = new float[6][to.voxels()];
        double[] first = new double[4];
        for (int z = to.min().z(), at = 0; z < to.max().z(); z++) {
            for (int y = to.min().y(); y < to.max().y(); y++) {
                int i = from.index(to.min().x(), y, z);
                for (int x = to.min().x(); x < to.max().x(); x++, i++, at++) {
                    Symmetric3.largest(hessian[0][i] * scale[0], hessian[1][i] * scale[1], hessian[2][i] * scale[2],
                            hessian[3][i] * scale[3], hessian[4][i] * scale[4], hessian[5][i] * scale[5], first);
                    double w = Math.max(0, first[0]);
                    w *= w;
                    tensor[0][at] = (float) (w * first[1] * first[1]);
                    tensor[1][at] = (float) (w * first[2] * first[2]);
                    tensor[2][at] = (float) (w * first[3] * first[3]);
                    tensor[3][at] = (float) (w * first[1] * first[2]);
                    tensor[4][at] = (float) (w * first[1] * first[3]);
                    tensor[5][at] = (float) (w * first[2] * first[3]);
                }
            }
        }
        return tensor;
    }

    private float[][] averaged(float[][] tensor, Box box) {
        float[][] result = new float[6][];
        for (int k = 0; k < 6; k++) {
            result[k] = Gaussian.filter(tensor[k], box, kernel(settings.tensor(), 0, 0),
                    kernel(settings.tensor(), 1, 0), kernel(settings.tensor(), 2, 0));
        }
        return result;
    }

    private Block.Bytes evidence(float[][] tensor, Box tensorBox, Profile profile, Box box) {
        byte[] result = new byte[box.voxels()];
        double[] first = new double[4];
        double[] valley = new double[2];
        for (int z = box.min().z(), at = 0; z < box.max().z(); z++) {
            for (int y = box.min().y(); y < box.max().y(); y++) {
                int i = tensorBox.index(box.min().x(), y, z);
                for (int x = box.min().x(); x < box.max().x(); x++, i++, at++) {
                    Symmetric3.largest(tensor[0][i], tensor[1][i], tensor[2][i], tensor[3][i], tensor[4][i],
                            tensor[5][i], first);
                    profile.valley(x, y, z, first, valley);
                    double evidence = logistic((valley[0] - settings.depth()) / settings.depthWidth())
                            * logistic((settings.darkness() - valley[1]) / settings.darknessWidth());
                    result[at] = (byte) (int) Math.floor(255 * evidence + 0.5);
                }
            }
        }
        return new Block.Bytes(box, result);
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }

    /// Profiles across the sheet at voxels of a smoothed image.
    private final class Profile {
        private final float[] data;
        private final Box box;
        private final Box volume;
        private final int rowLength;
        private final int sliceLength;
        private final double[] cosines = new double[RING];
        private final double[] sines = new double[RING];

        Profile(float[] data, Box box, Box volume) {
            this.data = data;
            this.box = box;
            this.volume = volume;
            this.rowLength = box.size().x();
            this.sliceLength = box.size().x() * box.size().y();
            for (int k = 0; k < RING; k++) {
                cosines[k] = StrictMath.cos(k * 2 * Math.PI / RING) * settings.ring();
                sines[k] = StrictMath.sin(k * 2 * Math.PI / RING) * settings.ring();
            }
        }

        /// @param normal at 1 to 3 the unit vector across the sheet
        /// @param result gets valley depth and the centre's grey level
        void valley(int x, int y, int z, double[] normal, double[] result) {
            double nx = normal[1];
            double ny = normal[2];
            double nz = normal[3];
            // Two directions in the sheet: any that are normal to each other.
            boolean flat = Math.abs(nz) < 0.6;
            double ux = flat ? -ny : 0;
            double uy = flat ? nx : -nz;
            double uz = flat ? 0 : ny;
            double scale = 1 / Math.sqrt(ux * ux + uy * uy + uz * uz);
            ux *= scale;
            uy *= scale;
            uz *= scale;
            double vx = ny * uz - nz * uy;
            double vy = nz * ux - nx * uz;
            double vz = nx * uy - ny * ux;
            double below = Double.NEGATIVE_INFINITY;
            double above = Double.NEGATIVE_INFINITY;
            double centre = 0;
            for (int d = -settings.steps(); d <= settings.steps(); d++) {
                double t = d * settings.step();
                double level = sample(x, y, z, t * nx, t * ny, t * nz);
                for (int k = 0; k < RING; k++) {
                    double c = cosines[k];
                    double s = sines[k];
                    level += sample(x, y, z, t * nx + c * ux + s * vx, t * ny + c * uy + s * vy,
                            t * nz + c * uz + s * vz);
                }
                level /= RING + 1;
                if (d < 0) {
                    below = Math.max(below, level);
                } else if (d > 0) {
                    above = Math.max(above, level);
                } else {
                    centre = level;
                }
            }
            result[0] = Math.min(below, above) - centre;
            result[1] = centre;
        }

        /// Trilinear value at a voxel's centre plus an offset in nanometres, clamped to the volume.
        private double sample(int x, int y, int z, double dx, double dy, double dz) {
            double px = clamp(x - volume.min().x() + dx / voxel.x(), volume.size().x());
            double py = clamp(y - volume.min().y() + dy / voxel.y(), volume.size().y());
            double pz = clamp(z - volume.min().z() + dz / voxel.z(), volume.size().z());
            int ix = (int) px;
            int iy = (int) py;
            int iz = (int) pz;
            double fx = px - ix;
            double fy = py - iy;
            double fz = pz - iz;
            int i = box.index(ix + volume.min().x(), iy + volume.min().y(), iz + volume.min().z());
            int toX = volume.size().x() > 1 ? 1 : 0;
            int toY = volume.size().y() > 1 ? rowLength : 0;
            int toZ = volume.size().z() > 1 ? sliceLength : 0;
            double near = (data[i] * (1 - fx) + data[i + toX] * fx) * (1 - fy)
                    + (data[i + toY] * (1 - fx) + data[i + toY + toX] * fx) * fy;
            int j = i + toZ;
            double far = (data[j] * (1 - fx) + data[j + toX] * fx) * (1 - fy)
                    + (data[j + toY] * (1 - fx) + data[j + toY + toX] * fx) * fy;
            return near * (1 - fz) + far * fz;
        }

        private static double clamp(double p, int size) {
            return Math.max(0, Math.min(p, size - LAST));
        }
    }

    private float[] kernel(double sigma, int axis, int order) {
        return Gaussian.kernel(sigma / voxel.get(axis), order);
    }

    /// Derivatives need half a voxel at least: below that a sampled kernel has no shape.
    private float[] derivative(int axis, int order) {
        return Gaussian.kernel(hessianSigma(axis), order);
    }

    private double hessianSigma(int axis) {
        return Math.max(0.5, settings.hessian() / voxel.get(axis));
    }

    private Int3 hessianReach() {
        return new Int3(Gaussian.radius(hessianSigma(0)), Gaussian.radius(hessianSigma(1)),
                Gaussian.radius(hessianSigma(2)));
    }

    private Int3 tensorReach() {
        return reach(settings.tensor());
    }

    private Int3 smoothingReach() {
        return reach(settings.smoothing());
    }

    private Int3 reach(double sigma) {
        return new Int3(Gaussian.radius(sigma / voxel.x()), Gaussian.radius(sigma / voxel.y()),
                Gaussian.radius(sigma / voxel.z()));
    }

    /// How far the samples of a profile lie, and one voxel for the interpolation.
    private Int3 profileReach() {
        double length = Math.hypot(settings.steps() * settings.step(), settings.ring());
        return new Int3((int) Math.ceil(length / voxel.x()) + 1, (int) Math.ceil(length / voxel.y()) + 1,
                (int) Math.ceil(length / voxel.z()) + 1);
    }
}
