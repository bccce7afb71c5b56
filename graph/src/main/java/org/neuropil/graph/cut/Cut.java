package org.neuropil.graph.cut;

/// A cut that parts the sources from the sinks.
///
/// @param edges the edges to remove, as numbers in the local graph, ascending
/// @param a smaller end (unsigned) of each removed edge, in the order of (a, b); edges between the same two supervoxels
///        appear once
/// @param b larger end of each
/// @param value sum of the affinities of all edges to remove
/// @param sourceSide supervoxels that stay joined to the sources by edges of the local graph, ascending (unsigned)
/// @param sinkSide supervoxels that stay joined to the sinks, ascending (unsigned)
public record Cut(int[] edges, long[] a, long[] b, double value, long[] sourceSide, long[] sinkSide) {}
