/// Where the rows of a graph are kept: in memory, in RocksDB inside the dataset's folder, or in Bigtable for several
/// servers over one graph. Knows keys and values, nothing of graphs.
@NullMarked
package org.neuropil.graph.store;

import org.jspecify.annotations.NullMarked;
