package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.physiology.movie.Duplicates;
import org.neuropil.physiology.movie.Duplicates.Member;
import org.neuropil.physiology.movie.Roi;
import org.neuropil.physiology.movie.file.MaskFiles;
import org.neuropil.physiology.movie.file.TraceFiles;
import org.neuropil.physiology.movie.file.TraceTable;
import org.neuropil.space.InputException;

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
        for (String plane : planes) {
            String[] files = plane.split(",", -1);
            List<Roi> rois = MaskFiles.read(files[0], "--plane");
            TraceTable table = TraceFiles.read(Path.of(files[1]));
            read.add(new Duplicates.Plane(rois, traces(rois, table, files)));
        }
        Duplicates found = Duplicates.of(read, new Duplicates.Limits(distance, jaccard, correlation), threads());
        List<List<Object>> rows = new ArrayList<>();
        if (pairs) {
            found.pairs().forEach(pair -> rows.add(List.of(pair.first().plane(), name(read, pair.first()),
                    pair.second().plane(), name(read, pair.second()), pair.distance(), pair.jaccard(),
                    pair.correlation())));
            answer(List.of("plane", "roi", "other_plane", "other_roi", "distance", "jaccard", "correlation"), rows);
        } else {
            for (int i = 0; i < found.groups().size(); i++) {
                for (Member member : found.groups().get(i)) {
                    rows.add(List.of(i, member.plane(), name(read, member),
                            read.get(member.plane()).rois().get(member.roi()).pixels(),
                            member.equals(found.groups().get(i).getFirst())));
                }
            }
            answer(List.of("group", "plane", "roi", "pixels", "kept"), rows);
        }
        say(found.pairs().size() + " pairs in " + found.groups().size() + " groups");
    }

    /// The traces of the regions, in their order: by name, or by place if columns are numbered.
    private static double[][] traces(List<Roi> rois, TraceTable table, String[] files) {
        List<String> numbers = IntStream.range(0, table.names().size()).mapToObj(Integer::toString).toList();
        if (table.names().equals(numbers)) {
            return table.values();
        }
        if (rois.size() != table.names().size()) {
            throw new InputException("has " + table.names().size() + " traces, and there are " + rois.size()
                    + " masks in " + files[0], files[1], "");
        }
        double[][] traces = new double[rois.size()][];
        for (int i = 0; i < traces.length; i++) {
            int column = table.names().indexOf(rois.get(i).name());
            if (column < 0) {
                throw new InputException("has no trace of '" + rois.get(i).name() + "', a mask of " + files[0],
                        files[1],
                        "name columns as the masks");
            }
            traces[i] = table.values()[column];
        }
        return traces;
    }

    private static String name(List<Duplicates.Plane> planes, Member member) {
        return planes.get(member.plane()).rois().get(member.roi()).name();
    }
}
