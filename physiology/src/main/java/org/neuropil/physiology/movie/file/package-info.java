/// Traces, masks and movies in files.
@NullMarked
package org.neuropil.physiology.movie.file;

import org.jspecify.annotations.NullMarked;
