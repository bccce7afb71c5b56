package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.history.Moments;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph leaves`: what a node is made of.
@Command(name = "leaves", header = "Lists the supervoxels of a root or another node.", footer = {
    "  neuropil graph leaves neuropil-demo 288230376151711746",
    "  neuropil graph leaves neuropil-demo 288230376151711746 --stop-layer 2 --box 64,64,0:128,128,64"})
final class GraphLeavesVerb extends GraphVerb {
    @Parameters(arity = "0..*", hideParamSyntax = true, paramLabel = DATASET
            + " ID...", description = "Dataset, and ids of nodes. A node never changes, so there is no moment to be given.")
    private List<String> words = List.of();

    @Option(names = "--stop-layer", paramLabel = "N", description = "Nodes of this layer instead of supervoxels: 2 for the pieces within a chunk.")
    private @Nullable Integer stopLayer;

    @Option(names = "--box", paramLabel = "BOX", description = "Only in chunks that touch x0,y0,z0:x1,y1,z1.")
    private @Nullable String box;

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of the box: voxel, nm or um; voxel if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, false, true, true);
        checkIds(asked, "id");
        try {
            if (box != null) {
                GivenBox.parse(box, unit);
            }
        } catch (InputException e) {
            throw usage(e.sentence());
        }
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        int layer = GraphRootsVerb.layer(open, stopLayer, 1);
        Box voxels = box == null ? null : GivenBox.parse(box, unit).voxels(open.info().voxelSize());
        if (voxels != null) {
            say("box " + voxels + " in voxels of " + open.info().voxelSize() + ", which is "
                    + GivenBox.nanometres(voxels, open.info().voxelSize()) + " nm");
        }
        Moments.created(open.graph(), asked.nodes());
        Table table = new Table("id", "leaf");
        Map<String, Object> json = new LinkedHashMap<>();
        long count = 0;
        for (long node : asked.nodes()) {
            long[] leaves = open.graph().leaves(node, voxels, layer);
            for (long leaf : leaves) {
                table.add(Ids.text(node), Ids.text(leaf));
            }
            json.put(Ids.text(node), Ids.list(leaves));
            count += leaves.length;
        }
        print(table, json);
        total(count, count, layer == 1 ? "supervoxels" : "nodes");
    }
}
