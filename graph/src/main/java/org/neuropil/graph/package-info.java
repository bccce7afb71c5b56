/// The proofreading graph: supervoxels, the edges between them, and what people made of both. It may use `space`,
/// `volume`, `pipeline` and `segment`; it knows neither annotations nor HTTP.
///
/// [Graph] is the interface. Sub-packages: `ingest` makes the graph's base, `base` reads it, `store` keeps rows, `live` is
/// the graph that people edit, `cut` finds where to cut, `voxels` knows where supervoxels lie and cuts them, `history` tells
/// of the past.
@NullMarked
package org.neuropil.graph;

import org.jspecify.annotations.NullMarked;
