/// The database of annotations: what is known of places and cells, at any moment. `column` holds rows as columns of
/// primitive arrays; `schema` says which fields a table of a kind has; `store` keeps live rows with their history; `query`
/// answers questions over them; `version` freezes states into sorted Parquet and lets live states be seen as a frozen one
/// with changes; `load` reads files of rows. Uses `space`, `volume` and `pipeline`; where roots come from is behind [org.neuropil.tables.Roots], which
/// `tables.live` implements for proofreading graphs.
@NullMarked
package org.neuropil.tables;

import org.jspecify.annotations.NullMarked;
