/// Circuits that never were, in memory: cells, arbours, synapses, tuning and what people would see of them, with the truth
/// beside. Pure functions of a plan and a seed; no files. Lengths are micrometres in the dataset's oriented frame (y is the
/// depth below the pia) unless a name says nm. Of `tables` it uses the published frames alone.
@NullMarked
package org.neuropil.phantom.circuit;

import org.jspecify.annotations.NullMarked;
