/// Pictures of figures: a [org.neuropil.chart.Figure] is a value, panels with axes and layers; it is drawn once to a
/// [org.neuropil.chart.Scene], a list of marks, which is written as SVG or PNG. Colours that the colour-blind can tell apart;
/// light and dark; the same bytes each time. Knows nothing of what is shown.
@NullMarked
package org.neuropil.chart;

import org.jspecify.annotations.NullMarked;
