/// Wiring out of text files: edge lists with names or ids of cells. May use `circuits.match`.
@NullMarked
package org.neuropil.circuits.match.file;

import org.jspecify.annotations.NullMarked;
