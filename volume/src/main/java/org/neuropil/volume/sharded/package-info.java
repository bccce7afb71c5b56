/// Neuroglancer's sharded format (`neuroglancer_uint64_sharded_v1`): many values under 64-bit keys in few files, each
/// value read by itself. Volumes, meshes, skeletons and annotations can lie in it; this package knows none of them. It
/// uses `store`, gzip from `codec` and Jackson.
@NullMarked
package org.neuropil.volume.sharded;

import org.jspecify.annotations.NullMarked;
