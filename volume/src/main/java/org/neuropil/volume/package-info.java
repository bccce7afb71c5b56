/// Voxels: typed blocks of primitive arrays (x fastest), chunked multi-resolution volumes, the stores that hold their
/// bytes, and in sub-packages the codecs, the formats (precomputed, section stacks) and the block kernels. It may use
/// `space` and libraries for image formats; it knows nothing of neurons, jobs or datasets.
@NullMarked
package org.neuropil.volume;

import org.jspecify.annotations.NullMarked;
