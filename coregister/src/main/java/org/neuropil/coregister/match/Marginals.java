package org.neuropil.coregister.match;

import java.util.Arrays;

/// Probabilities of matches, given that no two cells are one nucleus: sums over all assignments that keep to this, each
/// weighed by the product of its cells' weights, taken by belief propagation (Williams and Lau 2014, IEEE Trans. Aerospace
/// and Electronic Systems 50, whose iteration always converges). Exact where cells and the nuclei that they contend for
/// make no loop, and near elsewhere.
final class Marginals {
    private static final int ROUNDS = 200;
    private static final double ENOUGH = 1e-7;

    private Marginals() {}

    /// @param alone what each cell would be if there were no others
    /// @param favour by which each match is to be weighed more: one for each of `alone`'s
    /// @param nuclei how many there are
    static Posterior of(Posterior alone, double[] favour, int nuclei) {
        int edges = alone.number().length;
        double[] weight = new double[edges];
        for (int i = 0; i < alone.size(); i++) {
            for (int e = alone.start()[i]; e < alone.start()[i + 1]; e++) {
                weight[e] = favour[e] * alone.probability()[e] / alone.none()[i];
            }
        }
        // To each cell, how free a nucleus is of others.
        double[] free = new double[edges];
        double[] claim = new double[edges];
        double[] claims = new double[nuclei];
        Arrays.fill(free, 1);
        double change = 1;
        for (int round = 0; round < ROUNDS && change > ENOUGH; round++) {
            Arrays.fill(claims, 0);
            for (int i = 0; i < alone.size(); i++) {
                double sum = 1;
                for (int e = alone.start()[i]; e < alone.start()[i + 1]; e++) {
                    sum += weight[e] * free[e];
                }
                for (int e = alone.start()[i]; e < alone.start()[i + 1]; e++) {
                    // The others' sum is never below 1, but what is taken off it may be nearly all.
                    claim[e] = weight[e] / Math.max(sum - weight[e] * free[e], 1);
                    claims[alone.number()[e]] += claim[e];
                }
            }
            change = 0;
            for (int e = 0; e < edges; e++) {
                double now = 1 / (1 + Math.max(claims[alone.number()[e]] - claim[e], 0));
                change = Math.max(change, Math.abs(now - free[e]));
                free[e] = now;
            }
        }
        int most = 0;
        for (int i = 0; i < alone.size(); i++) {
            most = Math.max(most, alone.start()[i + 1] - alone.start()[i]);
        }
        Posterior.Building building = new Posterior.Building(alone.size(), most);
        for (int i = 0; i < alone.size(); i++) {
            double sum = 1;
            for (int e = alone.start()[i]; e < alone.start()[i + 1]; e++) {
                sum += weight[e] * free[e];
            }
            for (int e = alone.start()[i]; e < alone.start()[i + 1]; e++) {
                building.offer(alone.number()[e], weight[e] * free[e] / sum);
            }
            building.end();
        }
        return building.posterior();
    }
}
