package org.neuropil.server.figure;

import java.io.IOException;
import java.util.Arrays;

import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

/// The intensities that are drawn black and white. The darkest and brightest few are cut off, so that a speck of dirt
/// does not decide the contrast.
///
/// @param black drawn black, with all below
/// @param white drawn white, with all above; more than `black`
public record IntensityRange(double black, double white) {
    private static final double CUT = 0.005;
    private static final int MOST_SAMPLES = 1 << 18;
    private static final int SAMPLED_SECTION = 1024;

    /// @throws IllegalArgumentException if white is not above black
    public IntensityRange {
        if (!(white > black)) {
            throw new IllegalArgumentException("intensities from " + black + " to " + white);
        }
    }

    /// The range of a block. Zeros are left out where there is anything else: they are where no image is.
    public static IntensityRange of(Block block) {
        int n = block.box().voxels();
        int step = Math.max(1, n / MOST_SAMPLES);
        double[] values = new double[Math.ceilDiv(n, step)];
        int count = 0;
        for (int i = 0; i < n; i += step) {
            double value = block.value(i);
            if (value != 0 && !Double.isNaN(value)) {
                values[count++] = value;
            }
        }
        if (count == 0) {
            return new IntensityRange(0, 1);
        }
        Arrays.sort(values, 0, count);
        double black = values[(int) (CUT * (count - 1))];
        double white = values[(int) Math.ceil((1 - CUT) * (count - 1))];
        return white > black ? new IntensityRange(black, white) : new IntensityRange(black - 1, black + 1);
    }

    /// The range of the middle of a volume, of which no more than a section of its coarsest mip is read.
    public static IntensityRange sample(Volume image) throws IOException {
        int mip = image.info().scales().size() - 1;
        Scale scale = image.info().scale(mip);
        Int3 middle = scale.bounds().min().plus(scale.bounds().size().floorDiv(Int3.all(2)));
        Int3 half = new Int3(SAMPLED_SECTION / 2, SAMPLED_SECTION / 2, 0);
        Box section = new Box(middle.minus(half), middle.plus(half).plus(new Int3(0, 0, 1)));
        return of(image.read(mip, section.intersect(scale.bounds())));
    }

    /// Where a value lies between black (0) and white (1).
    double position(double value) {
        return Math.clamp((value - black) / (white - black), 0, 1);
    }
}
