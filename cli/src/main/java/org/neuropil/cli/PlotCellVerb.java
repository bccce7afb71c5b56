package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.neuropil.chart.Figure;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.session.Session;

import picocli.CommandLine.Option;

/// Pictures of single cells.
abstract class PlotCellVerb extends PlotVerb {
    @Option(names = "--roi", paramLabel = "KEY", split = ",", required = true, description = "Of which cells, by their keys, as c1v3p0r5; several need a folder as --out.")
    private List<String> rois = List.of();

    @Override
    void check() {
        super.check();
        if (rois.size() > 1 && !takesSeveral()) {
            throw usage("--roi names " + rois.size() + " cells; give a folder as --out");
        }
    }

    @Override
    final void draw(Session session) throws IOException {
        SessionPlots plots = new SessionPlots(session, choice());
        for (String roi : rois) {
            write(figure(plots, roi), session.info().name() + "-" + what() + "-" + roi);
        }
    }

    /// The picture of one.
    abstract Figure figure(SessionPlots plots, String roi) throws IOException;
}
