/// Where things are: lattice points and boxes, voxel sizes, chunk grids. Everything here is an immutable value that
/// knows nothing of files, images or cells, and uses nothing but the JDK. Voxel coordinates are integers and boxes are
/// half-open; nanometres are the interchange frame. It also holds [InputException], the one way in which every module
/// above says that something given by a user cannot be used.
@NullMarked
package org.neuropil.space;

import org.jspecify.annotations.NullMarked;
