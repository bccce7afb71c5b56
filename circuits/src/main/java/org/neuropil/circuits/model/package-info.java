/// Regressions whose rows come in groups: generalised linear models with a random intercept, fitted by Laplace's
/// approximation. Pure functions of arrays.
@NullMarked
package org.neuropil.circuits.model;

import org.jspecify.annotations.NullMarked;
