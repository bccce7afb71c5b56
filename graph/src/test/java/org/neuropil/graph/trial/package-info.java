/// Trials of graphs under load: made worlds, people who edit them at once, a replay of the log by brute force, and a judge
/// of what everyone saw.
@NullMarked
package org.neuropil.graph.trial;

import org.jspecify.annotations.NullMarked;
