/// The services of CAVE that a dataset can answer, on their paths and with their shapes, so that unmodified clients
/// (caveclient, CloudVolume, Neuroglancer) work: the chunked graph, its meshes, and what a client asks to find these. A
/// class for each group of endpoints. It may use `graph`, `morphology`, `volume` and `http`; it knows nothing of Jetty.
@NullMarked
package org.neuropil.server.cave;

import org.jspecify.annotations.NullMarked;
