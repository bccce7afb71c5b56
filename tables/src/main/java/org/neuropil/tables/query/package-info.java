/// Questions as data, and their answers by DuckDB over Parquet and live rows. Uses `column` and `schema`.
@NullMarked
package org.neuropil.tables.query;

import org.jspecify.annotations.NullMarked;
