/// Which imaged cell is which nucleus: error model and match probability, one-to-one assignment, agreement with matches
/// that are known. All lengths are micrometres of EM. Knows no files.
@NullMarked
package org.neuropil.coregister.match;

import org.jspecify.annotations.NullMarked;
