/// Motifs, null models and regressions of graphs and rows out of files, for what is held against other programs. May use
/// `circuits`; nothing may use it.
@org.jspecify.annotations.NullMarked
package org.neuropil.bench.circuits;
