package org.neuropil.coregister.match;

import java.util.Arrays;
import java.util.List;

import org.neuropil.coregister.fit.Work;

/// What each cell was matched to.
///
/// @param model of errors that probabilities are told by
/// @param nearest for each cell, the nearest nucleus
/// @param nucleus for each cell, that which it most likely is; -1 if it gets none, as one-to-one assignment allows
/// @param residual distance from the cell to that nucleus in micrometres; NaN without one
/// @param separation distance from the cell to the nearest other nucleus, less the residual: negative if another is nearer;
///        NaN without one
/// @param probability that the nucleus is the cell's
/// @param none probability that no nucleus of the list is
@SuppressWarnings("ArrayRecordComponent")
public record Matches(ErrorModel model, int[] nearest, int[] nucleus, double[] residual, double[] separation,
        double[] probability, double[] none) {
    /// No nucleus.
    public static final int NONE = -1;
    private static final int ROUNDS = 5;
    private static final double MOST_TAKEN = 0.9;

    /// How cells are matched.
    ///
    /// @param oneToOne true if no two cells of a group are one nucleus
    /// @param group number of each cell's group, from 0; empty for one group
    /// @param seed of the cells that the model of errors is estimated from, if there are many
    public record Settings(boolean oneToOne, int[] group, long seed) {
        /// Each cell by itself.
        public static final Settings PLAIN = new Settings(false, new int[0], 1);
    }

    /// Matches cells.
    ///
    /// @param cells x, y, z of each, mapped to EM
    /// @param landmark distance of each to the nearest landmark; zeros if not known
    public static Matches of(double[] cells, double[] landmark, Nuclei nuclei, Settings settings, Work work) {
        Candidates candidates = Candidates.of(cells, landmark, nuclei, work);
        ErrorModel model = Estimate.of(nuclei, candidates, settings.seed(), work);
        Posterior alone = Posterior.of(nuclei, candidates, model, work);
        return settings.oneToOne()
                ? assigned(candidates, nuclei, model, alone, settings)
                : plain(candidates, nuclei, model, alone);
    }

    /// How many cells there are.
    public int size() {
        return nucleus.length;
    }

    private static Matches empty(Candidates cells, ErrorModel model) {
        int n = cells.size();
        Matches matches = new Matches(model, new int[n], new int[n], new double[n], new double[n], new double[n],
                new double[n]);
        for (int i = 0; i < n; i++) {
            matches.nearest[i] = cells.numbers()[i * cells.most()];
        }
        return matches;
    }

    private static Matches plain(Candidates cells, Nuclei nuclei, ErrorModel model, Posterior posterior) {
        Matches matches = empty(cells, model);
        for (int i = 0; i < cells.size(); i++) {
            boolean any = posterior.start()[i + 1] > posterior.start()[i];
            matches.put(i, any ? posterior.number()[posterior.start()[i]] : matches.nearest[i],
                    any ? posterior.probability()[posterior.start()[i]] : 0, posterior.none()[i], cells, nuclei);
        }
        return matches;
    }

    private static Matches assigned(Candidates cells, Nuclei nuclei, ErrorModel model, Posterior alone,
            Settings settings) {
        Matches matches = empty(cells, model);
        int groups = settings.group().length == 0 ? 1 : Arrays.stream(settings.group()).max().orElse(0) + 1;
        for (int[] members : members(settings.group(), groups, cells.size())) {
            if (members.length == 0) {
                continue;
            }
            Posterior some = alone.of(members);
            Posterior together = together(some, cells, members, nuclei);
            double[] gain = new double[some.number().length];
            for (int i = 0; i < members.length; i++) {
                for (int e = some.start()[i]; e < some.start()[i + 1]; e++) {
                    gain[e] = StrictMath.log(some.probability()[e] / some.none()[i]);
                }
            }
            int[] edges = Assignment.of(some.start(), some.number(), gain, nuclei.size());
            for (int i = 0; i < members.length; i++) {
                int nucleus = edges[i] < 0 ? NONE : some.number()[edges[i]];
                matches.put(members[i], nucleus, chance(together, i, nucleus), together.none()[i], cells, nuclei);
            }
        }
        return matches;
    }

    private static double chance(Posterior posterior, int cell, int nucleus) {
        for (int e = posterior.start()[cell]; e < posterior.start()[cell + 1]; e++) {
            if (posterior.number()[e] == nucleus) {
                return posterior.probability()[e];
            }
        }
        return 0;
    }

    private static List<int[]> members(int[] group, int groups, int cells) {
        int[] sizes = new int[groups];
        for (int i = 0; i < cells; i++) {
            sizes[group.length == 0 ? 0 : group[i]]++;
        }
        int[][] members = new int[groups][];
        for (int g = 0; g < groups; g++) {
            members[g] = new int[sizes[g]];
        }
        Arrays.fill(sizes, 0);
        for (int i = 0; i < cells; i++) {
            int g = group.length == 0 ? 0 : group[i];
            members[g][sizes[g]++] = i;
        }
        return List.of(members);
    }

    /// Probabilities given that no two cells of a group are one nucleus. A nucleus that no other cell has is one of fewer
    /// than the density says, by the share that others have. How many cells have a nucleus does not depend on whether others
    /// may share it, so that share stays as it was.
    private static Posterior together(Posterior alone, Candidates cells, int[] members, Nuclei nuclei) {
        double[] places = new double[3 * members.length];
        for (int i = 0; i < members.length; i++) {
            System.arraycopy(cells.cells(), 3 * members[i], places, 3 * i, 3);
        }
        PointTree tree = PointTree.of(places);
        double[] crowd = new double[nuclei.size()];
        Arrays.fill(crowd, Double.NaN);
        for (int j : alone.number()) {
            if (Double.isNaN(crowd[j])) {
                double radius = StrictMath.cbrt(Nuclei.NEIGHBOURS / (4 * Math.PI / 3 * nuclei.density()[j]));
                crowd[j] = tree.within(nuclei.points()[3 * j], nuclei.points()[3 * j + 1], nuclei.points()[3 * j + 2],
                        radius) / (double) Nuclei.NEIGHBOURS;
            }
        }
        double begun = share(alone);
        double odds = 1;
        double[] favour = new double[alone.number().length];
        Posterior together = alone;
        for (int round = 0; round < ROUNDS; round++) {
            for (int e = 0; e < favour.length; e++) {
                favour[e] = odds / (1 - Math.min(MOST_TAKEN, begun * crowd[alone.number()[e]]));
            }
            together = Marginals.of(alone, favour, nuclei.size());
            double now = share(together);
            odds *= begun / (1 - begun) * (1 - now) / now;
        }
        return together;
    }

    private static double share(Posterior posterior) {
        double found = 1; // one of each kind, so that no share is 0
        for (double none : posterior.none()) {
            found += 1 - none;
        }
        return found / (posterior.size() + 2);
    }

    private void put(int i, int which, double chance, double no, Candidates cells, Nuclei nuclei) {
        nucleus[i] = which;
        probability[i] = which == NONE ? 0 : chance;
        none[i] = no;
        residual[i] = which == NONE ? Double.NaN : distance(cells.cells(), i, nuclei.points(), which);
        int second = cells.most() > 1 ? cells.numbers()[i * cells.most() + 1] : which;
        int other = nearest[i] == which ? second : nearest[i];
        separation[i] = which == NONE || other == which
                ? Double.NaN
                : distance(cells.cells(), i, nuclei.points(), other) - residual[i];
    }

    private static double distance(double[] cells, int i, double[] points, int j) {
        double dx = cells[3 * i] - points[3 * j];
        double dy = cells[3 * i + 1] - points[3 * j + 1];
        double dz = cells[3 * i + 2] - points[3 * j + 2];
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
}
