/// Neuropil's own form of sessions: a folder of Parquet files for each, written from any [org.neuropil.physiology.session.Session]
/// and read as one. Uses `session`, of the module `tables` the pieces of SQL.
@NullMarked
package org.neuropil.physiology.store;

import org.jspecify.annotations.NullMarked;
