/// Roots at any moment from a proofreading graph, or from a flat segmentation that nobody edits. The only package of
/// tables that knows `graph`.
@NullMarked
package org.neuropil.tables.live;

import org.jspecify.annotations.NullMarked;
