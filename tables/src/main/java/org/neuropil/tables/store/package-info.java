/// Live rows and their history behind one small interface: in DuckDB within the dataset's folder, or in PostgreSQL
/// where several servers share them. Uses `column` and `schema`.
@NullMarked
package org.neuropil.tables.store;

import org.jspecify.annotations.NullMarked;
