package org.neuropil.server.figure;

/// Colours of segments, decided by nothing but the id: the seven hues of Okabe and Ito, which the colour-blind can tell
/// apart, each in three lightnesses.
public final class SegmentColours {
    private static final int[] HUES = {0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7};
    /// Share of white that is mixed in; black where negative.
    private static final double[] SHADES = {0, 0.4, -0.3};

    private SegmentColours() {}

    /// The colour of a segment as `0xrrggbb`.
    public static int of(long id) {
        long hash = mix(id);
        int hue = HUES[(int) Long.remainderUnsigned(hash, HUES.length)];
        double shade = SHADES[(int) Long.remainderUnsigned(hash >>> 32, SHADES.length)];
        return shade >= 0 ? blend(hue, 0xffffff, shade) : blend(hue, 0, -shade);
    }

    /// A colour with a share of another laid over it.
    static int blend(int under, int over, double share) {
        int result = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int a = under >> shift & 0xff;
            int b = over >> shift & 0xff;
            result |= (int) Math.round(a + share * (b - a)) << shift;
        }
        return result;
    }

    /// Stafford's thirteenth variant of the finaliser of MurmurHash3: ids that follow each other share no colours.
    private static long mix(long id) {
        long a = (id ^ id >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
