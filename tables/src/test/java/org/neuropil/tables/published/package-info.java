/// Tests.
@NullMarked
package org.neuropil.tables.published;

import org.jspecify.annotations.NullMarked;
