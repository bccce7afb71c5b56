package org.neuropil.circuits.graph;

/// Which ordered pairs of vertices are alike: by the types of both, by their distance, or by anything else that a null model
/// is to keep. Pairs that could not be connected in what was measured, for their axon or dendrite is not complete, are in
/// none.
public interface Strata {
    /// All pairs are alike.
    Strata ALL = new Strata() {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public int of(int from, int to) {
            return 0;
        }
    };

    /// Number of strata.
    int count();

    /// Stratum of a pair of different vertices, from 0; negative if the pair is not testable. It must be the same every
    /// time, and is asked from several threads.
    int of(int from, int to);

    /// Pairs by the types of both: `type(from) * types + type(to)`.
    ///
    /// @param types of each vertex, from 0; negative to leave a vertex out
    static Strata ofTypes(int[] types) {
        int most = 0;
        for (int type : types) {
            most = Math.max(most, type + 1);
        }
        int number = most;
        int[] own = types.clone();
        return new Strata() {
            @Override
            public int count() {
                return Math.multiplyExact(number, number);
            }

            @Override
            public int of(int from, int to) {
                return own[from] < 0 || own[to] < 0 ? -1 : own[from] * number + own[to];
            }
        };
    }

    /// Pairs by the distance between both, in bins of the same width; what is farther than all bins is in the last.
    ///
    /// @param positions coordinates of each vertex, any number of axes: of the lateral plane for lateral distances
    /// @param width of a bin, in the unit of the positions; above 0
    /// @param bins at least 1
    static Strata ofDistance(double[][] positions, double width, int bins) {
        if (!(width > 0) || bins < 1) {
            throw new IllegalArgumentException(bins + " bins of " + width);
        }
        double[][] own = positions.clone();
        return new Strata() {
            @Override
            public int count() {
                return bins;
            }

            @Override
            public int of(int from, int to) {
                double sum = 0;
                for (int axis = 0; axis < own[from].length; axis++) {
                    double difference = own[from][axis] - own[to][axis];
                    sum += difference * difference;
                }
                return (int) Math.min(bins - 1, Math.sqrt(sum) / width);
            }
        };
    }

    /// Pairs that are alike in both ways.
    default Strata and(Strata other) {
        Strata one = this;
        return new Strata() {
            @Override
            public int count() {
                return Math.multiplyExact(one.count(), other.count());
            }

            @Override
            public int of(int from, int to) {
                int a = one.of(from, to);
                int b = a < 0 ? a : other.of(from, to);
                return b < 0 ? b : a * other.count() + b;
            }
        };
    }
}
