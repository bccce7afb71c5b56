/// Bytes of one chunk and back: gzip and Neuroglancer's compressed_segmentation. Pure functions over primitive arrays
/// that never trust a length from the bytes; they use the JDK and `space`, and know nothing of files or keys.
@NullMarked
package org.neuropil.volume.codec;

import org.jspecify.annotations.NullMarked;
