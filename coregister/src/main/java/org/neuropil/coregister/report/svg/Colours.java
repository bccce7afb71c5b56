package org.neuropil.coregister.report.svg;

import java.util.List;
import java.util.Locale;

/// Colours that people with any kind of colour vision can tell apart.
public final class Colours {
    /// Of kinds: Okabe and Ito 2008. Neither black nor white is among them, so that all show on both.
    public static final List<String> KINDS = List.of("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7",
            "#F0E442");
    /// Viridis of matplotlib, at each tenth.
    private static final int[] VIRIDIS = {0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884,
        0x44bf70, 0x7ad151, 0xbddf26, 0xfde725};

    private Colours() {}

    /// The colour of a value on viridis, from dark to light.
    ///
    /// @param share 0 to 1; what lies beyond is taken for the end
    public static String viridis(double share) {
        double place = Math.clamp(Double.isNaN(share) ? 0 : share, 0, 1) * (VIRIDIS.length - 1);
        int below = Math.min((int) place, VIRIDIS.length - 2);
        double rest = place - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double from = VIRIDIS[below] >> shift & 255;
            double to = VIRIDIS[below + 1] >> shift & 255;
            colour = colour << 8 | (int) Math.round(from + rest * (to - from));
        }
        return String.format(Locale.ROOT, "#%06x", colour);
    }
}
