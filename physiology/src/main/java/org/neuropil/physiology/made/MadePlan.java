package org.neuropil.physiology.made;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which session is made. Equal plans give equal sessions.
///
/// @param column 1 to 5
/// @param volume 1 to 5
/// @param rois of each plane
/// @param protocol what is shown
/// @param seed of all that is random
public record MadePlan(int column, int volume, List<Integer> rois, Protocol protocol, long seed) {
    /// ROIs of the golden mouse.
    public static final int ROIS = 39_407;
    private static final int COLUMNS = 5;
    private static final int VOLUMES = 5;
    private static final int PLANES = 6;
    /// The plane that holds most: plane 0 of c4v1.
    private static final int MOST = 1_038;

    public MadePlan {
        rois = List.copyOf(rois);
    }

    /// All sessions of a mouse of the golden one's size: 5 columns of 5 volumes of 6 planes, 39,407 ROIs in all, of which one
    /// plane holds 1,038; c2v5 and c4v1 lack gratings in a window.
    public static List<MadePlan> mouse(Protocol protocol, long seed) {
        int[] counts = counts(seed);
        List<MadePlan> plans = new ArrayList<>();
        for (int i = 0; i < COLUMNS * VOLUMES; i++) {
            int column = i / VOLUMES + 1;
            int volume = i % VOLUMES + 1;
            boolean lacks = column == 2 && volume == 5 || column == 4 && volume == 1;
            plans.add(new MadePlan(column, volume,
                    Arrays.stream(counts, i * PLANES, (i + 1) * PLANES).boxed().toList(),
                    lacks ? protocol.withoutWindow() : protocol, seed));
        }
        return List.copyOf(plans);
    }

    /// Uneven numbers that add up.
    private static int[] counts(long seed) {
        Draws draws = new Draws(seed, 3);
        int most = ((4 - 1) * VOLUMES) * PLANES;
        double[] weights = new double[COLUMNS * VOLUMES * PLANES];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i == most ? 0 : 0.3 + draws.uniform(0, 1) + draws.uniform(0, 1);
            sum += weights[i];
        }
        int[] counts = new int[weights.length];
        double reached = 0;
        int given = 0;
        for (int i = 0; i < counts.length; i++) {
            reached += weights[i];
            int upTo = (int) Math.round((ROIS - MOST) * (reached / sum));
            counts[i] = i == most ? MOST : upTo - given;
            given = upTo;
        }
        return counts;
    }

    /// The name of the session, `made_c1v3`.
    public String name() {
        return "made_c" + column + "v" + volume;
    }
}
