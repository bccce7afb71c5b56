/// The graph that people edit: what ingest left, and rows of a store for everything since. May use
/// [org.neuropil.graph.base], [org.neuropil.graph.store], [org.neuropil.graph.cut] and [org.neuropil.graph.voxels].
///
/// Reads fix a moment and ignore what is later ([Snapshot] over [Overlay]). Edits are drafted on a snapshot
/// ([Draft], [Hierarchy]) and take effect by one row appended to the log ([Journal]); all other rows follow from it.
/// Ids here are below 2^63, since a graph has at most 32 layers: so signed order is unsigned order.
@NullMarked
package org.neuropil.graph.live;

import org.jspecify.annotations.NullMarked;
