/// Wiring as a graph: cells as vertices 0 to n - 1, connections as directed edges, in compressed sparse rows; counts of
/// motifs, and graphs drawn from null models that keep something of it. Pure functions of arrays; it knows no tables, files
/// or cells. It may use `volume` for its threads.
@NullMarked
package org.neuropil.circuits.graph;

import org.jspecify.annotations.NullMarked;
