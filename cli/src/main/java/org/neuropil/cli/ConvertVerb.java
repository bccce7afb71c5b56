package org.neuropil.cli;

import java.io.IOException;

import org.neuropil.pipeline.volumes.ConvertStage;
import org.neuropil.pipeline.volumes.VolumePart;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `neuropil convert`: a volume in another format.
@Command(name = "convert", header = "Writes a volume in another format.", description = {
    "SOURCE and TARGET are addresses as the field writes them: precomputed://, zarr:// (zarr2://, zarr3://), n5:// "
            + "with a path, a URL, s3:// or gs:// after it; file.h5:/volumes/raw; a .nrrd or TIFF file; a folder of "
            + "sections. A plain path is looked at. Coarser mips are made anew unless --mips says otherwise."}, footer = {
                "  neuropil convert neuropil-demo/em zarr3://em.zarr",
                "  neuropil convert neuropil-demo/segmentation precomputed://cells --shard 512,512,512 --dry-run"})
final class ConvertVerb extends CopyVerb {
    @Mixin
    private PartOptions part = new PartOptions();

    @Option(names = "--mips", paramLabel = "WHICH", defaultValue = "build", description = "Coarser mips: build, copy or none; build if left out.")
    private ConvertStage.Levels levels = ConvertStage.Levels.BUILD;

    @Option(names = "--sparse", description = "In mips that are built 0 counts only where there is nothing else.")
    private boolean sparse;

    @Override
    void run() throws IOException {
        VolumePart of = part.part(this, sourceText(), open());
        runConversion(this, new ConvertStage.Parameters("convert", of.uri(), of.open(), target(), of.mip(), of.box(),
                levels, sparse, layout().layout()), layout().dryRun());
    }

    /// Prints the plan, or does it.
    static void runConversion(Verb verb, ConvertStage.Parameters parameters, boolean dryRun) throws IOException {
        if (dryRun) {
            Plans.print(verb, ConvertStage.plan(parameters));
        } else {
            new Stage(verb, false).runAndPrint(parameters.verb() + " " + parameters.target(),
                    options -> ConvertStage.run(parameters, options));
        }
    }
}
