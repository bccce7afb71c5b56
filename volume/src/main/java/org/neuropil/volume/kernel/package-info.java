/// Block kernels: pure functions from blocks to blocks, plain loops over primitive arrays. They use `volume` and `space`
/// and know nothing of files.
@NullMarked
package org.neuropil.volume.kernel;

import org.jspecify.annotations.NullMarked;
