/// Rows as columns of primitive arrays, the one form in which they pass between stores, imports and queries. Uses
/// nothing of the other packages.
@NullMarked
package org.neuropil.tables.column;

import org.jspecify.annotations.NullMarked;
