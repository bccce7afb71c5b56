/// The shape of cells: surfaces of segments (sub-package `mesh`), the stage that makes them of a segmentation,
/// [MeshStage], and meshes of the nodes of a proofreading graph on demand (sub-package `level2`). It may use `space`,
/// `volume`, `pipeline` and `graph`; it knows nothing of HTTP or of who looks at the shapes.
@NullMarked
package org.neuropil.morphology;

import org.jspecify.annotations.NullMarked;
