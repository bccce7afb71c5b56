/// How names, texts, types, moments and rows become SQL, and rows of DuckDB: what all packages that speak with a database
/// share. Uses `column`.
@NullMarked
package org.neuropil.tables.sql;

import org.jspecify.annotations.NullMarked;
