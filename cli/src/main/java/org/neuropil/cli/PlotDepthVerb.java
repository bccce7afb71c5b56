package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.session.Session;
import org.neuropil.pipeline.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil plot depth`.
@Command(name = "depth", header = "Draws a metric by the depth of planes: every cell, medians, quartiles; and how many cells respond.", description = {
    "", "Depth grows downward from the pia. 'neuropil metrics list' tells the metrics."}, footer = {
        "  neuropil plot depth neuropil-v1dd/physiology/M409828_13 --metric gosi --out depth.svg",
        "  neuropil plot depth neuropil-v1dd/physiology/M409828_13 --metric ssi_cv --out ssi.png --data"})
final class PlotDepthVerb extends PlotVerb {
    @Option(names = "--metric", paramLabel = "ID", description = "The metric; gosi if left out.")
    private String metric = PlotChoice.DEFAULT.metric();

    @Override
    void check() {
        super.check();
        MetricIds.known(this, metric);
    }

    @Override
    PlotChoice choice() throws IOException {
        PlotChoice choice = super.choice();
        return new PlotChoice(choice.trace(), choice.stimulus(), metric, choice.cells(), choice.clustered(),
                choice.seed(), choice.threads());
    }

    @Override
    void draw(Session session) throws IOException {
        try (Progress.Task progress = progress(session)) {
            write(new SessionPlots(session, choice()).depth(progress::step),
                    session.info().name() + "-" + what() + "-" + metric);
        }
    }
}
