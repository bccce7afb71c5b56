/// What the graph knows about voxels: which supervoxel is at a position
/// ([SupervoxelVolume][org.neuropil.graph.voxels.SupervoxelVolume]), and how a supervoxel is cut in two. Positions are
/// nanometres in the frame of the supervoxel volume; it knows neither nodes above supervoxels nor where rows are kept.
@NullMarked
package org.neuropil.graph.voxels;

import org.jspecify.annotations.NullMarked;
