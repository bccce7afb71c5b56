package org.neuropil.circuits.size;

import org.hipparchus.distribution.continuous.TDistribution;
import org.neuropil.circuits.wiring.Connections;
import org.neuropil.circuits.wiring.Synapses;

/// How alike the sizes of the two synapses of a dual connection are. A rule by which both ends learn makes them alike; but so
/// does an axon or a dendrite whose synapses are all large. Log sizes are taken as a sum of what the axon, the dendrite, and
/// the connection bring, and noise; so the covariance of two synapses is the axon's variance if they share the axon alone, the
/// dendrite's if they share the dendrite alone, and these two and the connection's if they share both. What is tested is the
/// rest: `excess = (cov_dual - cov_axon - cov_dendrite) / variance`, with an error by leaving out one axon at a time. (The
/// comparison of same axon and same dendrite pairs is that of Bartol et al. 2015; reference section F6.)
///
/// @param synapses that have a size above 0
/// @param dual connections of two such synapses and no more
/// @param axons with synapses
/// @param variance of log sizes
/// @param dualCorrelation of the two of a dual connection: covariance over variance; NaN if there is none
/// @param axonCorrelation of two of one axon onto two cells
/// @param dendriteCorrelation of two of two axons onto one cell
/// @param excess what is beyond both
/// @param error its standard error; NaN with fewer than two axons that have dual connections
/// @param low lower end of its 95 % interval
/// @param high upper end
/// @param p two-sided, by Student's distribution with one less degree of freedom than axons with dual connections
public record DualSizes(int synapses, int dual, int axons, double variance, double dualCorrelation,
        double axonCorrelation, double dendriteCorrelation, double excess, double error, double low, double high,
        double p) {
    private static final double LEVEL = 0.975;

    /// Measures them.
    ///
    /// @param cells how many cells the synapses are numbered by
    public static DualSizes of(Connections connections, int cells) {
        Synapses all = connections.synapses();
        int n = all.count();
        double[] x = new double[n];
        int sized = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            x[i] = all.size()[i] > 0 ? Math.log(all.size()[i]) : Double.NaN;
            if (!Double.isNaN(x[i])) {
                sum += x[i];
                sized++;
            }
        }
        return new Sums(connections, x, sum / sized, cells).measured(sized);
    }

    /// Sums from which a covariance is had with or without an axon.
    private static final class Sums {
        private final Connections connections;
        private final double[] x;
        private final int cells;
        private final double mean;
        private final double dualMean;
        private final int dual;
        // Of all axons, and of each: squares, synapses; products of dual pairs; products of pairs of one axon onto two cells.
        private double squares;
        private long count;
        private final double[] ownSquares;
        private final long[] ownCount;
        private final double[] dualProducts;
        private final int[] duals;
        private double axonProducts;
        private long axonPairs;
        private final double[] ownAxonProducts;
        private final long[] ownAxonPairs;
        // Of each cell that gets synapses: sum of values, sum of squared sums of its connections, likewise of numbers.
        private final double[] sums;
        private final double[] sumSquares;
        private final long[] numbers;
        private final long[] numberSquares;

        Sums(Connections connections, double[] x, double mean, int cells) {
            this.connections = connections;
            this.x = x;
            this.mean = mean;
            this.cells = cells;
            ownSquares = new double[cells];
            ownCount = new long[cells];
            dualProducts = new double[cells];
            duals = new int[cells];
            ownAxonProducts = new double[cells];
            ownAxonPairs = new long[cells];
            sums = new double[cells];
            sumSquares = new double[cells];
            numbers = new long[cells];
            numberSquares = new long[cells];
            // Dual synapses are larger than others on the whole: that alone is no likeness of the two.
            double total = 0;
            int found = 0;
            for (int k = 0; k < connections.size(); k++) {
                if (isDual(k)) {
                    total += x[connections.first(k)] + x[connections.first(k) + 1];
                    found++;
                }
            }
            dual = found;
            dualMean = total / (2.0 * found);
            add();
        }

        private boolean isDual(int k) {
            int i = connections.first(k);
            return connections.synapses(k) == 2 && !Double.isNaN(x[i]) && !Double.isNaN(x[i + 1]);
        }

        private void add() {
            int k = 0;
            while (k < connections.size()) {
                int axon = connections.from(k);
                double axonSum = 0;
                double axonSquares = 0;
                long axonNumber = 0;
                long axonNumberSquares = 0;
                for (; k < connections.size() && connections.from(k) == axon; k++) {
                    double part = 0;
                    int number = 0;
                    for (int i = connections.first(k); i < connections.first(k) + connections.synapses(k); i++) {
                        if (!Double.isNaN(x[i])) {
                            double value = x[i] - mean;
                            part += value;
                            ownSquares[axon] += value * value;
                            number++;
                        }
                    }
                    ownCount[axon] += number;
                    axonSum += part;
                    axonSquares += part * part;
                    axonNumber += number;
                    axonNumberSquares += (long) number * number;
                    int to = connections.to(k);
                    sums[to] += part;
                    sumSquares[to] += part * part;
                    numbers[to] += number;
                    numberSquares[to] += (long) number * number;
                    if (isDual(k)) {
                        int i = connections.first(k);
                        dualProducts[axon] += (x[i] - dualMean) * (x[i + 1] - dualMean);
                        duals[axon]++;
                    }
                }
                ownAxonProducts[axon] = (axonSum * axonSum - axonSquares) / 2;
                ownAxonPairs[axon] = (axonNumber * axonNumber - axonNumberSquares) / 2;
                axonProducts += ownAxonProducts[axon];
                axonPairs += ownAxonPairs[axon];
                squares += ownSquares[axon];
                count += ownCount[axon];
            }
        }

        DualSizes measured(int sized) {
            double products = 0;
            double dendriteProducts = 0;
            long dendritePairs = 0;
            for (int c = 0; c < cells; c++) {
                products += dualProducts[c];
                dendriteProducts += (sums[c] * sums[c] - sumSquares[c]) / 2;
                dendritePairs += (numbers[c] * numbers[c] - numberSquares[c]) / 2;
            }
            double variance = squares / count;
            double excess = excess(products, dual, axonProducts, axonPairs, dendriteProducts, dendritePairs, variance);
            int axons = 0;
            int withDual = 0;
            double[] left = new double[cells];
            double leftSum = 0;
            int k = 0;
            while (k < connections.size()) {
                int axon = connections.from(k);
                double products2 = dendriteProducts;
                long pairs2 = dendritePairs;
                int begin = k;
                for (; k < connections.size() && connections.from(k) == axon; k++) {
                    double part = 0;
                    int number = 0;
                    for (int i = connections.first(k); i < connections.first(k) + connections.synapses(k); i++) {
                        if (!Double.isNaN(x[i])) {
                            part += x[i] - mean;
                            number++;
                        }
                    }
                    // A connection is the only one of its axon onto the cell, so what leaves is its part times the rest.
                    int to = connections.to(k);
                    products2 -= part * (sums[to] - part);
                    pairs2 -= number * (numbers[to] - number);
                }
                axons += k > begin ? 1 : 0;
                if (duals[axon] > 0) {
                    left[withDual] = excess(products - dualProducts[axon], dual - duals[axon],
                            axonProducts - ownAxonProducts[axon], axonPairs - ownAxonPairs[axon], products2, pairs2,
                            (squares - ownSquares[axon]) / (count - ownCount[axon]));
                    leftSum += left[withDual++];
                }
            }
            double deviations = 0;
            for (int i = 0; i < withDual; i++) {
                deviations += (left[i] - leftSum / withDual) * (left[i] - leftSum / withDual);
            }
            double error = withDual < 2 ? Double.NaN : Math.sqrt(deviations * (withDual - 1) / withDual);
            double t = Double.isNaN(error) ? Double.NaN : student(withDual - 1).inverseCumulativeProbability(LEVEL);
            double p = Double.isNaN(error) || Double.isNaN(excess)
                    ? Double.NaN
                    : Math.min(1, 2 * student(withDual - 1).cumulativeProbability(-Math.abs(excess / error)));
            return new DualSizes(sized, dual, axons, variance, products / dual / variance,
                    axonProducts / axonPairs / variance, dendriteProducts / dendritePairs / variance, excess, error,
                    excess - t * error, excess + t * error, p);
        }

        private static TDistribution student(int freedom) {
            return new TDistribution(freedom);
        }

        /// A covariance without pairs is taken for none: there is nothing to be subtracted.
        private static double excess(double dualProducts, int dual, double axonProducts, long axonPairs,
                double dendriteProducts, long dendritePairs, double variance) {
            double axon = axonPairs == 0 ? 0 : axonProducts / axonPairs;
            double dendrite = dendritePairs == 0 ? 0 : dendriteProducts / dendritePairs;
            return (dualProducts / dual - axon - dendrite) / variance;
        }
    }
}
