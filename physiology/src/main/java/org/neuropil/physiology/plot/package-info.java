/// Pictures of what imaged cells did: tuning curves, receptive fields, rasters, trials, populations by depth, correlations, and
/// a report of a session as one page. A picture is a function of plain values; [org.neuropil.physiology.plot.SessionPlots]
/// takes these from a session.
@NullMarked
package org.neuropil.physiology.plot;

import org.jspecify.annotations.NullMarked;
