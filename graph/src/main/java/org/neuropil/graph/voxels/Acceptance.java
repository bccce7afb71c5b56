package org.neuropil.graph.voxels;

import java.io.IOException;
import java.util.function.LongPredicate;

/// Which of some supervoxels are looked for. They are asked for together, since the graph finds the roots of many nodes
/// faster than of each on its own.
@FunctionalInterface
public interface Acceptance {
    /// @param ids different supervoxels, ascending (unsigned), none 0; at least one
    /// @return one for each
    boolean[] of(long[] ids) throws IOException;

    /// One that asks for each on its own.
    static Acceptance each(LongPredicate accepted) {
        return ids -> {
            boolean[] answer = new boolean[ids.length];
            for (int i = 0; i < ids.length; i++) {
                answer[i] = accepted.test(ids[i]);
            }
            return answer;
        };
    }
}
