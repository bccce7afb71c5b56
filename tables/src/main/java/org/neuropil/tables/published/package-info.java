/// Datasets that others have published: what is known of them, as data; where their tables lie; bringing these into a
/// dataset's folder, and what that remembers of where it came from. Uses `column`, `schema`, `load`, `query`, `version`.
@NullMarked
package org.neuropil.tables.published;

import org.jspecify.annotations.NullMarked;
