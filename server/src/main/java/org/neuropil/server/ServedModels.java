package org.neuropil.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.neuropil.coregister.GivenFile;
import org.neuropil.pipeline.Json;
import org.neuropil.server.http.Problem;

import tools.jackson.databind.JsonNode;

/// The models between two-photon and EM that a dataset holds, or that come with a call.
///
/// @param dataset that is served
record ServedModels(LiveDataset dataset) {
    /// Folder of models in a dataset.
    static final String FOLDER = "coregister";
    private static final String ENDING = ".json";

    /// Those of the dataset.
    List<Path> files() throws IOException {
        Path folder = dataset.folder().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file)).sorted().toList();
        }
    }

    /// By which one is asked for.
    static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ENDING.length());
    }

    static GivenFile read(Path file) throws IOException {
        return new GivenFile(FOLDER + "/" + file.getFileName(), Files.readAllBytes(file));
    }

    /// The model of a call; empty if there is none.
    ///
    /// @param name of one of the dataset's
    /// @param fitted what 'coregister fit' wrote, instead: its text, or the object
    /// @throws Problem if there are two, or none of the name
    Optional<GivenFile> given(@Nullable String name, @Nullable JsonNode fitted) throws IOException {
        boolean comes = !GivenRows.isMissing(fitted);
        if (name != null && comes) {
            throw new Problem(400, "there are two models", "model",
                    "give one of model, its name, and fitted, what 'coregister fit' wrote");
        }
        if (fitted != null && comes) {
            return Optional.of(new GivenFile("fitted", fitted.isString()
                    ? fitted.asString().getBytes(StandardCharsets.UTF_8)
                    : Json.bytes(fitted)));
        }
        if (name == null) {
            return Optional.empty();
        }
        for (Path file : files()) {
            if (name(file).equals(name)) {
                return Optional.of(read(file));
            }
        }
        throw Problem.notFound("there is no model '" + SessionQuery.shown(name) + "'", "model",
                "/api/v1/coregister/models lists what there is");
    }
}
