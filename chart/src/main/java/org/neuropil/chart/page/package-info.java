/// Reports: pages of HTML, one file each, that open without a net. Uses the figures of [org.neuropil.chart] and nothing else
/// of this project.
@NullMarked
package org.neuropil.chart.page;

import org.jspecify.annotations.NullMarked;
