package org.neuropil.graph.voxels;

/// What a cut makes of a supervoxel: a piece of it that faces of its voxels hold together, all on one side.
///
/// @param number in the cut, from 1 on
/// @param whole the supervoxel that it is of
/// @param side where it is
/// @param voxels how many it has
public record Fragment(int number, long whole, Side side, long voxels) {}
