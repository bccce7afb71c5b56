/// From a movie to what a cell did: masks to fluorescence, demixing, neuropil, dF/F, noise, events, signal to noise, and cells
/// that two planes show. Each step is a function of arrays that can be called by itself; a trace has a value a frame, and NaN
/// stands for a frame that is missing. [docs/traces.md] has the definitions in one place.
@NullMarked
package org.neuropil.physiology.movie;

import org.jspecify.annotations.NullMarked;
