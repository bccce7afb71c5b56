package org.neuropil.server.api;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.server.figure.IntensityRange;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.precomputed.PrecomputedInfo;
import org.neuropil.volume.store.FileStore;

import tools.jackson.databind.json.JsonMapper;

/// A state of Neuroglancer that shows a dataset: the image, the segmentation with meshes and some large segments
/// chosen, everything else there but not shown.
///
/// @param json as Neuroglancer reads it
public record ViewerState(Map<String, Object> json) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SHADER = "#uicontrol invlerp normalized\nvoid main() {\n  emitGrayscale(normalized());\n}\n";
    /// Pixels of a panel of a small window, which the section is made to fill.
    private static final double PANEL = 500;

    /// Name of the layer of cells that can be edited.
    public static final String CELLS = "cells";

    /// The proofreading graph as the viewer is to show it.
    ///
    /// @param table its name in CAVE's paths
    /// @param roots the roots of supervoxels now, 0 where there is none; as many
    public record Cells(String table, Roots roots) {
        /// Looks roots up.
        @FunctionalInterface
        public interface Roots {
            /// @throws IOException if the graph cannot be read
            long[] of(long[] supervoxels) throws IOException;
        }
    }

    /// Makes the state of a dataset without a graph.
    ///
    /// @param origin of the server as the client reaches it: `http://localhost:8080`
    /// @throws IOException if the dataset's files cannot be read
    public static ViewerState of(Dataset dataset, String origin) throws IOException {
        return of(dataset, origin, Optional.empty());
    }

    /// Makes the state. With a graph, its cells are what is shown, and the viewer's tools edit them; the segmentation that
    /// it was made from stays as a layer that is not shown.
    ///
    /// @param origin of the server as the client reaches it: `http://localhost:8080`
    /// @throws IOException if the dataset's files or the graph cannot be read
    public static ViewerState of(Dataset dataset, String origin, Optional<Cells> cells) throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("title", dataset.about().title().isEmpty() ? dataset.about().name() : dataset.about().title());
        Optional<String> image = Parts.main(dataset, Dataset.Kind.IMAGE, Parts.IMAGE);
        Optional<String> segments = Parts.main(dataset, Dataset.Kind.SEGMENTATION, Parts.SEGMENTATION);
        Optional<String> space = image.or(() -> segments);
        if (space.isPresent()) {
            place(state, dataset.volume(space.get()).info().scale(0));
        }
        List<Map<String, Object>> layers = new ArrayList<>();
        for (String name : Parts.names(dataset, Dataset.Kind.IMAGE)) {
            layers.add(image(dataset, name, origin, image.filter(name::equals).isPresent()));
        }
        if (cells.isPresent()) {
            layers.add(cells(dataset, cells.get(), origin, segments));
        }
        for (String name : Parts.names(dataset, Dataset.Kind.SEGMENTATION)) {
            layers.add(segmentation(dataset, name, origin,
                    cells.isEmpty() && segments.filter(name::equals).isPresent()));
        }
        // Neuroglancer draws in this order; its users expect the shown layers first in the list.
        layers.sort((a, b) -> Boolean.compare(a.containsKey("visible"), b.containsKey("visible")));
        state.put("layers", layers);
        if (cells.isPresent()) {
            // The merge tool places points in the layer that is chosen, and in none if none is.
            state.put("selectedLayer", Map.of("layer", CELLS));
        }
        state.put("showSlices", false);
        state.put("layout", "4panel");
        return new ViewerState(state);
    }

    /// Path of the viewer with this state.
    public String link() {
        return "/viewer/#!" + encode(MAPPER.writeValueAsString(json));
    }

    private static void place(Map<String, Object> state, Scale scale) {
        VoxelSize voxel = scale.voxelSize();
        Box bounds = scale.bounds();
        Map<String, Object> dimensions = new LinkedHashMap<>();
        List<Double> middle = new ArrayList<>();
        double smallest = Math.min(voxel.x(), Math.min(voxel.y(), voxel.z()));
        double longest = 0;
        for (int axis = 0; axis < 3; axis++) {
            double metres = new BigDecimal(VoxelSize.text(voxel.get(axis))).movePointLeft(9).doubleValue();
            dimensions.put(List.of("x", "y", "z").get(axis), List.of(metres, "m"));
            middle.add((bounds.min().get(axis) + bounds.max().get(axis)) / 2.0);
            longest = Math.max(longest, bounds.size().get(axis) * voxel.get(axis));
        }
        state.put("dimensions", dimensions);
        state.put("position", middle);
        Int3 size = bounds.size();
        double section = Math.max(size.x() * voxel.x(), size.y() * voxel.y());
        state.put("crossSectionScale", section / smallest / PANEL);
        state.put("projectionScale", 1.5 * longest / smallest);
    }

    private static Map<String, Object> image(Dataset dataset, String name, String origin, boolean shown)
            throws IOException {
        Map<String, Object> layer = layer("image", name, shown);
        layer.put("source", source(origin, name));
        layer.put("shader", SHADER);
        IntensityRange range = IntensityRange.sample(dataset.volume(name));
        layer.put("shaderControls",
                Map.of("normalized", Map.of("range", List.of(number(range.black()), number(range.white())))));
        return layer;
    }

    private static Map<String, Object> segmentation(Dataset dataset, String name, String origin, boolean shown)
            throws IOException {
        Map<String, Object> layer = layer("segmentation", name, shown);
        PrecomputedInfo info = PrecomputedInfo.read(new FileStore(dataset.path(name)));
        List<String> sources = new ArrayList<>(List.of(source(origin, name)));
        if (info.mesh().isEmpty()) {
            // With a folder of meshes in the volume's info the viewer finds them itself.
            for (String mesh : Parts.names(dataset, Dataset.Kind.MESH)) {
                if (isMade(dataset, mesh, name, shown)) {
                    sources.add(source(origin, mesh));
                }
            }
        }
        layer.put("source", sources);
        if (shown) {
            layer.put("segments", LargestSegments.of(dataset.folder(), dataset.path(name), info.segmentProperties()));
        }
        return layer;
    }

    /// A segment has the id of one of its supervoxels, so that the largest segments are found again as cells.
    private static Map<String, Object> cells(Dataset dataset, Cells cells, String origin, Optional<String> segments)
            throws IOException {
        Map<String, Object> layer = layer("segmentation", CELLS, true);
        layer.put("source", "graphene://" + origin + "/segmentation/table/" + cells.table());
        if (segments.isPresent()) {
            PrecomputedInfo info = PrecomputedInfo.read(new FileStore(dataset.path(segments.get())));
            long[] largest = LargestSegments
                    .of(dataset.folder(), dataset.path(segments.get()), info.segmentProperties()).stream()
                    .mapToLong(Long::parseUnsignedLong).toArray();
            layer.put("segments", Arrays.stream(cells.roots().of(largest)).filter(root -> root != 0).distinct()
                    .mapToObj(Long::toUnsignedString).toList());
        }
        layer.put("toolBindings", Map.of("M", "grapheneMergeSegments", "C", "grapheneMulticutSegments"));
        return layer;
    }

    /// True if meshes are those of a segmentation; meshes that do not say of which are those of the main one.
    private static boolean isMade(Dataset dataset, String mesh, String segmentation, boolean main)
            throws IOException {
        Optional<Provenance> made = find(dataset, mesh);
        for (String other : Parts.names(dataset, Dataset.Kind.SEGMENTATION)) {
            Optional<String> digest = find(dataset, other).map(Provenance::recipeSha256);
            if (made.isPresent() && digest.isPresent()
                    && made.get().recipe().inputs().stream().map(Recipe.Input::sha256).anyMatch(digest.get()::equals)) {
                return other.equals(segmentation);
            }
        }
        return main;
    }

    private static Optional<Provenance> find(Dataset dataset, String part) throws IOException {
        try {
            return dataset.findProvenance(part);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> layer(String type, String name, boolean shown) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("type", type);
        layer.put("name", name);
        if (!shown) {
            layer.put("visible", false);
        }
        return layer;
    }

    private static String source(String origin, String part) {
        return "precomputed://" + origin + "/data/" + part;
    }

    /// Whole numbers without a fraction, as people would write them.
    private static Number number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return (long) value;
        }
        return value;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
