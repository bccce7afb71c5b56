package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.physiology.plot.PlotChoice;
import org.neuropil.physiology.plot.SessionPlots;
import org.neuropil.physiology.session.Session;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `neuropil plot raster`.
@Command(name = "raster", header = "Draws what many cells did as an image, with what was shown above, running and pupil below.", description = {
    "",
    "A row for each cell, from its median to what one in a hundred of its values exceeds. Of events, or what comes "
            + "nearest."}, footer = {
                "  neuropil plot raster neuropil-v1dd/physiology/M409828_13 --out raster.png",
                "  neuropil plot raster neuropil-v1dd/physiology/M409828_13 --cells 1000 --trace dff --out raster.png"})
final class PlotRasterVerb extends PlotVerb {
    @Mixin
    private PlotCells cells = new PlotCells();

    @Override
    void check() {
        super.check();
        cells.check(this);
    }

    @Override
    PlotChoice choice() throws IOException {
        return cells.in(super.choice());
    }

    @Override
    void draw(Session session) throws IOException {
        write(new SessionPlots(session, choice()).raster(), session.info().name() + "-" + what());
    }
}
