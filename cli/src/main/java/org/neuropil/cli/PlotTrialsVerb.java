package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.SessionPlots;

import picocli.CommandLine.Command;

/// `neuropil plot trials`.
@Command(name = "trials", header = "Draws traces around each trial: a panel for each condition, with mean and standard error.", description = {
    "", "Of dF/F, or what comes nearest. Of more than 24 conditions those with the largest mean responses."}, footer = {
        "  neuropil plot trials neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5 --out trials.svg",
        "  neuropil plot trials neuropil-v1dd/physiology/M409828_13 --roi c1v3p0r5,c1v3p2r17 --out pictures --data"})
final class PlotTrialsVerb extends PlotCellVerb {
    @Override
    Figure figure(SessionPlots plots, String roi) throws IOException {
        return plots.trials(roi);
    }
}
