/// Bytes of one chunk and back: gzip, zlib, zstd, Blosc, LZ4, CRC-32C, plain voxels, PNG, JPEG, Compresso,
/// Crackle and Neuroglancer's compressed_segmentation. Pure functions over primitive arrays that never trust a length from the bytes;
/// they use the JDK, `space`, blocks and libraries of compressors, and know nothing of files or keys.
@NullMarked
package org.neuropil.volume.codec;

import org.jspecify.annotations.NullMarked;
