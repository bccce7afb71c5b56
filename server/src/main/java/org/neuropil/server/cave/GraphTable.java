package org.neuropil.server.cave;

import org.neuropil.graph.Graph;

/// A graph as it is served.
///
/// @param name in paths: that of the dataset, or of a past state of it
/// @param graph answers
/// @param supervoxels its voxels
/// @param meshes of its nodes
public record GraphTable(String name, Graph graph, Supervoxels supervoxels, NodeMeshes meshes) {}
