/// Plots as SVG: axes with ticks and units, scales of colours, panels of points, lines, bars and arrows. Text and axes
/// take the colour of the page around, so one picture serves light and dark. Knows nothing of what it draws.
@NullMarked
package org.neuropil.coregister.report.svg;

import org.jspecify.annotations.NullMarked;
