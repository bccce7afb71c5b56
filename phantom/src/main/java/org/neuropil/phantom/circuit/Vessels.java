package org.neuropil.phantom.circuit;

/// Points along vessels, one number a point in each array.
///
/// @param vessel number of the vessel, from 0
/// @param x oriented µm
/// @param y depth, µm
/// @param z oriented µm
/// @param radius µm
public record Vessels(int[] vessel, float[] x, float[] y, float[] z, float[] radius) {
    /// How many points.
    public int count() {
        return vessel.length;
    }
}
