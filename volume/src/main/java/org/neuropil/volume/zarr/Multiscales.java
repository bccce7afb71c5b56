package org.neuropil.volume.zarr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.array.Fields;

import tools.jackson.databind.JsonNode;

/// What OME-Zarr says of an image: its axes, and its arrays with where their voxels lie. Only the first image of a group
/// is read, as the specification allows.
///
/// @param where file and field, for errors
/// @param axes empty if there is nothing of them, as in versions before 0.3
/// @param datasets finest first
/// @param labels true if voxels are ids
record Multiscales(String where, List<Axis> axes, List<Dataset> datasets, boolean labels) {
    /// @param unit of lengths along it, if it is said
    record Axis(String name, Optional<String> unit) {}

    /// @param path of the array in the group
    /// @param scale what lies between the centres of voxels, in the axes' units; empty if there is nothing of it, which
    ///        means 1
    /// @param translation where the centre of the first voxel lies; empty likewise, which means 0
    record Dataset(String path, double[] scale, double[] translation) {}

    /// @param ome the attributes, or their `ome` in version 0.5
    static Multiscales parse(Fields ome) {
        List<Fields> all = ome.objects("multiscales");
        if (all.isEmpty()) {
            throw ome.wrong("multiscales", "expected a list of at least one image", "");
        }
        Fields image = all.getFirst();
        if (image.has("coordinateSystems")) {
            throw image.wrong("coordinateSystems", "OME-Zarr is supported up to version 0.5", "");
        }
        List<Axis> axes = image.has("axes") ? axes(image) : List.of();
        int rank = axes.size();
        double[][] common = transformations(image, rank);
        List<Dataset> datasets = new ArrayList<>();
        for (Fields dataset : image.objects("datasets")) {
            double[][] own = transformations(dataset, rank);
            // The image's transformations come after the dataset's.
            for (int d = 0; d < rank; d++) {
                own[0][d] *= common[0][d];
                own[1][d] = own[1][d] * common[0][d] + common[1][d];
            }
            datasets.add(new Dataset(path(dataset), own[0], own[1]));
        }
        if (datasets.isEmpty()) {
            throw new InputException("the field is missing or empty", image.where("datasets"), "");
        }
        return new Multiscales(image.where("datasets"), axes, datasets, ome.has("image-label"));
    }

    private static List<Axis> axes(Fields image) {
        List<Axis> axes = new ArrayList<>();
        // Version 0.3 has names, later ones objects.
        if (image.list("axes").stream().allMatch(JsonNode::isString)) {
            image.strings("axes").forEach(name -> axes.add(new Axis(name, Optional.empty())));
        } else {
            for (Fields axis : image.objects("axes")) {
                axes.add(new Axis(axis.string("name"), axis.optionalString("unit")));
            }
        }
        return axes;
    }

    /// Scale and translation of all transformations, one after the other.
    ///
    /// @param rank dimensions of the arrays
    static double[][] transformations(Fields owner, int rank) {
        double[] scale = new double[rank];
        double[] translation = new double[rank];
        java.util.Arrays.fill(scale, 1);
        for (Fields one : owner.objects("coordinateTransformations")) {
            switch (one.string("type")) {
                case "identity" -> {
                    // Changes nothing.
                }
                case "scale" -> {
                    double[] factors = one.numbers("scale", rank);
                    for (int d = 0; d < rank; d++) {
                        if (factors[d] <= 0) {
                            throw one.wrong("scale", "expected numbers above zero", "");
                        }
                        scale[d] *= factors[d];
                        translation[d] *= factors[d];
                    }
                }
                case "translation" -> {
                    double[] steps = one.numbers("translation", rank);
                    for (int d = 0; d < rank; d++) {
                        translation[d] += steps[d];
                    }
                }
                default -> throw one.wrong("type", "only scale and translation are supported", "");
            }
        }
        return new double[][]{scale, translation};
    }

    private static String path(Fields dataset) {
        String path = dataset.string("path");
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")
                    || name.chars().anyMatch(c -> c < ' ' || c == '\\' || c == ':')) {
                throw dataset.wrong("path", "expected the name of a folder in the image's folder", "");
            }
        }
        return path;
    }
}
