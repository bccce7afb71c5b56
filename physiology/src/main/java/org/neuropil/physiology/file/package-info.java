/// Sessions in files of any kind: a folder of them as a whole, what is skipped with it, and the kinds that need little: MATLAB,
/// NumPy and CSV.
@NullMarked
package org.neuropil.physiology.file;

import org.jspecify.annotations.NullMarked;
