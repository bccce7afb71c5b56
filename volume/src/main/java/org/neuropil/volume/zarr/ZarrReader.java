package org.neuropil.volume.zarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.array.LengthUnit;
import org.neuropil.volume.array.Offsets;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.store.Store;
import org.neuropil.volume.zarr.Multiscales.Axis;
import org.neuropil.volume.zarr.Multiscales.Dataset;

/// Finds out what lies in a store and makes a volume of it.
final class ZarrReader {
    /// Our own attribute of groups: `{"kind": "image"}`.
    static final String OWN = "neuropil";

    private final Store store;
    private final Reading reading;

    ZarrReader(Store store, Reading reading) {
        this.store = store;
        this.reading = reading;
    }

    ZarrVolume open() throws IOException {
        Optional<Fields> node = fields(V3Array.KEY);
        if (node.isPresent()) {
            if (node.get().choice("node_type", "array", "group").equals("array")) {
                return plain(V3Array.parse(node.get(), ""));
            }
            V3Array.checkNode(node.get(), "group");
            Fields attributes = node.get().optionalObject("attributes");
            return group(attributes, attributes.has("ome") ? attributes.object("ome") : attributes, 3);
        }
        Optional<Fields> array = fields(V2Array.KEY);
        if (array.isPresent()) {
            return plain(V2Array.parse(array.get(), attributes(""), ""));
        }
        Optional<Fields> attributes = fields(V2Array.ATTRIBUTES);
        if (attributes.isEmpty() && store.get(V2Array.GROUP).isEmpty()) {
            throw new InputException("there is no such file, nor .zarray, nor .zattrs, so there is no Zarr volume here",
                    store.uri(V3Array.KEY), "give the folder of an OME-Zarr image or of an array");
        }
        Fields found = attributes(""); // an empty one, if there is none
        return group(found, found, 2);
    }

    private ZarrVolume group(Fields attributes, Fields ome, int version) throws IOException {
        if (!ome.has("multiscales")) {
            String hint = ome.has("labels")
                    ? "give one of the label images in it"
                    : ome.has("bioformats2raw.layout")
                            ? "give one of the images in it, such as the one named 0"
                            : "give the folder of an image or of an array";
            throw new InputException("there is a group of Zarr here, but no image of OME-Zarr",
                    ome.where("multiscales"),
                    hint);
        }
        Multiscales image = Multiscales.parse(ome);
        List<ZarrArray> arrays = new ArrayList<>();
        for (Dataset dataset : image.datasets()) {
            arrays.add(array(dataset.path(), version));
        }
        ZarrArray finest = arrays.getFirst();
        Kind kind = reading.kind().orElseGet(() -> kind(attributes, image, finest.type()));
        List<Level> levels = new ArrayList<>();
        for (int mip = 0; mip < arrays.size(); mip++) {
            ZarrArray array = arrays.get(mip);
            if (array.type() != finest.type()) {
                throw new InputException("its type is " + array.type().text() + ", and that of the finest array "
                        + finest.type().text(), array.file(), "");
            }
            levels.add(level(array, image, image.datasets().get(mip),
                    levels.isEmpty() ? Optional.empty() : Optional.of(image.datasets().getFirst())));
        }
        return volume(kind, finest.type(), levels);
    }

    private Level level(ZarrArray array, Multiscales image, Dataset dataset, Optional<Dataset> finest) {
        List<String> names = image.axes().isEmpty()
                ? array.axisNames()
                : image.axes().stream().map(Axis::name).toList();
        if (names.size() != array.shape().length) {
            throw new InputException("the array has " + array.shape().length + " dimensions, and the image "
                    + names.size() + " axes", array.file() + ", field shape", "");
        }
        Axes axes = Axes.find(names, array.shape(), reading, image.where());
        double[] scale = image.axes().isEmpty() ? ones(names.size()) : dataset.scale();
        double[] translation = image.axes().isEmpty() ? new double[names.size()] : dataset.translation();
        double[] lengths = axes.pick(scale, 1);
        double[] steps = axes.pick(translation, 0);
        Int3 min = Offsets.wholeVoxels(steps, lengths, image.where());
        double[] base = reading.voxelSize().isEmpty()
                ? units(image, axes)
                : ratio(reading.voxelSize().get(), axes.pick(finest.map(Dataset::scale).orElse(scale), 1));
        return level(array, axes, min, base, lengths, image.where());
    }

    /// Nanometres in the unit of each axis.
    private static double[] units(Multiscales image, Axes axes) {
        double[] units = {1, 1, 1};
        for (int axis = 0; axis < 3; axis++) {
            Optional<String> unit = image.axes().isEmpty()
                    ? Optional.empty()
                    : axes.dimension(axis).flatMap(d -> image.axes().get(d).unit());
            if (unit.isPresent()) {
                units[axis] = LengthUnit.nanometres(unit.get(), image.where().replaceFirst("datasets$", "axes"));
            }
        }
        return units;
    }

    private static double[] ratio(VoxelSize wanted, double[] finest) {
        return new double[]{wanted.x() / finest[0], wanted.y() / finest[1], wanted.z() / finest[2]};
    }

    private ZarrVolume plain(ZarrArray array) {
        Axes axes = Axes.find(array.axisNames(), array.shape(), reading, array.file() + ", field shape");
        double[] lengths = reading.voxelSize().map(size -> new double[]{size.x(), size.y(), size.z()})
                .orElseGet(() -> axes.pick(dimensionUnits(array), 1));
        Level level = level(array, axes, Int3.ZERO, new double[]{1, 1, 1}, lengths,
                array.file() + ", field shape");
        Kind kind = reading.kind().orElseGet(() -> Reading.usualKind(array.type()));
        return volume(kind, array.type(), List.of(level));
    }

    /// Lengths as tensorstore and Neuroglancer write them; 1 nm where there is none.
    private static double[] dimensionUnits(ZarrArray array) {
        double[] lengths = ones(array.shape().length);
        Fields attributes = array.attributeFields();
        if (attributes.has("dimension_units")) {
            List<String> units = attributes.strings("dimension_units");
            if (units.size() != lengths.length) {
                throw attributes.wrong("dimension_units", "the array has " + lengths.length + " dimensions", "");
            }
            for (int d = 0; d < lengths.length; d++) {
                lengths[d] = LengthUnit.quantity(units.get(d)).orElse(1.0);
            }
        }
        return lengths;
    }

    private Level level(ZarrArray array, Axes axes, Int3 min, double[] base, double[] lengths, String where) {
        Int3 size = axes.pick(array.shape(), 1);
        Int3 unit = axes.pick(array.unit(), 1);
        Offsets.checkReach(min, size, unit, where);
        try {
            VoxelSize voxel = new VoxelSize(LengthUnit.times(lengths[0], base[0]),
                    LengthUnit.times(lengths[1], base[1]), LengthUnit.times(lengths[2], base[2]));
            return Level.of(array, axes, new Scale(voxel, Box.of(min, size), axes.pick(array.chunk(), 1), unit));
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), where, "", e);
        }
    }

    private ZarrVolume volume(Kind kind, DataType type, List<Level> levels) {
        if (kind == Kind.SEGMENTATION && type.isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + type.text(),
                    levels.getFirst().array().file(), "open it as an image");
        }
        return new ZarrVolume(store, new VolumeInfo(kind, type, levels.stream().map(Level::scale).toList()), levels);
    }

    private static Kind kind(Fields attributes, Multiscales image, DataType type) {
        Fields own = attributes.has(OWN) ? attributes.object(OWN) : attributes.optionalObject(OWN);
        if (own.has("kind")) {
            return own.choice("kind", "image", "segmentation").equals("image") ? Kind.IMAGE : Kind.SEGMENTATION;
        }
        return image.labels() ? Kind.SEGMENTATION : Reading.usualKind(type);
    }

    private ZarrArray array(String folder, int version) throws IOException {
        String key = folder + "/" + (version == 3 ? V3Array.KEY : V2Array.KEY);
        Fields array = fields(key).orElseThrow(() -> new InputException(
                "there is no such file, but the image is said to have this array", store.uri(key), ""));
        return version == 3 ? V3Array.parse(array, folder) : V2Array.parse(array, attributes(folder + "/"), folder);
    }

    private Fields attributes(String prefix) throws IOException {
        String key = prefix + V2Array.ATTRIBUTES;
        Optional<Fields> found = fields(key);
        return found.isPresent() ? found.get() : new Fields(store.uri(key), "", Fields.MAPPER.createObjectNode());
    }

    private Optional<Fields> fields(String key) throws IOException {
        return store.get(key).map(text -> Fields.parse(text, store.uri(key)));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
