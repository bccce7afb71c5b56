/// Where to cut a cell in two: the path-augmented minimum cut between the points that a proofreader set on either side
/// of a merge error ([Multicut][org.neuropil.graph.cut.Multicut]). Pure functions over the edges around the points, in
/// primitive arrays; what they are cut for, and where edges come from and go, others know.
@NullMarked
package org.neuropil.graph.cut;

import org.jspecify.annotations.NullMarked;
