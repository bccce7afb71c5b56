/// Metrics of made cells whose truth is known: bias and spread at published numbers of trials, and how often receptive fields
/// are found where there are none.
@NullMarked
package org.neuropil.bench.metrics;

import org.jspecify.annotations.NullMarked;
