/// Where bytes lie: a tiny key-value interface over folders (and, later, HTTP and object stores). It knows nothing of
/// voxels.
@NullMarked
package org.neuropil.volume.store;

import org.jspecify.annotations.NullMarked;
