/// The past of a proofreading graph: lineage, ids of earlier and later moments, logs of changes, and taking a user's
/// edits back. Functions over [org.neuropil.graph.Graph] alone; they keep nothing. What they cost grows with the history
/// of what is asked for, not with the graph's, unless they say otherwise.
@NullMarked
package org.neuropil.graph.history;

import org.jspecify.annotations.NullMarked;
