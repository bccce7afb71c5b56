package org.neuropil.physiology.field;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

import org.neuropil.physiology.Resampled;

/// Random sets of sweeps: the beginnings of random orders (Fisher and Yates), so that one draw gives a set of every size.
/// They depend on the number of sweeps alone, and cells of a plane share them. Safe for use by several threads.
public final class SweepSets {
    /// Sets that the published method draws.
    public static final int FEW = 5_000;
    /// Sets that are drawn where that many cannot tell small probabilities; the first of them are the few.
    public static final int MANY = 50_000;
    private static final int KEPT = 6;
    /// Lengths are rounded up to this, so that fewer differ.
    private static final int STEP = 32;

    private final long seed;
    private final Map<List<Integer>, char[]> drawn = new ConcurrentHashMap<>();

    /// @param seed another one draws others
    public SweepSets(long seed) {
        this.seed = seed;
    }

    /// The length at which sets are laid out, one behind the other.
    static int stride(int sweeps, int length) {
        return Math.min(sweeps, (length + STEP - 1) / STEP * STEP);
    }

    /// Numbers of sweeps: set by set, as many as [#stride(int, int)] each.
    ///
    /// @param sweeps among which is drawn, fewer than 65,536
    /// @param length of the longest set that is needed
    /// @param sets [#FEW] or [#MANY]
    char[] of(int sweeps, int length, int sets) {
        if (sweeps > Character.MAX_VALUE) {
            throw new IllegalArgumentException(sweeps + " sweeps");
        }
        int stride = stride(sweeps, length);
        List<Integer> key = List.of(sweeps, stride, sets);
        char[] known = drawn.get(key);
        return known != null
                ? known
                : drawn.size() < KEPT
                        ? drawn.computeIfAbsent(key, _ -> draw(sweeps, stride, sets))
                        : draw(sweeps, stride, sets);
    }

    private char[] draw(int sweeps, int stride, int sets) {
        SplittableRandom random = new SplittableRandom(seed);
        char[] order = new char[sweeps];
        for (int s = 0; s < sweeps; s++) {
            order[s] = (char) s;
        }
        char[] all = new char[Math.multiplyExact(stride, sets)];
        for (int set = 0; set < sets; set++) {
            for (int k = 0; k < stride; k++) {
                int chosen = k + Resampled.below(random, sweeps - k);
                char swapped = order[chosen];
                order[chosen] = order[k];
                order[k] = swapped;
                all[set * stride + k] = swapped;
            }
        }
        return all;
    }
}
