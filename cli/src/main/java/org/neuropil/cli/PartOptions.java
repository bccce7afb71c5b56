package org.neuropil.cli;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.volumes.VolumePart;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Volume;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which mip and which box of a volume is meant; shared by the verbs that take a part of one.
final class PartOptions {
    @Option(names = "--mip", paramLabel = "MIP", description = "Of SOURCE: 0 is the finest; or a voxel size, 16x16x40nm. 0 if left out.")
    private Mip mip = Mip.FINEST;

    @Option(names = "--box", paramLabel = "BOX", description = "Part of SOURCE, x0,y0,z0:x1,y1,z1 in voxels of that mip; all if left out.")
    private @Nullable String box;

    @Option(names = "--unit", paramLabel = "UNIT", description = "Of the box: voxel, nm or um; voxel if left out. Lengths take every voxel that they touch.")
    private GivenBox.@Nullable Unit unit;

    /// True if all of a volume is meant.
    boolean isAll() {
        return box == null && unit == null && mip.equals(Mip.FINEST);
    }

    /// The part of a volume; says where it lies if a box was given.
    ///
    /// @param source as it is given on the command line
    /// @throws ParameterException if the box cannot be read
    /// @throws InputException if there is no such volume or mip
    VolumePart part(Verb verb, String source, OpenOptions open) throws IOException {
        Optional<GivenBox> given = given(verb);
        VolumeUri uri = VolumeOptions.existing(source, "SOURCE");
        if (given.isEmpty() && mip.size().isEmpty()) {
            return new VolumePart(uri, open, mip.number(), Optional.empty());
        }
        Volume volume = Volumes.open(uri, open);
        int number = mip.among(volume.info().scales());
        VolumePart whole = new VolumePart(uri, open, number, Optional.empty());
        if (given.isEmpty()) {
            return whole;
        }
        VoxelSize voxel = whole.scale(volume).voxelSize();
        Box part = given.get().voxels(voxel);
        verb.say("box " + part + " in voxels of " + voxel + ", which is " + GivenBox.nanometres(part, voxel) + " nm");
        return new VolumePart(uri, open, number, Optional.of(part));
    }

    private Optional<GivenBox> given(Verb verb) {
        if (box == null) {
            if (unit != null) {
                throw new ParameterException(verb.spec().commandLine(),
                        "--unit says what a box is given in, and there is no --box");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(GivenBox.parse(box, unit == null ? GivenBox.Unit.VOXEL : unit));
        } catch (InputException e) {
            throw new ParameterException(verb.spec().commandLine(), e.sentence(), e);
        }
    }
}
