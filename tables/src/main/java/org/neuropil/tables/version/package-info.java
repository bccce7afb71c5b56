/// Frozen states as sorted Parquet, and live states as a frozen one with what changed since. Uses all the others.
@NullMarked
package org.neuropil.tables.version;

import org.jspecify.annotations.NullMarked;
