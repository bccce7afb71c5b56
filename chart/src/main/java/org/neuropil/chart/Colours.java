package org.neuropil.chart;

/// How values become colours: two scales whose lightness rises evenly, for all kinds of sight, and in print without colour.
public enum Colours {
    /// Smith and van der Walt's scale, dark blue to yellow.
    VIRIDIS(0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c, 0x1fa088,
            0x28ae80, 0x3fbc73, 0x5ec962, 0x84d44b, 0xaddc30, 0xd8e219, 0xfde725),
    /// Nuñez, Anderton and Renslow's scale, blue over grey to yellow: the same to those who see no red or green.
    CIVIDIS(0x00224e, 0x002e6a, 0x1a386f, 0x32436d, 0x434e6c, 0x535a6d, 0x61656f, 0x6f7073, 0x7d7c78, 0x8c8878,
            0x9b9476, 0xaba072, 0xbcae6c, 0xcdbb63, 0xdec958, 0xf0d846, 0xfee838);

    private final int[] stops;

    Colours(int... stops) {
        this.stops = stops;
    }

    /// The colour of a place on the scale.
    ///
    /// @param share 0 to 1; what is outside gets the colour of the end
    /// @return 0xRRGGBB
    public int rgb(double share) {
        double at = Math.clamp(share, 0.0, 1.0) * (stops.length - 1);
        int below = Math.min((int) at, stops.length - 2);
        double part = at - below;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = stops[below] >> shift & 255;
            int high = stops[below + 1] >> shift & 255;
            rgb |= (int) Math.round(low + part * (high - low)) << shift;
        }
        return rgb;
    }
}
