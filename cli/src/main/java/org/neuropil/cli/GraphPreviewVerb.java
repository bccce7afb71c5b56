package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.EditRefusedException;
import org.neuropil.graph.EditRefusedException.Reason;
import org.neuropil.graph.SplitPreview;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil graph preview`: what a split would do.
@Command(name = "preview", header = "Tells what a split would do, and changes nothing.", description = "Lists the supervoxels near the points by what would stay joined. Ends with exit code 1 if the split would be refused.", footer = {
    "  neuropil graph preview neuropil-demo --source 60,120,60 --sink 120,160,60",
    "  neuropil graph preview neuropil-demo --source 60,120,60 --sink 120,160,60 --format json"})
final class GraphPreviewVerb extends GraphVerb {
    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "Folder that holds dataset.json; the current one if left out.")
    private List<String> words = List.of();

    @Mixin
    private CutOptions cut = new CutOptions();

    @Option(names = "--unit", paramLabel = "UNIT", defaultValue = "voxel", description = "Of points: voxel, nm or um; voxel if left out.")
    private GivenBox.Unit unit = GivenBox.Unit.VOXEL;

    @Override
    List<String> words() {
        return words;
    }

    @Override
    void check(Asked asked) {
        checkNone(asked, true, true, true);
        cut.check(this, unit);
    }

    @Override
    void run(OpenGraph open, Asked asked) throws IOException {
        SplitPreview preview = open.graph().preview(cut.request(this, open, "", unit));
        Table table = new Table("component", "supervoxel");
        long count = 0;
        for (int i = 0; i < preview.components().size(); i++) {
            for (long supervoxel : preview.components().get(i)) {
                table.add(Integer.toString(i + 1), Ids.text(supervoxel));
                count++;
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("components", preview.components().stream().map(Ids::list).toList());
        preview.refusal().ifPresent(refusal -> json.put("refusal", refusal));
        print(table, json);
        total(count, count, "supervoxels near the points, in " + preview.components().size() + " components");
        if (preview.refusal().isPresent()) {
            throw new EditRefusedException(Reason.NO_CUT, preview.refusal().get());
        }
    }
}
