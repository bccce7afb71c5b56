package org.neuropil.phantom.circuit;

/// Cells of a circuit, by number: neurons first, then cells that are none. All arrays have one number a cell.
///
/// @param neurons how many are neurons
/// @param type index into [Tissue#types]
/// @param label the type that tables give it, which may be wrong
/// @param x of the soma, oriented µm
/// @param y depth of the soma below the pia, µm
/// @param z of the soma, oriented µm
/// @param volume of the nucleus, µm³
/// @param nucleus its id, six digits, in no order
/// @param weight of its axon: how many synapses it makes, relative to others of its type; mean 1
/// @param root of its soma as it is seen; merged cells share one
public record Cells(int neurons, byte[] type, byte[] label, float[] x, float[] y, float[] z, float[] volume,
        long[] nucleus, float[] weight, long[] root) {
    /// How many there are.
    public int count() {
        return type.length;
    }

    /// Distance of two somata across the column, µm.
    public double lateral(int one, int other) {
        double dx = x[one] - x[other];
        double dz = z[one] - z[other];
        return Math.sqrt(dx * dx + dz * dz);
    }
}
