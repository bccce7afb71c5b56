/// Which fields an annotation of a kind has, how they become columns, and whether a row given by somebody is one. Uses
/// `column`.
@NullMarked
package org.neuropil.tables.schema;

import org.jspecify.annotations.NullMarked;
