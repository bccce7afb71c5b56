/// Wiring of several animals whose cells have the same names: which connections all of them have, which vary, and how much of
/// that chance would give. May use `circuits.graph` and `circuits.match`; it knows no files.
@NullMarked
package org.neuropil.circuits.animals;

import org.jspecify.annotations.NullMarked;
