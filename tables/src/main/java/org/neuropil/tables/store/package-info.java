/// Live rows and their history behind one small interface: in DuckDB within the dataset's folder, or in PostgreSQL
/// where several servers share them. Uses `column` and `schema`.
///
/// Both databases hold the same physical tables (`StoreSql` names them), and all that decides a change is written once:
/// `SqlStore` and `Checks` say what is right, `GroupCommit` commits together what comes together, `Transaction` asks and
/// writes, `Replacement` finds what follows an update. A `Dialect` does what the two do in different ways.
@NullMarked
package org.neuropil.tables.store;

import org.jspecify.annotations.NullMarked;
