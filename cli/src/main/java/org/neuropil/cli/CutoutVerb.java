package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.pipeline.volumes.CutoutStage;
import org.neuropil.pipeline.volumes.VolumePart;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `neuropil cutout`: a box of a volume as a file.
@Command(name = "cutout", header = "Writes a box of a volume to a file that everybody opens.", description = {
    "FILE tells the kind: .npy (any voxels; numpy.load gives x, y, z), .tif (up to 32 bits, one page a section, opens "
            + "calibrated in Fiji), .png (one section of 8 or 16 bits), or no ending: a folder of PNG sections."}, footer = {
                "  neuropil cutout neuropil-demo/em em.tif --box 0,0,0:250,250,16",
                "  neuropil cutout neuropil-demo/em em.npy --mip 20x20x20nm --box 0,0,0:1.5,1.5,0.5 --unit um",
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

    @Mixin
    private PartOptions part = new PartOptions();

    @Override
    Path folder() {
        return file;
    }

    @Override
    void run() throws IOException {
        VolumePart of = part.part(this, source, volume.open());
        new Stage(this, false).runAndPrint("cutout " + file, options -> CutoutStage.run(of, file, options));
    }
}
