package org.neuropil.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.Position;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph find`: what is at a point.
@Command(name = "find", header = "Tells supervoxel and root at points.", footer = {
    "  neuropil graph find neuropil-demo 120,120,60", "  neuropil graph find neuropil-demo 1.2,1.2,0.6 --unit um"})
final class GraphFindVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " X,Y,Z... [@TIME]", description = "Dataset, points, and the moment that is meant.")
    private List<String> words = List.of();

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of the points: voxel, nm or um; voxel if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, true, false, false);
        if (asked.points().isEmpty()) {
            throw usage("no point is given; write x,y,z");
        }
        asked.points().forEach(point -> EditPoints.point(this, point, unit));
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        Instant at = asked.at().in(open.info());
        sayMoment(asked);
        long[] supervoxels = new long[asked.points().size()];
        List<Position> positions = new ArrayList<>();
        PatchedSupervoxels there = open.supervoxels(at);
        for (int i = 0; i < supervoxels.length; i++) {
            Position position = EditPoints.position(open, EditPoints.point(this, asked.points().get(i), unit));
            positions.add(position);
            supervoxels[i] = there.at(position);
        }
        long[] roots = open.graph().roots(supervoxels, at, open.info().layers());
        Table table = new Table("point " + unit.text(), "point nm", "supervoxel", "root");
        List<Map<String, Object>> json = new ArrayList<>();
        for (int i = 0; i < supervoxels.length; i++) {
            String nm = positions.get(i).toString().replace(" nm", "");
            table.add(asked.points().get(i), nm, known(supervoxels[i]), known(roots[i]));
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("point_nm", EditPoints.json(positions.get(i)));
            row.put("supervoxel", known(supervoxels[i]));
            row.put("root", known(roots[i]));
            json.add(row);
        }
        print(table, json);
    }

    /// Nothing for 0, which is background.
    private static String known(long id) {
        return id == 0 ? "" : Ids.text(id);
    }
}
