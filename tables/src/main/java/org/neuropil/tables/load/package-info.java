/// Reads files of rows (CSV, Parquet, Arrow, JSON) into tables: what they hold is checked as a whole before anything is
/// written. Uses `column`, `schema`, and the engine of `query`.
@NullMarked
package org.neuropil.tables.load;

import org.jspecify.annotations.NullMarked;
