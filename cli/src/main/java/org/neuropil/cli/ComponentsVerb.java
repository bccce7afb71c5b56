package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.neuropil.pipeline.volumes.ComponentsStage;
import org.neuropil.space.InputException;
import org.neuropil.volume.kernel.Connectivity;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `neuropil components`: connected components of labels.
@Command(name = "components", header = "Finds the connected components of a label volume of any size.", description = {
    "Neighbouring voxels of the same label that is not 0 get one number: 1, 2, 3 ... in the order of the first voxel, x "
            + "fastest, whatever the blocks and threads. A mask is a label volume with one label."}, footer = {
                "  neuropil components neuropil-demo/segmentation pieces",
                "  neuropil components neuropil-demo/segmentation large-pieces --connectivity 6 --min-size 100"})
final class ComponentsVerb extends CopyVerb {
    @Mixin
    private PartOptions part = new PartOptions();

    @Option(names = "--connectivity", paramLabel = "N", defaultValue = "26", description = "Neighbours of a voxel: 6, 18 or 26; 26 if left out.")
    private int connectivity;

    @Option(names = "--min-size", paramLabel = "VOXELS", defaultValue = "0", description = "Smaller components become background.")
    private long minimum;

    @Option(names = "--no-mips", description = "Make no coarser mips.")
    private boolean noMips;

    @Option(names = "--sparse", description = "In coarser mips background counts only where there is nothing else.")
    private boolean sparse;

    @Override
    void run() throws IOException {
        if (minimum < 0) {
            throw new InputException("'" + minimum + "' is less than 0", "--min-size", "give a number of voxels");
        }
        ComponentsStage.Parameters parameters = new ComponentsStage.Parameters(
                part.part(this, sourceText(), open()), target(), Connectivity.of(connectivity, "--connectivity"),
                minimum, !noMips, sparse, layout().layout());
        if (!layout().dryRun()) {
            new Stage(this, false).runAndPrint("components " + parameters.target(),
                    options -> ComponentsStage.run(parameters, options));
            return;
        }
        ComponentsStage.Plan plan = ComponentsStage.plan(parameters);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("size_voxels", Plans.numbers(plan.blocks().bounds().size()));
        json.put("blocks", plan.blocks().count());
        json.put("voxels_of_a_block", Plans.numbers(plan.blocks().chunk()));
        json.put("mib_per_thread", Plans.mib(plan.blockBytes()));
        json.put("mib_before_compression", Plans.mib(plan.bytes()));
        Plans.print(this, json);
    }
}
