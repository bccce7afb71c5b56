/// Matches made-up clouds of cells to nuclei, whose truth is known: how far probabilities are to be trusted, and what they
/// are worth beside the rule that is in use. May use `coregister`; nothing may use it.
@org.jspecify.annotations.NullMarked
package org.neuropil.bench.coregister;
