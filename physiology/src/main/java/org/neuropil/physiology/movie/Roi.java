package org.neuropil.physiology.movie;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.neuropil.space.InputException;

/// A region of interest: the pixels that a cell is seen in.
///
/// @param name among those of its plane
/// @param x of each pixel
/// @param y of each pixel
/// @param weight of each pixel, not 0
@SuppressWarnings("ArrayRecordComponent")
public record Roi(String name, int[] x, int[] y, double[] weight) {
    /// @throws InputException if there is no pixel, a pixel is there twice, a place is negative, or a weight is 0 or no number
    public Roi {
        if (x.length == 0 || x.length != y.length || x.length != weight.length) {
            throw new InputException("has " + x.length + " pixels", "roi " + name, "give at least one with a weight");
        }
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < x.length; i++) {
            if (x[i] < 0 || y[i] < 0) {
                throw new InputException("pixel " + x[i] + "," + y[i] + " is outside of the movie", "roi " + name,
                        "pixels are counted from 0");
            }
            if (!seen.add((long) y[i] << 32 | x[i])) {
                throw new InputException("pixel " + x[i] + "," + y[i] + " is there twice", "roi " + name,
                        "give each pixel once");
            }
            if (!Double.isFinite(weight[i]) || weight[i] == 0) {
                throw new InputException("weight " + weight[i] + " of pixel " + x[i] + "," + y[i] + " cannot be used",
                        "roi " + name, "leave out pixels that do not belong to it");
            }
        }
    }

    /// How many pixels it has.
    public int pixels() {
        return x.length;
    }

    /// The mean place of its pixels, all counted alike.
    public double centreX() {
        return mean(x);
    }

    /// The mean place of its pixels, all counted alike.
    public double centreY() {
        return mean(y);
    }

    private static double mean(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return (double) sum / values.length;
    }

    /// The pixels that two regions share, divided by those that either has.
    public double jaccard(Roi other) {
        int shared = 0;
        Set<Long> mine = new HashSet<>();
        for (int i = 0; i < x.length; i++) {
            mine.add((long) y[i] << 32 | x[i]);
        }
        for (int i = 0; i < other.x.length; i++) {
            shared += mine.contains((long) other.y[i] << 32 | other.x[i]) ? 1 : 0;
        }
        return (double) shared / (x.length + other.x.length - shared);
    }

    /// Where its pixels stand in a frame whose rows follow each other.
    ///
    /// @throws InputException if a pixel is outside of the frame
    int[] places(int width, int height) {
        int[] places = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            if (x[i] >= width || y[i] >= height) {
                throw new InputException("pixel " + x[i] + "," + y[i] + " is outside of the movie of " + width + " x "
                        + height + " pixels", "roi " + name, "");
            }
            places[i] = y[i] * width + x[i];
        }
        return places;
    }

    /// The names of regions, in their order.
    ///
    /// @throws InputException if two have one name
    public static List<String> names(List<Roi> rois) {
        Set<String> seen = new HashSet<>();
        for (Roi roi : rois) {
            if (!seen.add(roi.name())) {
                throw new InputException("is there twice", "roi " + roi.name(), "give each region a name of its own");
            }
        }
        return rois.stream().map(Roi::name).toList();
    }
}
