package org.neuropil.volume.zarr;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Addition;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the metadata of more mips of an image that is there. What they say that is not of a mip is kept, whoever has
/// written it.
final class ZarrMips {
    private static final String CONSOLIDATED = ".zmetadata";
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,6})");
    private static final String HINT = "make a copy that has mips with 'neuropil convert'";

    private final Store store;
    private final VolumeInfo info;
    private final List<Level> levels;
    private final int version;
    private final Map<String, ObjectNode> files = new LinkedHashMap<>();

    ZarrMips(Store store, VolumeInfo info, List<Level> levels) {
        this.store = store;
        this.info = info;
        this.levels = levels;
        version = levels.getLast().array().version();
    }

    Addition<ZarrVolume> add(List<Scale> more) throws IOException {
        ZarrArray coarsest = levels.getLast().array();
        if (coarsest.folder().isEmpty()) {
            throw new InputException("is an array on its own, and mips are arrays of an image of OME-Zarr",
                    coarsest.file(), HINT);
        }
        if (!coarsest.readOnly().isEmpty()) {
            throw new InputException(coarsest.readOnly(), coarsest.file(), HINT);
        }
        String group = version == 3 ? V3Array.KEY : V2Array.ATTRIBUTES;
        Map<String, byte[]> before = new LinkedHashMap<>();
        Fields root = changed(before, group).orElseThrow(
                () -> new InputException("the file has vanished", store.uri(group), ""));
        Optional<Fields> all = version == 2 ? changed(before, CONSOLIDATED) : Optional.empty();
        Fields attributes = version == 3 ? root.object("attributes") : root;
        Fields ome = version == 3 && attributes.has("ome") ? attributes.object("ome") : attributes;
        if (!Multiscales.parse(ome).datasets().stream().map(Multiscales.Dataset::path).toList()
                .equals(levels.stream().map(level -> level.array().folder()).toList())) {
            throw new InputException("was changed since the volume was opened", ome.where("multiscales"), "");
        }

        VolumeInfo grown = info.withMips(more);
        Datasets datasets = new Datasets(ome.objects("multiscales").getFirst());
        for (int mip = levels.size(); mip < grown.scales().size(); mip++) {
            String folder = datasets.add(grown, mip);
            array(folder, grown.scale(mip).bounds().size());
        }
        if (version == 3 && root.has("consolidated_metadata")) {
            consolidate(root.object("consolidated_metadata").object("metadata").node(), "/" + V3Array.KEY);
        }
        if (all.isPresent()) {
            // Before the group's own file: with that the work is done, whenever it is interrupted.
            ObjectNode copies = all.get().object("metadata").node();
            consolidate(copies, "");
            copies.set(group, root.node().deepCopy());
            files.put(CONSOLIDATED, all.get().node());
        }
        files.put(group, root.node());
        return Addition.of(store, before, files, grown, ZarrVolume::open);
    }

    private Optional<Fields> changed(Map<String, byte[]> before, String key) throws IOException {
        Optional<byte[]> text = store.get(key);
        text.ifPresent(bytes -> before.put(key, bytes));
        return text.map(bytes -> Fields.parse(bytes, store.uri(key)));
    }

    /// Copies of all files in one, as zarr-python keeps them.
    ///
    /// @param ending of the files' keys that the copies' names lack
    private void consolidate(ObjectNode copies, String ending) {
        files.forEach((key, node) -> copies.set(key.endsWith(ending)
                ? key.substring(0, key.length() - ending.length())
                : key, node.deepCopy()));
    }

    /// An array as the coarsest is, but for its shape. Its attributes are of that array, but for the dimensions' names.
    private void array(String folder, Int3 size) throws IOException {
        Level level = levels.getLast();
        int[] shape = level.array().shape().clone();
        for (int axis = 0; axis < 3; axis++) {
            int length = size.get(axis);
            level.axes().dimension(axis).ifPresent(d -> shape[d] = length);
        }
        String name = version == 3 ? V3Array.KEY : V2Array.KEY;
        ObjectNode array = file(level.array().folder() + "/" + name);
        ArrayNode lengths = array.putArray("shape");
        for (int length : shape) {
            lengths.add(length);
        }
        if (version == 3) {
            array.putObject("attributes");
        }
        files.put(folder + "/" + name, array);
        String names = "_ARRAY_DIMENSIONS";
        if (version == 2 && level.array().attributes().has(names)) {
            ObjectNode attributes = Fields.MAPPER.createObjectNode();
            attributes.set(names, level.array().attributes().get(names).deepCopy());
            files.put(folder + "/" + V2Array.ATTRIBUTES, attributes);
        }
    }

    private ObjectNode file(String key) throws IOException {
        byte[] text = store.get(key)
                .orElseThrow(() -> new InputException("the file has vanished", store.uri(key), ""));
        return Fields.parse(text, store.uri(key)).node();
    }

    /// What an image says of where its arrays lie.
    private final class Datasets {
        private final ArrayNode list;
        private final double[] scale;
        private final double[] translation;
        /// False if the centres of the first voxels of all arrays are said to be at the same place, as programs do that
        /// mean their corners.
        private final boolean centres;

        Datasets(Fields image) {
            List<Fields> datasets = image.objects("datasets");
            if (!image.has("axes") || !datasets.getLast().has("coordinateTransformations")) {
                throw new InputException("arrays are not said to have scales, as before OME-Zarr 0.4",
                        image.where("datasets"), HINT);
            }
            list = (ArrayNode) image.node().get("datasets");
            int rank = levels.getLast().array().shape().length;
            double[][] last = Multiscales.transformations(datasets.getLast(), rank);
            scale = last[0];
            translation = last[1];
            double[] first = Multiscales.transformations(datasets.getFirst(), rank)[1];
            centres = datasets.size() == 1 || !java.util.Arrays.equals(translation, first);
        }

        /// Adds a mip and gives its path.
        String add(VolumeInfo grown, int mip) {
            Int3 factor = grown.factor(mip);
            // Where cells of voxels begin; before the first voxel, where that has an odd number.
            Int3 step = grown.scale(mip).bounds().min().times(factor).minus(grown.scale(mip - 1).bounds().min());
            for (int axis = 0; axis < 3; axis++) {
                int f = factor.get(axis);
                double steps = step.get(axis) + (centres ? (f - 1) / 2.0 : 0);
                levels.getLast().axes().dimension(axis).ifPresent(d -> {
                    translation[d] += steps * scale[d];
                    scale[d] *= f;
                });
            }
            String path = next(mip);
            ObjectNode dataset = list.addObject().put("path", path);
            ArrayNode both = dataset.putArray("coordinateTransformations");
            ArrayNode lengths = both.addObject().put("type", "scale").putArray("scale");
            ArrayNode offsets = Fields.MAPPER.createArrayNode();
            boolean moved = false;
            for (int d = 0; d < scale.length; d++) {
                lengths.add(scale[d]);
                offsets.add(translation[d]);
                moved |= translation[d] != 0;
            }
            if (moved) {
                both.addObject().put("type", "translation").set("translation", offsets);
            }
            return path;
        }

        /// The number after that of the last array, or the mip's if that has none.
        private String next(int mip) {
            String last = list.get(list.size() - 1).get("path").stringValue();
            Matcher number = NUMBERED.matcher(last);
            String prefix = number.matches() ? number.group(1) : "";
            int n = number.matches() ? Integer.parseInt(number.group(2)) + 1 : mip;
            while (isListed(prefix + n)) {
                n++;
            }
            return prefix + n;
        }

        private boolean isListed(String path) {
            boolean listed = false;
            for (int i = 0; i < list.size(); i++) {
                listed |= list.get(i).get("path").stringValue().equals(path);
            }
            return listed;
        }
    }
}
