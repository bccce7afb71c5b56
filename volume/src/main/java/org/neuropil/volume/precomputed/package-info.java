/// Neuroglancer's precomputed volumes, in files or shards, over any [org.neuropil.volume.store.Store]: the `info` file
/// and the chunks. It may use `codec`, `sharded`, `store` and Jackson.
@NullMarked
package org.neuropil.volume.precomputed;

import org.jspecify.annotations.NullMarked;
