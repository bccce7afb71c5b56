package org.neuropil.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.ConvertStage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil convert`: a volume in another format.
@Command(name = "convert", header = "Writes a volume in another format.", description = {
    "SOURCE and TARGET are addresses as the field writes them: precomputed://, zarr:// (zarr2://, zarr3://), n5:// "
            + "with a path, a URL, s3:// or gs:// after it; file.h5:/volumes/raw; a .nrrd or TIFF file; a folder of "
            + "sections. A plain path is looked at. Coarser mips are made anew unless --mips says otherwise."}, footer = {
                "  neuropil convert neuropil-demo/em zarr3://em.zarr",
                "  neuropil convert neuropil-demo/segmentation precomputed://cells --shard 512,512,512 --dry-run"})
final class ConvertVerb extends CopyVerb {
    @Option(names = "--mip", paramLabel = "N", description = "Of SOURCE, which becomes the finest of TARGET; 0 if left out.")
    private int mip;

    @Option(names = "--box", paramLabel = "BOX", description = "Part to copy, x0,y0,z0:x1,y1,z1 in voxels of that mip; all if left out.")
    private @Nullable String box;

    @Option(names = "--mips", paramLabel = "WHICH", defaultValue = "build", description = "Coarser mips: build, copy or none; build if left out.")
    private ConvertStage.Levels levels = ConvertStage.Levels.BUILD;

    @Option(names = "--sparse", description = "In mips that are built 0 counts only where there is nothing else.")
    private boolean sparse;

    @Override
    void run() throws IOException {
        runConversion(this, new ConvertStage.Parameters("convert", source(), open(), target(), mip,
                VolumeOptions.box(box), levels, sparse, layout().layout()), layout().dryRun());
    }

    /// Prints the plan, or does it.
    static void runConversion(Verb verb, ConvertStage.Parameters parameters, boolean dryRun) throws IOException {
        if (!dryRun) {
            new Stage(verb, false).runAndPrint(parameters.verb() + " " + parameters.target(),
                    options -> ConvertStage.run(parameters, options));
            return;
        }
        ConvertStage.Plan plan = ConvertStage.plan(parameters);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("voxels", plan.info().scale(0).bounds().size().toString());
        json.put("mips", plan.info().scales().size());
        json.put("blocks", plan.blocks());
        json.put("mib_per_thread", Math.ceilDiv(plan.largestBlockBytes(), 1 << 20));
        json.put("mib_before_compression", Math.ceilDiv(plan.bytes(), 1 << 20));
        json.put("source_voxels_decoded_per_voxel", Math.round(plan.readPerVoxel() * 100) / 100.0);
        Table table = new Table("plan", "value");
        json.forEach((name, value) -> table.add(name.replace('_', ' '), value));
        verb.print(table, json);
    }
}
