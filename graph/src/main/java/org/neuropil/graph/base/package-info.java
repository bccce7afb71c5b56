/// The graph as ingest left it: rows of a layer-2 chunk that are written once and never change. May use
/// [org.neuropil.graph.store] and [org.neuropil.graph.NodeIds].
@NullMarked
package org.neuropil.graph.base;

import org.jspecify.annotations.NullMarked;
