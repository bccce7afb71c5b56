package org.neuropil.circuits.animals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.neuropil.circuits.match.WeightedEdges;

/// For every ordered pair of cells that is connected in at least one animal: in how many, and how strongly.
///
/// @param animals their number
/// @param rows by number of the first cell, then of the second
public record Consistency(int animals, List<Row> rows) {
    /// Two cells.
    ///
    /// @param from number of the first cell
    /// @param to number of the second
    /// @param weights of the connection in each animal; 0 if it has none, NaN if it lacks one of the cells
    public record Row(int from, int to, List<Double> weights) {
        /// Copies the list.
        public Row {
            weights = List.copyOf(weights);
        }

        /// Number of animals that have the connection.
        public int present() {
            return (int) weights.stream().filter(weight -> weight > 0).count();
        }

        /// Number of animals that have both cells.
        public int possible() {
            return (int) weights.stream().filter(weight -> weight >= 0).count();
        }

        /// Mean weight in those animals that have the connection.
        public double mean() {
            return weights.stream().filter(weight -> weight > 0).mapToDouble(Double::doubleValue).average()
                    .orElseThrow();
        }
    }

    /// Copies the list.
    public Consistency {
        rows = List.copyOf(rows);
    }

    /// Counts.
    ///
    /// @param animals each among the same cells
    /// @throws IllegalArgumentException if numbers of cells differ
    public static Consistency of(List<Animal> animals) {
        int cells = animals.isEmpty() ? 0 : animals.getFirst().edges().rows();
        for (Animal animal : animals) {
            if (animal.edges().rows() != cells) {
                throw new IllegalArgumentException(animal.edges() + " in one animal, " + cells + " cells in another");
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int from = 0; from < cells; from++) {
            for (int to : targets(animals, from)) {
                List<Double> weights = new ArrayList<>();
                for (Animal animal : animals) {
                    int edge = animal.edges().find(from, to);
                    boolean both = animal.has(from) && animal.has(to);
                    weights.add(edge >= 0 ? animal.edges().weight(edge) : both ? 0 : Double.NaN);
                }
                rows.add(new Row(from, to, weights));
            }
        }
        return new Consistency(animals.size(), rows);
    }

    /// All that a cell leads to in any animal, ascending.
    private static int[] targets(List<Animal> animals, int from) {
        return animals.stream().map(Animal::edges).flatMapToInt(edges -> targets(edges, from)).sorted().distinct()
                .toArray();
    }

    private static IntStream targets(WeightedEdges edges, int from) {
        return IntStream.range(edges.start(from), edges.start(from + 1)).map(edges::target);
    }

    /// Those rows whose cells all animals have.
    public List<Row> complete() {
        return rows.stream().filter(row -> row.possible() == animals).toList();
    }

    /// Of the complete rows, how many connections exactly so many animals have: place k - 1 for k animals.
    public int[] histogram() {
        int[] histogram = new int[animals];
        for (Row row : complete()) {
            histogram[row.present() - 1]++;
        }
        return histogram;
    }

    /// How well a connection of some weight in one animal tells that another animal has it.
    ///
    /// @param least weight in the one animal
    /// @param below the weight is below this
    /// @param connections number of connections of such weight, of all animals, whose cells another animal has, too; each once
    ///     for each such other animal
    /// @param found of those, how many the other animal has
    public record ByWeight(double least, double below, long connections, long found) {
        /// Share that the other animal has; NaN if there are no connections.
        public double share() {
            return connections == 0 ? Double.NaN : (double) found / connections;
        }
    }

    /// Tells for classes of weights how often other animals have a connection.
    ///
    /// @param bounds ascending; a class begins at each, the last one has no end
    public List<ByWeight> byWeight(double... bounds) {
        long[] connections = new long[bounds.length];
        long[] found = new long[bounds.length];
        for (Row row : rows) {
            int present = row.present();
            for (double weight : row.weights()) {
                int at = Arrays.binarySearch(bounds, weight);
                int k = at >= 0 ? at : -at - 2;
                if (weight > 0 && k >= 0) {
                    connections[k] += row.possible() - 1;
                    found[k] += present - 1;
                }
            }
        }
        List<ByWeight> classes = new ArrayList<>();
        for (int k = 0; k < bounds.length; k++) {
            classes.add(new ByWeight(bounds[k], k + 1 < bounds.length ? bounds[k + 1] : Double.POSITIVE_INFINITY,
                    connections[k], found[k]));
        }
        return classes;
    }
}
