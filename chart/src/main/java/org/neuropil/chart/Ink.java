package org.neuropil.chart;

import java.util.List;
import java.util.Locale;

/// A colour.
///
/// @param name of its class in SVG, by which a dark page changes it; empty if it is the same on both
/// @param light 0xRRGGBB on white
/// @param dark 0xRRGGBB on a dark page
public record Ink(String name, int light, int dark) {
    /// Words, and whatever has to be seen.
    public static final Ink TEXT = new Ink("text", 0x1b1f24, 0xe6e8eb);
    /// Axes and what is said beside.
    public static final Ink MUTED = new Ink("muted", 0x5b6470, 0xa4adb8);
    /// Lines to read values by.
    public static final Ink GRID = new Ink("grid", 0xdfe3e8, 0x343b45);
    /// What all is drawn on.
    public static final Ink PAPER = new Ink("paper", 0xffffff, 0x15181d);

    /// Okabe and Ito's colours in the order in which they stand out on both papers. Yellow is left out, which cannot be seen
    /// on white, and black, which is [#TEXT].
    private static final List<Ink> CATEGORIES = List.of(plain(0x0072b2), plain(0xd55e00), plain(0x009e73),
            plain(0xcc79a7), plain(0xe69f00), plain(0x56b4e9));

    /// The colour of a category; after six they come again, so that something else has to tell categories apart, too.
    ///
    /// @param number from 0
    public static Ink category(int number) {
        return CATEGORIES.get(Math.floorMod(number, CATEGORIES.size()));
    }

    /// A colour that is the same on all papers.
    static Ink plain(int rgb) {
        return new Ink("", rgb, rgb);
    }

    /// `#rrggbb` on white.
    String hex() {
        return hex(light);
    }

    static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb & 0xffffff);
    }
}
