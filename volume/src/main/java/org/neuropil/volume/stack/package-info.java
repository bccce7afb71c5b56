/// Stacks of section images: folders of grey PNG or TIFF files in the order of their numbers. Whatever is wrong with a
/// stack is said here, naming the file. It may use TwelveMonkeys for TIFF; PNG is read and written by its own code, so
/// that a damaged file is always noticed and no intensity is ever changed by colour management.
@NullMarked
package org.neuropil.volume.stack;

import org.jspecify.annotations.NullMarked;
