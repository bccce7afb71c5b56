package org.neuropil.circuits.ask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.circuits.wiring.Cells;

import tools.jackson.databind.json.JsonMapper;

/// A view in Neuroglancer: cells of a segmentation, where the dataset has one, and points at somata.
///
/// @param text what is to be seen
/// @param state as Neuroglancer reads it
public record ViewerLink(String text, Map<String, Object> state) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /// Where the volumes of a dataset lie.
    ///
    /// @param imagery address as viewers write it; empty if there is none
    /// @param segmentation likewise
    public record Volumes(String imagery, String segmentation) {
        /// None.
        public static final Volumes NONE = new Volumes("", "");
    }

    /// A cell of a view.
    ///
    /// @param root id; shown if there is a segmentation
    /// @param name what stands beside its point
    /// @param place of its soma in nm: x, y, z
    /// @param colour `#rrggbb`
    @SuppressWarnings("ArrayRecordComponent") // a place, which nobody compares
    public record Seen(long root, String name, double[] place, String colour) {
        /// Okabe and Ito's colours, for black: type by type.
        private static final List<String> COLOURS = List.of("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442",
                "#d55e00", "#0072b2");

        /// A cell with the colour of its type.
        public static Seen of(Cells cells, int cell) {
            return new Seen(cells.roots()[cell],
                    cells.typeOf(cell).name() + ", nucleus " + Long.toUnsignedString(cells.names()[cell]),
                    Arrays.copyOfRange(cells.nm(), 3 * cell, 3 * cell + 3),
                    COLOURS.get(cells.type()[cell] % COLOURS.size()));
        }
    }

    /// Shows cells.
    public static ViewerLink of(String text, Volumes volumes, List<Seen> cells) {
        Map<String, Object> state = new LinkedHashMap<>();
        Map<String, Object> dimensions = new LinkedHashMap<>();
        for (String axis : List.of("x", "y", "z")) {
            dimensions.put(axis, List.of(1e-9, "m"));
        }
        state.put("dimensions", dimensions);
        if (!cells.isEmpty()) {
            double[] middle = new double[3];
            for (Seen cell : cells) {
                for (int axis = 0; axis < 3; axis++) {
                    middle[axis] += cell.place()[axis] / cells.size();
                }
            }
            state.put("position", List.of(Math.rint(middle[0]), Math.rint(middle[1]), Math.rint(middle[2])));
            state.put("projectionScale", 1e6);
        }
        List<Object> layers = new ArrayList<>();
        if (!volumes.imagery().isEmpty()) {
            layers.add(layer("image", "imagery", volumes.imagery()));
        }
        if (!volumes.segmentation().isEmpty()) {
            Map<String, Object> segments = layer("segmentation", "cells", volumes.segmentation());
            segments.put("segments", cells.stream().map(one -> Long.toUnsignedString(one.root())).toList());
            Map<String, Object> colours = new LinkedHashMap<>();
            cells.forEach(one -> colours.put(Long.toUnsignedString(one.root()), one.colour()));
            segments.put("segmentColors", colours);
            layers.add(segments);
        }
        layers.add(points(cells));
        state.put("layers", layers);
        state.put("layout", volumes.imagery().isEmpty() ? "3d" : "xy-3d");
        return new ViewerLink(text, state);
    }

    private static Map<String, Object> layer(String type, String name, String source) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("type", type);
        layer.put("name", name);
        layer.put("source", source);
        return layer;
    }

    private static Map<String, Object> points(List<Seen> cells) {
        Map<String, Object> layer = layer("annotation", "somata", "local://annotations");
        layer.put("annotationProperties", List.of(Map.of("id", "colour", "type", "rgb", "default", "#ffffff")));
        layer.put("shader", "void main() {\n  setColor(prop_colour());\n  setPointMarkerSize(8.0);\n}\n");
        List<Object> annotations = new ArrayList<>();
        for (Seen cell : cells) {
            Map<String, Object> point = new LinkedHashMap<>();
            point.put("type", "point");
            point.put("id", Long.toUnsignedString(cell.root()));
            point.put("point", List.of(cell.place()[0], cell.place()[1], cell.place()[2]));
            point.put("description", cell.name());
            point.put("props", List.of(cell.colour()));
            annotations.add(point);
        }
        layer.put("annotations", annotations);
        return layer;
    }

    /// The address.
    ///
    /// @param viewer address of a Neuroglancer: `http://localhost:8080/viewer/`
    public String address(String viewer) {
        return viewer + "#!"
                + URLEncoder.encode(MAPPER.writeValueAsString(state), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
