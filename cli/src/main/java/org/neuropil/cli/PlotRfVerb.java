package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.SessionPlots;

import picocli.CommandLine.Command;

/// `neuropil plot rf`.
@Command(name = "rf", header = "Draws receptive fields: ON and OFF maps by both methods, in degrees.", description = {
    "",
    "Needs sparse noise and its template. Azimuth is positive to the right and elevation upward; lines go around the "
            + "squares of the field, and the dashed disc is the window of windowed gratings."}, footer = {
                "  neuropil plot rf neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5 --out rf.svg",
                "  neuropil plot rf neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5,c1v3p2r17 --out pictures --data"})
final class PlotRfVerb extends PlotCellVerb {
    @Override
    Figure figure(SessionPlots plots, String roi) throws IOException {
        return plots.field(roi);
    }
}
