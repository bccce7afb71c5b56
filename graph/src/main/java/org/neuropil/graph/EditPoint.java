package org.neuropil.graph;

/// A point that a proofreader set.
///
/// @param node what was clicked: the supervoxel, or any node above it, as viewers that pick on a mesh send it
/// @param x position in nm, in the frame of the supervoxel volume
/// @param y position in nm
/// @param z position in nm
public record EditPoint(long node, double x, double y, double z) {}
