package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `neuropil plot correlations`.
@Command(name = "correlations", header = "Draws the total correlations of all pairs of cells as a matrix, with a histogram.", description = {
    "",
    "Of dF/F, or what comes nearest, planes brought to the times of the first. --stimulus takes the frames of its epochs "
            + "alone."}, footer = {
                "  neuropil plot correlations neuropil-v1dd/physiology/M409828_13 --out correlations.svg",
                "  neuropil plot correlations neuropil-v1dd/physiology/M409828_13 --stimulus spontaneous \\",
                "    --clustered --out grey.svg"})
final class PlotCorrelationsVerb extends PlotVerb {
    @Mixin
    private PlotCells cells = new PlotCells();

    @Option(names = "--clustered", description = "What is alike side by side (average linkage); by plane if left out.")
    private boolean clustered;

    @Override
    void check() {
        super.check();
        cells.check(this);
    }

    @Override
    PlotChoice choice() throws IOException {
        PlotChoice choice = cells.in(super.choice());
        return new PlotChoice(choice.trace(), choice.stimulus(), choice.metric(), choice.cells(), clustered,
                choice.seed(), choice.threads());
    }

    @Override
    void draw(Session session) throws IOException {
        write(new SessionPlots(session, choice()).correlations(), session.info().name() + "-" + what());
    }
}
