package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.SessionPlots;

import picocli.CommandLine.Command;

/// `neuropil plot tuning`.
@Command(name = "tuning", header = "Draws tuning curves: mean and standard error for each direction, all trials, the blank screen.", description = {
    "",
    "A curve for each spatial frequency, on straight axes and around the circle. Of events, or what comes nearest; "
            + "the response is the published window of the stimulus."}, footer = {
                "  neuropil plot tuning neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5 --out tuning.svg",
                "  neuropil plot tuning neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5,c1v3p2r17 --out pictures --data"})
final class PlotTuningVerb extends PlotCellVerb {
    @Override
    Figure figure(SessionPlots plots, String roi) throws IOException {
        return plots.tuning(roi);
    }
}
