/// Pictures and pages that show how good a coregistration is, and matches made with it. Uses `coregister` and its
/// packages; nothing of these uses it.
@NullMarked
package org.neuropil.coregister.report;

import org.jspecify.annotations.NullMarked;
