package org.neuropil.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.format.VolumeUri;

/// What a stage must not replace, whatever it is told: parts of another kind, what is no part, and what it reads.
final class PartPlaces {
    private static final String OTHER_NAME = "choose another name for what is to be made";

    private PartPlaces() {}

    /// Checks the places where parts are to be put.
    ///
    /// @param parts to be made, by name
    /// @throws InputException if something else is in one of them
    static void check(Dataset dataset, Recipe recipe, Map<String, Dataset.Part> parts) throws IOException {
        for (Map.Entry<String, Dataset.Part> made : parts.entrySet()) {
            checkKind(dataset, made.getKey(), made.getValue().kind());
            Path place = dataset.folder().resolve(made.getValue().path());
            checkPlace(dataset, made.getKey(), place);
            for (Recipe.Input input : recipe.inputs()) {
                checkInput(dataset, made.getKey(), place, input);
            }
        }
    }

    private static void checkKind(Dataset dataset, String name, Dataset.Kind kind) {
        Dataset.Part there = dataset.parts().get(name);
        if (there != null && there.kind() != kind) {
            throw new InputException("part '" + name + "' is of kind " + word(there.kind())
                    + ", and is not replaced by one of kind " + word(kind), dataset.folder().toString(), OTHER_NAME);
        }
    }

    private static String word(Dataset.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// Files of others in the dataset's folder stay, `dataset.json` not the least of them.
    private static void checkPlace(Dataset dataset, String name, Path place) {
        for (Map.Entry<String, Dataset.Part> other : dataset.parts().entrySet()) {
            Path taken = dataset.folder().resolve(other.getValue().path()).normalize();
            if (!other.getKey().equals(name) && taken.startsWith(place)) {
                throw new InputException("part '" + other.getKey() + "' lies in folder '" + name + "'",
                        dataset.folder().toString(), OTHER_NAME);
            }
        }
        if (!dataset.parts().containsKey(name) && Files.exists(place)) {
            throw new InputException("exists and is no part of the dataset", place.toString(),
                    OTHER_NAME + ", or move it away");
        }
    }

    private static void checkInput(Dataset dataset, String name, Path place, Recipe.Input input)
            throws IOException {
        Optional<Path> read = local(input.path());
        if (read.isPresent() && Files.exists(read.get()) && Files.exists(place)
                && read.get().toRealPath().startsWith(place.toRealPath())) {
            throw new InputException("part '" + name + "' is read as '" + input.name()
                    + "', and cannot be replaced by what is made of it", dataset.folder().toString(), OTHER_NAME);
        }
    }

    /// Where an input lies on this machine, be it given as a path or as a volume's address; empty if it is elsewhere.
    private static Optional<Path> local(String input) {
        try {
            VolumeUri uri = VolumeUri.parse(input, "input");
            return uri.isLocal() ? Optional.of(uri.path()) : Optional.empty();
        } catch (InputException | InvalidPathException e) {
            return Optional.empty(); // a note of where it was, which no longer names anything
        }
    }
}
