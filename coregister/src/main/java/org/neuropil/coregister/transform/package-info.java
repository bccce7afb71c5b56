/// Maps from space to space, as values: polynomials, kernel splines, mirrors, and chains of these. They know neither
/// landmarks nor how they were fitted.
@NullMarked
package org.neuropil.coregister.transform;

import org.jspecify.annotations.NullMarked;
