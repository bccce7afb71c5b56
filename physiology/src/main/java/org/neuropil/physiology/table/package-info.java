/// Trials and traces from CSV files, and all metrics that can be had of them, as rows.
@NullMarked
package org.neuropil.physiology.table;

import org.jspecify.annotations.NullMarked;
