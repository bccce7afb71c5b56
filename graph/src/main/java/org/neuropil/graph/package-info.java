/// The proofreading graph: supervoxels, the edges between them, and what people made of both. It may use `space`,
/// `volume`, `pipeline` and `segment`; it knows neither annotations nor HTTP. So far: where to cut (sub-package `cut`).
@NullMarked
package org.neuropil.graph;

import org.jspecify.annotations.NullMarked;
