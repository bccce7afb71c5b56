/// Neuroglancer's precomputed volumes, unsharded, over any [org.neuropil.volume.store.Store]: the `info` file and the
/// chunks. It may use `codec`, `store` and Jackson.
@NullMarked
package org.neuropil.volume.precomputed;

import org.jspecify.annotations.NullMarked;
