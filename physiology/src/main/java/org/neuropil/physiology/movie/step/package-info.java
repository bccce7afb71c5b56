/// Steps from fluorescence to events on whole tables of traces, as command line and HTTP call them.
@NullMarked
package org.neuropil.physiology.movie.step;

import org.jspecify.annotations.NullMarked;
