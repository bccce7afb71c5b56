/// Triangle meshes: marching cubes over labels, welding of block pieces, smoothing, simplification, and Neuroglancer's
/// multi-resolution Draco format. Everything but the format is a pure function of primitive arrays.
@NullMarked
package org.neuropil.morphology.mesh;

import org.jspecify.annotations.NullMarked;
