package org.neuropil.cli;

import org.neuropil.physiology.plot.PlotChoice;

import picocli.CommandLine.Option;

/// `--cells`, of pictures that show many.
final class PlotCells {
    @Option(names = "--cells", paramLabel = "N", description = "How many cells at most, spread evenly over all; 300 if left out.")
    private int cells = PlotChoice.DEFAULT.cells();

    void check(Verb verb) {
        if (cells < 1 || cells > 5_000) {
            throw verb.usage("--cells " + cells + " is not one of 1 to 5000");
        }
    }

    PlotChoice in(PlotChoice choice) {
        return new PlotChoice(choice.trace(), choice.stimulus(), choice.metric(), cells, choice.clustered(),
                choice.seed(), choice.threads());
    }
}
