package org.neuropil.circuits.animals;

import org.neuropil.circuits.match.WeightedEdges;

/// The wiring of one animal among the cells of all.
///
/// @param name of the animal
/// @param edges among all cells
/// @param known for each cell whether the animal has it; an edge says so for both its ends
public record Animal(String name, WeightedEdges edges, boolean[] known) {
    /// @throws IllegalArgumentException if numbers of cells do not agree
    public Animal {
        if (edges.rows() != edges.columns() || edges.rows() != known.length) {
            throw new IllegalArgumentException(edges + ", " + known.length + " known");
        }
        known = known.clone();
        for (int from = 0; from < edges.rows(); from++) {
            for (int e = edges.start(from); e < edges.start(from + 1); e++) {
                known[from] = true;
                known[edges.target(e)] = true;
            }
        }
    }

    /// An animal of which those cells are known that have an edge.
    public static Animal of(String name, WeightedEdges edges) {
        return new Animal(name, edges, new boolean[edges.rows()]);
    }

    /// Whether the animal has a cell.
    public boolean has(int cell) {
        return known[cell];
    }

    /// For each cell whether the animal has it.
    @Override
    public boolean[] known() {
        return known.clone();
    }
}
