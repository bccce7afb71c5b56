package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.CutoutStage;
import org.neuropil.pipeline.volumes.VolumePart;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `neuropil cutout`: a box of a volume as a file.
@Command(name = "cutout", header = "Writes a box of a volume to a file that everybody opens.", description = {
    "FILE tells the kind: .npy (any voxels; numpy.load gives x, y, z), .tif (up to 32 bits, one page a section, opens "
            + "calibrated in Fiji), .png (one section of 8 or 16 bits), or no ending: a folder of PNG sections."}, footer = {
                "  neuropil cutout neuropil-demo/em em.tif --box 0,0,0:250,250,16",
                "  neuropil cutout precomputed://gs://bucket/cells cells.npy --mip 2 --box 100,100,50:356,356,82"})
final class CutoutVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The volume to read.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, or folder, to make.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Option(names = "--mip", paramLabel = "N", description = "Of SOURCE; 0 if left out.")
    private int mip;

    @Option(names = "--box", paramLabel = "BOX", description = "Part to write, x0,y0,z0:x1,y1,z1 in voxels of that mip; all if left out.")
    private @Nullable String box;

    @Override
    Path folder() {
        return Path.of(".");
    }

    @Override
    void run() throws IOException {
        VolumePart part = new VolumePart(VolumeOptions.uri(source, "SOURCE"), volume.open(), mip,
                VolumeOptions.box(box));
        new Stage(this, false).runAndPrint("cutout " + file, options -> CutoutStage.run(part, file, options));
    }
}
