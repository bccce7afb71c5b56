/// The shape of cells: surfaces of segments (sub-package `mesh`) and the stage that makes them of a segmentation,
/// [MeshStage]. It may use `space`, `volume` and `pipeline`; it knows nothing of HTTP or of who looks at the shapes.
@NullMarked
package org.neuropil.morphology;

import org.jspecify.annotations.NullMarked;
