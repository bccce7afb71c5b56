package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

/// Where a volume may be written: not over, in or around the one that is read, and, however much is asked for, not in
/// place of what is no volume or belongs to a dataset.
final class Places {
    private Places() {}

    /// @throws InputException if source and target are one, or one lies in the other
    static void checkApart(VolumeUri source, VolumeUri target) throws IOException {
        if (source.isLocal() != target.isLocal()) {
            return;
        }
        String from = source.isLocal() ? real(source.path()).toString() : bare(source.location());
        String to = target.isLocal() ? real(target.path()).toString() : bare(target.location());
        String how;
        if (from.equals(to)) {
            how = "is where the volume lies that is read";
        } else if (to.startsWith(slashed(from))) {
            how = "lies inside of " + source + ", which is read";
        } else if (from.startsWith(slashed(to))) {
            how = "holds " + source + ", which is read";
        } else {
            return;
        }
        throw new InputException(how, target.toString(), "choose another place");
    }

    /// @throws InputException if what is at a local place is not for a volume to replace
    static void checkReplaceable(VolumeUri place) throws IOException {
        Path path = place.path();
        if (!Files.exists(path)) {
            return;
        }
        Optional<String> part = partOfDataset(real(path));
        if (part.isPresent()) {
            throw new InputException("is part '" + part.get() + "' of a dataset, which must know how it was made",
                    place.toString(), "choose another place, and bring it in by 'neuropil import'");
        }
        VolumeUri anything = new VolumeUri(Optional.empty(), place.location(), "");
        boolean volume = Files.isDirectory(path) && !Files.exists(path.resolve(Dataset.FILE))
                && Volumes.exists(anything) && Volumes.format(anything) != Format.STACK;
        if (!volume && !isEmptyFolder(path)) {
            throw new InputException("is there and is no volume, so that it is not replaced even with --force",
                    place.toString(), "choose another place, or remove it");
        }
    }

    private static Optional<String> partOfDataset(Path path) throws IOException {
        Path folder = path.getParent();
        if (folder == null || !Files.exists(folder.resolve(Dataset.FILE))) {
            return Optional.empty();
        }
        try (Dataset dataset = Dataset.open(folder)) {
            return dataset.parts().entrySet().stream()
                    .filter(part -> folder.resolve(part.getValue().path()).normalize().equals(path))
                    .map(Map.Entry::getKey).findFirst();
        }
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /// The path without links, as far as it exists.
    private static Path real(Path path) throws IOException {
        Path whole = path.toAbsolutePath().normalize();
        Path there = whole;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null ? whole : there.toRealPath().resolve(there.relativize(whole)).normalize();
    }

    private static String bare(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query);
    }

    private static String slashed(String text) {
        return text.endsWith("/") || text.endsWith("\\")
                ? text
                : text + (text.contains("://") ? "/" : java.io.File.separator);
    }
}
