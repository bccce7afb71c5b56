/// The tables of a dataset, put together: live rows, roots, versions and the engine of queries. What command line, server and
/// Java programs use. Uses all other packages of tables.
@NullMarked
package org.neuropil.tables.dataset;

import org.jspecify.annotations.NullMarked;
