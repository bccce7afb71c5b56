package org.neuropil.circuits.wiring;

import java.util.List;

/// Who makes synapses onto whom, type by type: counts, the share of pairs that could have been found connected, and how
/// types spend their outputs and come by their inputs. Only synapses that can be counted are in it.
///
/// @param types of cells; rows and columns of all matrices, the type that makes synapses first
/// @param axons cells of each type whose axon is counted
/// @param dendrites cells of each type onto which synapses are counted
/// @param synapses from type to type
/// @param connections ordered pairs of cells that have any
/// @param testable ordered pairs that could have been found connected
/// @param size summed sizes of the synapses; NaN if some have none
@SuppressWarnings("ArrayRecordComponent") // matrices, which nobody compares
public record TypeMatrix(List<CellType> types, int[] axons, int[] dendrites, long[][] synapses, long[][] connections,
        long[][] testable, double[][] size) {
    /// Copies the list.
    public TypeMatrix {
        types = List.copyOf(types);
    }

    /// Counts.
    public static TypeMatrix of(Wiring wiring) {
        Cells cells = wiring.cells();
        int n = cells.types().size();
        int[] axons = new int[n];
        int[] dendrites = new int[n];
        int[] both = new int[n];
        for (int i = 0; i < cells.size(); i++) {
            int type = cells.type()[i];
            axons[type] += cells.axon()[i] ? 1 : 0;
            dendrites[type] += cells.dendrite()[i] ? 1 : 0;
            both[type] += cells.axon()[i] && cells.dendrite()[i] ? 1 : 0;
        }
        long[][] testable = new long[n][n];
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                testable[a][b] = (long) axons[a] * dendrites[b] - (a == b ? both[a] : 0);
            }
        }
        long[][] synapses = new long[n][n];
        long[][] found = new long[n][n];
        double[][] size = new double[n][n];
        Connections connections = wiring.connections();
        for (int k = 0; k < connections.size(); k++) {
            int a = cells.type()[connections.from(k)];
            int b = cells.type()[connections.to(k)];
            found[a][b]++;
            synapses[a][b] += connections.synapses(k);
            size[a][b] += connections.size(k);
        }
        return new TypeMatrix(cells.types(), axons, dendrites, synapses, found, testable, size);
    }

    /// Share of the testable pairs that are connected.
    public Proportion probability(int from, int to) {
        return Proportion.of(connections[from][to], testable[from][to]);
    }

    /// Share of the synapses that a type makes onto all types here; NaN if it makes none.
    public double outputBudget(int from, int to) {
        long all = 0;
        for (long one : synapses[from]) {
            all += one;
        }
        return all == 0 ? Double.NaN : (double) synapses[from][to] / all;
    }

    /// Share of the synapses that a type gets from all types here; NaN if it gets none. Types with more proofread axons have
    /// more of it.
    public double inputBudget(int from, int to) {
        long all = 0;
        for (long[] row : synapses) {
            all += row[to];
        }
        return all == 0 ? Double.NaN : (double) synapses[from][to] / all;
    }
}
