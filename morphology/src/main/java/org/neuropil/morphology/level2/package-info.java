/// Meshes of the nodes of the proofreading graph, made when somebody looks: a piece for each layer-2 node, pieces of
/// higher nodes joined of theirs, and the manifest that tells a viewer which pieces a root has.
@NullMarked
package org.neuropil.morphology.level2;

import org.jspecify.annotations.NullMarked;
