package org.neuropil.phantom.dataset;

/// Arrays out of others.
final class Take {
    private Take() {}

    /// Numbers from 1.
    static long[] counted(int n) {
        long[] ids = new long[n];
        for (int i = 0; i < n; i++) {
            ids[i] = i + 1L;
        }
        return ids;
    }

    static long[] taken(long[] all, int[] which) {
        long[] taken = new long[which.length];
        for (int i = 0; i < which.length; i++) {
            taken[i] = all[which[i]];
        }
        return taken;
    }

    static int[] taken(int[] all, int[] which) {
        int[] taken = new int[which.length];
        for (int i = 0; i < which.length; i++) {
            taken[i] = all[which[i]];
        }
        return taken;
    }

    static float[] taken(float[] all, int[] which) {
        float[] taken = new float[which.length];
        for (int i = 0; i < which.length; i++) {
            taken[i] = all[which[i]];
        }
        return taken;
    }

    static double[] taken(double[] all, int[] which) {
        double[] taken = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            taken[i] = all[which[i]];
        }
        return taken;
    }
}
