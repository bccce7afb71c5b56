/// Makes the graph's base from supervoxels and edges, per chunk and then per cell of the layers above, as block jobs. May
/// use [org.neuropil.graph.base], [org.neuropil.graph.store] and what the module may use.
@NullMarked
package org.neuropil.graph.ingest;

import org.jspecify.annotations.NullMarked;
