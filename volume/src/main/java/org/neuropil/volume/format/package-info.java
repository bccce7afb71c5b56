/// Any volume by its address: which format an address names, opening what is there and beginning what is new. The one
/// place that knows all formats; it may use all packages of the module, and only those who take addresses from users use
/// it.
@NullMarked
package org.neuropil.volume.format;

import org.jspecify.annotations.NullMarked;
