/// Where bytes lie: a tiny key-value interface over folders, web servers, S3 and Google Cloud Storage. It knows nothing of
/// voxels; of the other packages it uses `codec`, for what servers keep compressed.
@NullMarked
package org.neuropil.volume.store;

import org.jspecify.annotations.NullMarked;
