/// What `bench/graph` runs: a made-up world of supervoxels of any size, its ingest, and the timing of root lookups and
/// edits in it.
@NullMarked
package org.neuropil.bench.graph;

import org.jspecify.annotations.NullMarked;
