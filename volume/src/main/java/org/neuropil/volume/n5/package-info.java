/// N5 datasets and groups of datasets s0, s1, … at several resolutions, over any
/// [org.neuropil.volume.store.Store]. Metadata is checked once when a volume is opened. It may use `array`, `codec`,
/// `store` and Jackson.
@NullMarked
package org.neuropil.volume.n5;

import org.jspecify.annotations.NullMarked;
