/// A brute-force model of the proofreading graph, random small worlds, and the property that a graph agrees with the
/// model.
@NullMarked
package org.neuropil.graph.model;

import org.jspecify.annotations.NullMarked;
