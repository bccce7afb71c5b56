package org.neuropil.coregister.match;

import java.util.List;

import org.neuropil.coregister.fit.Work;

/// For each cell, the nuclei that may be its own with their probabilities, and the probability that none of them is.
///
/// @param start where the nuclei of each cell begin, and behind the last cell their number
/// @param number of each nucleus, by falling probability
/// @param probability of each
/// @param none of each cell
@SuppressWarnings("ArrayRecordComponent")
public record Posterior(int[] start, int[] number, double[] probability, double[] none) {
    /// What is less likely is left out, and counted as none.
    static final double LEAST = 1e-5;
    private static final double NEVER = 1e-12;

    static Posterior of(Nuclei nuclei, Candidates cells, ErrorModel model, Work work) {
        Weigher weigher = new Weigher(nuclei, model);
        double[] surroundings = weigher.surroundings(cells, work);
        List<Posterior> chunks = work.map("match probabilities", Candidates.chunks(cells.size()), chunk -> {
            int from = chunk * Candidates.CHUNK;
            int to = Math.min(cells.size(), from + Candidates.CHUNK);
            Building building = new Building(to - from, cells.most());
            Weigher.Weights weights = new Weigher.Weights(cells.most());
            for (int i = from; i < to; i++) {
                weigher.weigh(cells, i, surroundings, weights);
                double total = weights.none();
                for (double one : weights.matched) {
                    total += one;
                }
                for (int k = 0; k < cells.most(); k++) {
                    building.offer(cells.numbers()[i * cells.most() + k], weights.matched[k] / total);
                }
                building.end();
            }
            return building.posterior();
        });
        return join(chunks);
    }

    /// How many cells there are.
    public int size() {
        return none.length;
    }

    /// Builds one, cell by cell.
    static final class Building {
        private final int[] start;
        private final double[] none;
        private int[] number;
        private double[] probability;
        private int cell;
        private int at;

        Building(int cells, int most) {
            start = new int[cells + 1];
            none = new double[cells];
            number = new int[Math.multiplyExact(cells, most)];
            probability = new double[number.length];
        }

        /// A nucleus of the cell; equal ones stay in the order in which they come.
        void offer(int nucleus, double chance) {
            if (chance < LEAST) {
                return;
            }
            int place = at;
            while (place > start[cell] && probability[place - 1] < chance) {
                number[place] = number[place - 1];
                probability[place] = probability[place - 1];
                place--;
            }
            number[place] = nucleus;
            probability[place] = chance;
            at++;
        }

        void end() {
            double sum = 0;
            for (int e = start[cell]; e < at; e++) {
                sum += probability[e];
            }
            none[cell++] = Math.max(1 - sum, NEVER);
            start[cell] = at;
        }

        Posterior posterior() {
            number = java.util.Arrays.copyOf(number, at);
            probability = java.util.Arrays.copyOf(probability, at);
            return new Posterior(start, number, probability, none);
        }
    }

    private static Posterior join(List<Posterior> chunks) {
        int cells = chunks.stream().mapToInt(Posterior::size).sum();
        int edges = chunks.stream().mapToInt(chunk -> chunk.number.length).sum();
        Posterior all = new Posterior(new int[cells + 1], new int[edges], new double[edges], new double[cells]);
        int cell = 0;
        int edge = 0;
        for (Posterior chunk : chunks) {
            System.arraycopy(chunk.number, 0, all.number, edge, chunk.number.length);
            System.arraycopy(chunk.probability, 0, all.probability, edge, chunk.number.length);
            System.arraycopy(chunk.none, 0, all.none, cell, chunk.size());
            for (int i = 0; i < chunk.size(); i++) {
                all.start[cell + i] = edge + chunk.start[i];
            }
            cell += chunk.size();
            edge += chunk.number.length;
        }
        all.start[cells] = edge;
        return all;
    }

    /// Some of the cells, in the order that they are given in.
    Posterior of(int[] cells) {
        int edges = 0;
        for (int cell : cells) {
            edges += start[cell + 1] - start[cell];
        }
        Posterior some = new Posterior(new int[cells.length + 1], new int[edges], new double[edges],
                new double[cells.length]);
        int at = 0;
        for (int i = 0; i < cells.length; i++) {
            int from = start[cells[i]];
            int count = start[cells[i] + 1] - from;
            System.arraycopy(number, from, some.number, at, count);
            System.arraycopy(probability, from, some.probability, at, count);
            some.none[i] = none[cells[i]];
            at += count;
            some.start[i + 1] = at;
        }
        return some;
    }
}
