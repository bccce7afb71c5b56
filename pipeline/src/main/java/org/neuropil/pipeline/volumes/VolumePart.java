package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

/// What a verb reads of a volume.
///
/// @param uri of the volume
/// @param open what its files may not say
/// @param mip from 0 on
/// @param box in voxels of that mip; all if empty
public record VolumePart(VolumeUri uri, OpenOptions open, int mip, Optional<Box> box) {
    /// Opens the volume.
    ///
    /// @throws InputException if it cannot be used, or has no such mip or box
    public Volume volume() throws IOException {
        Volume volume = Volumes.open(uri, open);
        box(volume);
        return volume;
    }

    /// The mip of a volume.
    ///
    /// @throws InputException if it has none such
    public Scale scale(Volume volume) {
        int mips = volume.info().scales().size();
        if (mip < 0 || mip >= mips) {
            throw new InputException("there is no mip " + mip + " in " + uri, "--mip",
                    "it has mips 0 to " + (mips - 1));
        }
        return volume.info().scale(mip);
    }

    /// The voxels that are meant, in voxels of the mip.
    ///
    /// @throws InputException if they do not lie in the volume
    public Box box(Volume volume) {
        Box bounds = scale(volume).bounds();
        Box part = box.orElse(bounds);
        if (part.isEmpty() || !bounds.contains(part)) {
            throw new InputException("box " + part + " does not lie in the volume, which has " + bounds + " at mip "
                    + mip, "--box", "");
        }
        return part;
    }

    /// The volume as an input of a recipe: known by the recipe that made it, or else by its address and description,
    /// and of a file its size and when it was written, since to digest its voxels would be as much work as what is to be
    /// done with them; and by what the user says of it.
    public Recipe.Input input(Volume volume) throws IOException {
        boolean file = uri.isLocal() && !Files.isDirectory(uri.path());
        Optional<byte[]> made = file ? Optional.empty() : Volumes.store(uri).get(Provenance.FILE);
        Optional<String> recipe = made.flatMap(bytes -> Provenance.recipeOf(bytes, uri + "/" + Provenance.FILE));
        String known = recipe.isPresent()
                ? recipe.get()
                : sha256(uri + "\n" + volume.info() + (file ? "\n" + stamp(uri.path()) : ""));
        String digest = open.equals(OpenOptions.NONE) ? known : sha256(known + "\n" + open);
        return new Recipe.Input("volume", uri.toString(), digest);
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    private static String sha256(String text) {
        return Json.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
