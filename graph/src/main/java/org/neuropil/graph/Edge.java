package org.neuropil.graph;

/// An edge between two supervoxels.
///
/// @param a the smaller id (unsigned)
/// @param b the larger id
/// @param affinity see [org.neuropil.graph.base.EdgeTable]
/// @param area voxel faces
public record Edge(long a, long b, float affinity, long area) {}
