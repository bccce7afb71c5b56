package org.neuropil.coregister.fit;

import java.util.Random;

/// Which of so many groups each point is in; the groups are as large as each other, but for one point.
///
/// @param of group of each point, 0 to count - 1; not to be changed
/// @param count number of groups, at least 2
/// @param seed that they were drawn with
@SuppressWarnings("ArrayRecordComponent")
public record Folds(int[] of, int count, long seed) {
    /// Draws groups; the same numbers always give the same groups.
    ///
    /// @throws IllegalArgumentException if there are fewer than two groups, or fewer points than groups
    public static Folds draw(int points, int count, long seed) {
        if (count < 2 || points < count) {
            throw new IllegalArgumentException(points + " points in " + count + " groups");
        }
        int[] order = new int[points];
        Random random = new Random(seed);
        for (int i = 0; i < points; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        int[] of = new int[points];
        for (int i = 0; i < points; i++) {
            of[order[i]] = i % count;
        }
        return new Folds(of, count, seed);
    }

    /// Points of a group, in their order.
    public int[] members(int fold) {
        int size = 0;
        for (int one : of) {
            size += one == fold ? 1 : 0;
        }
        int[] members = new int[size];
        int at = 0;
        for (int i = 0; i < of.length; i++) {
            if (of[i] == fold) {
                members[at++] = i;
            }
        }
        return members;
    }
}
