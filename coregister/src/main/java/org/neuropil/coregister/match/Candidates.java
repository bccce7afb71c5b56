package org.neuropil.coregister.match;

import java.util.List;

import org.neuropil.coregister.fit.Work;

/// For each cell the nuclei around it.
///
/// @param cells x, y, z of each, mapped to EM
/// @param most how many nuclei are kept of each cell
/// @param numbers of nuclei, nearest first: cells x most
/// @param reach distance of the furthest kept one; infinite if all are kept
/// @param landmark distance to the nearest landmark; 0 if not known
@SuppressWarnings("ArrayRecordComponent")
record Candidates(double[] cells, int most, int[] numbers, double[] reach, double[] landmark) {
    private static final int MOST = 24;
    static final int CHUNK = 2000;

    static Candidates of(double[] cells, double[] landmark, Nuclei nuclei, Work work) {
        int n = cells.length / 3;
        int most = Math.min(MOST, nuclei.size());
        int[] numbers = new int[n * most];
        double[] reach = new double[n];
        work.map("nuclei around cells", chunks(n), chunk -> {
            PointTree.Found found = new PointTree.Found(most);
            for (int i = chunk * CHUNK; i < Math.min(n, (chunk + 1) * CHUNK); i++) {
                nuclei.tree().nearest(cells[3 * i], cells[3 * i + 1], cells[3 * i + 2], found);
                for (int k = 0; k < most; k++) {
                    numbers[i * most + k] = found.number(k);
                }
                reach[i] = most == nuclei.size() ? Double.POSITIVE_INFINITY : found.distance(most - 1);
            }
            return chunk;
        });
        return new Candidates(cells, most, numbers, reach, landmark);
    }

    /// Some of the cells.
    Candidates of(List<Integer> kept) {
        int n = kept.size();
        double[] places = new double[3 * n];
        int[] some = new int[n * most];
        double[] reaches = new double[n];
        double[] landmarks = new double[n];
        for (int i = 0; i < n; i++) {
            int from = kept.get(i);
            System.arraycopy(cells, 3 * from, places, 3 * i, 3);
            System.arraycopy(numbers, from * most, some, i * most, most);
            reaches[i] = reach[from];
            landmarks[i] = landmark[from];
        }
        return new Candidates(places, most, some, reaches, landmarks);
    }

    int size() {
        return reach.length;
    }

    static int chunks(int n) {
        return (n + CHUNK - 1) / CHUNK;
    }
}
