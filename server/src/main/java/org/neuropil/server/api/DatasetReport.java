package org.neuropil.server.api;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.Software;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;

import tools.jackson.databind.JsonNode;

/// A dataset in one answer: what it is, its parts, how each was made, how good it is. The components are the fields of
/// the JSON, in snake case.
///
/// @param name short
/// @param title one line; may be empty
/// @param description more lines; may be empty
/// @param attribution whom to cite; may be empty
/// @param licence name of the data's licence; may be empty
/// @param licenceUrl its text; null if there is none
/// @param software that serves it
/// @param voxelSizeNm of the first image's mip 0: x, y, z; null if there is no image
/// @param sizeVoxels of the same; null if there is no image
/// @param parts by name
/// @param stages runs that made them, in the order of their start
/// @param scores figures of comparisons, as their `score.json` has them
/// @param viewer path of the viewer with a state that shows the dataset
public record DatasetReport(String name, String title, String description, String attribution, String licence,
        @Nullable String licenceUrl, String software, @Nullable List<Double> voxelSizeNm,
        @Nullable List<Integer> sizeVoxels,
        List<Part> parts, List<Stage> stages, List<JsonNode> scores, String viewer) {
    /// Name of the file with the figures of a comparison.
    public static final String SCORE = "score.json";

    /// A part.
    ///
    /// @param name as in `dataset.json`
    /// @param kind `image`, `segmentation`, `edges`, `mesh` or `score`
    /// @param format how its files are written
    /// @param path where they are served
    /// @param dataType of a voxel; null if it is no volume, as are the next three
    /// @param sizeVoxels of mip 0
    /// @param voxelSizeNm of mip 0
    /// @param mips how many
    /// @param count how many segments have a mesh; null if it holds no meshes
    /// @param bytes of all its files
    public record Part(String name, String kind, String format, String path, @Nullable String dataType,
            @Nullable List<Integer> sizeVoxels, @Nullable List<Double> voxelSizeNm, @Nullable Integer mips,
            @Nullable Long count, long bytes) {}

    /// A run.
    ///
    /// @param run its id
    /// @param verb as on the command line
    /// @param part the first that it made
    /// @param parts all that it made
    /// @param state `done`
    /// @param started UTC
    /// @param seconds wall-clock time
    /// @param peakMib peak memory
    /// @param threads at work
    /// @param parameters by name
    /// @param inputs what it read; a path inside the dataset is relative to it
    /// @param figures what it counted or measured
    public record Stage(String run, String verb, String part, List<String> parts, String state, Instant started,
            double seconds, long peakMib, int threads, Map<String, Object> parameters, List<Recipe.Input> inputs,
            Map<String, Object> figures) {}

    /// Tells how large a part is; may remember it.
    @FunctionalInterface
    public interface Sizes {
        /// What the part's files are.
        PartFiles of(String part) throws IOException;
    }

    /// Reads what the dataset's files say.
    ///
    /// @param viewer the link
    /// @throws IOException if one cannot be read
    /// @throws org.neuropil.space.InputException if one does not hold what it should; names it
    public static DatasetReport of(Dataset dataset, Sizes sizes, String viewer) throws IOException {
        List<Part> parts = new ArrayList<>();
        List<JsonNode> scores = new ArrayList<>();
        for (Map.Entry<String, Dataset.Part> entry : dataset.parts().entrySet()) {
            String name = entry.getKey();
            parts.add(part(dataset, name, entry.getValue().kind(), sizes.of(name)));
            if (entry.getValue().kind() == Dataset.Kind.SCORE) {
                scores.add(Json.read(dataset.path(name).resolve(SCORE), JsonNode.class));
            }
        }
        Dataset.About about = dataset.about();
        Optional<String> image = Parts.main(dataset, Dataset.Kind.IMAGE, Parts.IMAGE);
        Optional<Part> shown = parts.stream().filter(p -> image.filter(p.name()::equals).isPresent()).findFirst();
        String licenceUrl = about.licenceUrl().isEmpty() ? null : about.licenceUrl();
        return new DatasetReport(about.name(), about.title(), "", about.attribution(), about.licence(), licenceUrl,
                Software.NAME, shown.map(Part::voxelSizeNm).orElse(null),
                shown.map(Part::sizeVoxels).orElse(null), parts, stages(dataset), scores, viewer);
    }

    private static Part part(Dataset dataset, String name, Dataset.Kind kind, PartFiles files) throws IOException {
        String path = "/data/" + name;
        String text = kind.name().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case IMAGE, SEGMENTATION -> {
                Volume volume = dataset.volume(name);
                Scale finest = volume.info().scale(0);
                yield new Part(name, text, "precomputed", path, volume.info().type().text(),
                        list(finest.bounds().size()), list(finest.voxelSize()), volume.info().scales().size(), null,
                        files.bytes());
            }
            case MESH -> new Part(name, text, files.type().replace("neuroglancer_", ""), path, null, null, null, null,
                    files.meshes(), files.bytes());
            case EDGES -> new Part(name, text, "edges", path, null, null, null, null, null, files.bytes());
            case GRAPH -> new Part(name, text, "graph", path, null, null, null, null, null, files.bytes());
            case SCORE -> new Part(name, text, "json", path, null, null, null, null, null, files.bytes());
        };
    }

    private static List<Stage> stages(Dataset dataset) throws IOException {
        Map<String, List<String>> parts = new TreeMap<>();
        Map<String, Provenance> runs = new TreeMap<>();
        for (String name : dataset.parts().keySet()) {
            try {
                Provenance made = dataset.provenance(name);
                parts.computeIfAbsent(made.run(), run -> new ArrayList<>()).add(name);
                runs.put(made.run(), made);
            } catch (NoSuchFileException e) {
                // A part from elsewhere may come without; then there is nothing to tell.
                continue;
            }
        }
        return runs.values().stream()
                .map(made -> stage(dataset.folder(), made, parts.getOrDefault(made.run(), List.of())))
                .sorted(Comparator.comparing(Stage::started).thenComparing(Stage::run)).toList();
    }

    private static Stage stage(Path folder, Provenance made, List<String> parts) {
        Recipe recipe = made.recipe();
        Provenance.Timing timing = made.timing();
        List<Recipe.Input> inputs = recipe.inputs().stream()
                .map(i -> new Recipe.Input(i.name(), relative(folder, i.path()), i.sha256())).toList();
        return new Stage(made.run(), recipe.verb(), parts.getFirst(), parts, "done", timing.started(), timing.seconds(),
                timing.peakMib(), timing.threads(), recipe.parameters(), inputs, made.figures());
    }

    private static String relative(Path folder, String path) {
        String inside = folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
        return path.startsWith(inside) ? path.substring(inside.length()) : path;
    }

    private static List<Integer> list(Int3 value) {
        return List.of(value.x(), value.y(), value.z());
    }

    private static List<Double> list(VoxelSize size) {
        return List.of(size.x(), size.y(), size.z());
    }
}
