package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.Duplicates;
import org.neuropil.physiology.movie.Roi;
import org.neuropil.physiology.movie.file.MaskFiles;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.physiology.movie.step.TraceSteps;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil traces duplicates`.
@Command(name = "duplicates", header = "Finds cells that neighbouring planes both show.", description = {"",
    "Two regions are one cell if their centres, masks and smoothed traces agree. What hangs together over planes is one "
            + "group; of it the region with the most pixels is kept, of equal ones the first."}, footer = {
                "  neuropil traces duplicates --plane m0.csv,dff0.npy --plane m1.csv,dff1.npy",
                "  neuropil traces duplicates --plane m0.csv,d0.csv --plane m1.csv,d1.csv --pairs --format csv"})
final class TracesDuplicatesVerb extends TracesVerb {
    @Option(names = "--plane", required = true, paramLabel = "MASKS,TRACES", description = "Masks and dF/F of a plane; repeat it in the order of depth.")
    private List<String> planes = List.of();

    @Option(names = "--distance", paramLabel = "N", description = "Pixels between centres, at most; 30 if not given.")
    private double distance = Duplicates.Limits.USUAL.distance();

    @Option(names = "--jaccard", paramLabel = "P", description = "Jaccard index of the masks, at least; 0.4 if not given.")
    private double jaccard = Duplicates.Limits.USUAL.jaccard();

    @Option(names = "--correlation", paramLabel = "R", description = "Of traces smoothed by 3 frames, at least; 0.45 if not given.")
    private double correlation = Duplicates.Limits.USUAL.correlation();

    @Option(names = "--pairs", description = "Print the pairs with their figures, instead of the groups.")
    private boolean pairs;

    @Override
    @Nullable
    Path target() {
        return null;
    }

    @Override
    void run() throws IOException {
        List<Duplicates.Plane> read = new ArrayList<>();
        for (String plane : planes) {
            String[] files = plane.split(",", -1);
            if (files.length != 2) {
                throw usage("--plane '" + plane + "' does not name two files; write MASKS,TRACES");
            }
        }
        if (planes.size() < 2) {
            throw usage("one plane is given; give --plane for each of two or more");
        }
        Duplicates.Limits limits = SessionOptions.understood(this,
                () -> TraceSteps.limits(distance, jaccard, correlation));
        for (String plane : planes) {
            String[] files = plane.split(",", -1);
            List<Roi> rois = MaskFiles.read(files[0], "--plane");
            TraceTable table = TraceFiles.read(Path.of(files[1]));
            read.add(TraceSteps.plane(rois, table, files[0], files[1]));
        }
        Duplicates found = Duplicates.of(read, limits, threads());
        answer(pairs ? TraceSteps.pairs(read, found) : TraceSteps.groups(read, found));
        say(found.pairs().size() + " pairs in " + found.groups().size() + " groups");
    }
}
