package org.neuropil.circuits.wiring;

/// A type of cells.
///
/// @param name as the table of types has it
/// @param kind its coarse class
public record CellType(String name, CellClass kind) {}
