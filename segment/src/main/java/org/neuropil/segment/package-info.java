/// Images to cells: boundary evidence, watershed supervoxels, the region graph, agglomeration, and how good the result
/// is. It may use `space`, `volume` and `pipeline`; it does not know alignment, detection or the proofreading graph,
/// whose input format (supervoxel ids, edges per chunk) it writes.
@NullMarked
package org.neuropil.segment;

import org.jspecify.annotations.NullMarked;
