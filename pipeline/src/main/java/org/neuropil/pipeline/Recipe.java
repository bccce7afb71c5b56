package org.neuropil.pipeline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All that decides a result's bytes: the verb, its parameters, its inputs and the software. Two runs with equal recipes
/// give equal bytes, which is what makes it right to go on with an interrupted run or to keep a finished part.
///
/// @param verb as on the command line
/// @param software name and version
/// @param seed of everything random; 0 where nothing is
/// @param parameters by name, JSON values; what does not change the bytes (threads, progress) is not among them
/// @param inputs what was read
public record Recipe(String verb, String software, long seed, Map<String, Object> parameters, List<Input> inputs) {
    /// Copies its collections; parameters are kept in order of name.
    public Recipe {
        parameters = Map.copyOf(parameters);
        inputs = List.copyOf(inputs);
    }

    /// Something read.
    ///
    /// @param name what it is to the verb: `em`, `sections`
    /// @param path where it was, for people; not part of the identity
    /// @param sha256 of its bytes, or of the recipe of the part that it is
    public record Input(String name, String path, String sha256) {}

    /// The identity of the result: SHA-256 over everything but the inputs' paths.
    public String digest() {
        List<List<String>> names = inputs.stream().map(i -> List.of(i.name(), i.sha256())).toList();
        return Json.sha256(Json.bytes(Map.of("verb", verb, "software", software, "seed", seed, "parameters",
                new TreeMap<>(parameters), "inputs", names)));
    }
}
