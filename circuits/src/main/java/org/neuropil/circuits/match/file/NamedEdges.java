package org.neuropil.circuits.match.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.neuropil.circuits.match.Sides;
import org.neuropil.circuits.match.WeightedEdges;

/// Edges between cells that have names, or ids, each pair once.
public final class NamedEdges {
    private final Map<Ends, Double> weights;

    /// Where an edge begins and ends.
    private record Ends(String from, String to) {}

    private NamedEdges(Map<Ends, Double> weights) {
        this.weights = weights;
    }

    /// Rows of a file, of which those of the same two cells are added up.
    static final class Builder {
        private final Map<Ends, Double> weights = new HashMap<>();

        void add(String from, String to, double weight) {
            weights.merge(new Ends(from, to), weight, Double::sum);
        }

        NamedEdges build() {
            return new NamedEdges(weights);
        }
    }

    /// Number of edges.
    public int edges() {
        return weights.size();
    }

    /// All names, sorted.
    public List<String> cells() {
        TreeSet<String> names = new TreeSet<>();
        for (Ends ends : weights.keySet()) {
            names.add(ends.from);
            names.add(ends.to);
        }
        return List.copyOf(names);
    }

    /// Those edges that lead from one list of cells to another; all others are left out.
    ///
    /// @param from names, each once; their places are the rows
    /// @param to names, each once; their places are the columns
    public WeightedEdges between(List<String> from, List<String> to) {
        Map<String, Integer> row = places(from);
        Map<String, Integer> column = places(to);
        List<Ends> found = new ArrayList<>();
        for (Ends ends : weights.keySet()) {
            if (row.containsKey(ends.from) && column.containsKey(ends.to)) {
                found.add(ends);
            }
        }
        int[] begins = found.stream().mapToInt(ends -> row.getOrDefault(ends.from, -1)).toArray();
        int[] stops = found.stream().mapToInt(ends -> column.getOrDefault(ends.to, -1)).toArray();
        double[] weight = found.stream().mapToDouble(ends -> weights.getOrDefault(ends, 0.0)).toArray();
        return WeightedEdges.of(from.size(), to.size(), begins, stops, weight);
    }

    /// The wiring of two sides, out of one list that has both.
    ///
    /// @param left names of the left cells, each once
    /// @param right names of the right cells, each once
    public Sides sides(List<String> left, List<String> right) {
        return new Sides(between(left, left), between(right, right), between(left, right), between(right, left));
    }

    private static Map<String, Integer> places(Collection<String> names) {
        Map<String, Integer> places = new HashMap<>();
        for (String name : names) {
            if (places.put(name, places.size()) != null) {
                throw new IllegalArgumentException("cell " + name + " is there twice");
            }
        }
        return places;
    }
}
