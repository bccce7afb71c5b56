/// Times tables of synapses as large as those of a cubic millimetre: how fast they come in, what they take, and how fast
/// questions are answered; beside plain DuckDB over the same files. May use `tables`; nothing may use it.
@org.jspecify.annotations.NullMarked
package org.neuropil.bench.tables;
