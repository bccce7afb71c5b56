package org.neuropil.volume.n5;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Addition;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.n5.N5Volume.Level;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the attributes of more mips of a group that is there. What they say that is not of a mip is kept, whoever has
/// written it.
final class N5Mips {
    private static final String FACTORS = "downsamplingFactors";
    private static final String HINT = "make a copy that has mips with 'neuropil convert'";

    private final Store store;
    private final VolumeInfo info;
    private final List<Level> levels;

    N5Mips(Store store, VolumeInfo info, List<Level> levels) {
        this.store = store;
        this.info = info;
        this.levels = levels;
    }

    Addition<N5Volume> add(List<Scale> more) throws IOException {
        N5Dataset coarsest = levels.getLast().dataset();
        if (coarsest.folder().isEmpty()) {
            throw new InputException("is a dataset on its own, and mips are datasets s0, s1, … of a group",
                    coarsest.file(), HINT);
        }
        Map<String, byte[]> before = new LinkedHashMap<>();
        Optional<byte[]> text = store.get(N5Volume.KEY);
        text.ifPresent(bytes -> before.put(N5Volume.KEY, bytes));
        Fields group = new Fields(store.uri(N5Volume.KEY), "", text.isPresent()
                ? Fields.parse(text.get(), store.uri(N5Volume.KEY)).node()
                : Fields.MAPPER.createObjectNode());
        String key = coarsest.folder() + "/" + N5Volume.KEY;
        Fields own = Fields.parse(store.get(key).orElseThrow(
                () -> new InputException("the file has vanished", store.uri(key), "")), store.uri(key));
        refuse(group, "multiscales", "painteraData");
        refuse(own, "transform");
        boolean listed = group.has("scales") || group.has(FACTORS);

        VolumeInfo grown = info.withMips(more);
        Map<String, ObjectNode> files = new LinkedHashMap<>();
        for (int mip = levels.size(); mip < grown.scales().size(); mip++) {
            int[] factor = spread(grown.factor(mip), 1);
            for (String list : List.of("scales", FACTORS)) {
                if (group.has(list)) {
                    addFactors(group, list, factor);
                }
            }
            own = new Fields(own.file(), "", own.node().deepCopy());
            dataset(own, group, grown, mip, listed);
            files.put("s" + mip + "/" + N5Volume.KEY, own.node());
        }
        if (listed) {
            files.put(N5Volume.KEY, group.node());
        }
        return Addition.of(store, before, files, grown, N5Volume::open);
    }

    private static void refuse(Fields fields, String... names) {
        for (String name : names) {
            if (fields.has(name)) {
                throw new InputException("mips cannot be added to datasets of which '" + name + "' tells",
                        fields.where(name), HINT);
            }
        }
    }

    private static void addFactors(Fields group, String name, int[] factor) {
        List<JsonNode> all = group.list(name);
        if (all.isEmpty()) {
            throw group.wrong(name, "there are datasets", "");
        }
        Fields last = new Fields(group.file(), "", Fields.MAPPER.createObjectNode());
        last.node().set(name, all.getLast());
        ArrayNode list = group.node().putArray(name);
        list.addAll(all);
        list.add(times(last, name, factor));
    }

    /// Makes the attributes of a mip from those of the one before.
    private void dataset(Fields own, Fields group, VolumeInfo grown, int mip, boolean listed) {
        int rank = levels.getLast().dataset().dimensions().length;
        Int3 factor = grown.factor(mip);
        Scale fine = grown.scale(mip - 1);
        Scale coarse = grown.scale(mip);
        ArrayNode dimensions = own.node().putArray("dimensions");
        int[] others = levels.getLast().dataset().dimensions();
        int[] size = spread(coarse.bounds().size(), 0);
        for (int d = 0; d < rank; d++) {
            dimensions.add(size[d] == 0 ? others[d] : size[d]);
        }
        if (own.has("offset")) {
            // Where the first voxel begins: before that of the finer mip, if that has an odd number.
            double[] offset = own.numbers("offset", rank);
            double[] units = N5Reader.units(own, group, rank);
            for (int axis = 0; axis < 3; axis++) {
                int step = coarse.bounds().min().get(axis) * factor.get(axis) - fine.bounds().min().get(axis);
                double length = step * fine.voxelSize().get(axis);
                levels.getLast().axes().dimension(axis).ifPresent(d -> offset[d] += length / units[d]);
            }
            ArrayNode list = own.node().putArray("offset");
            Arrays.stream(offset).forEach(list::add);
        }
        int[] factors = spread(factor, 1);
        boolean scaled = false;
        if (own.has(FACTORS)) {
            own.node().set(FACTORS, times(own, FACTORS, factors));
            scaled = true;
        } else {
            if (own.has("resolution")) {
                own.node().set("resolution", times(own, "resolution", factors));
                scaled = true;
            }
            if (own.has("pixelResolution") && own.required("pixelResolution").isArray()) {
                own.node().set("pixelResolution", times(own, "pixelResolution", factors));
                scaled = true;
            } else if (own.has("pixelResolution")) {
                Fields pixel = own.object("pixelResolution");
                pixel.node().set("dimensions", times(pixel, "dimensions", factors));
                scaled = true;
            }
        }
        if (!scaled && !listed) {
            ArrayNode list = own.node().putArray(FACTORS);
            Arrays.stream(factors).forEach(list::add);
        }
    }

    /// Numbers times the factors; whole ones stay so, since some readers want such.
    private static ArrayNode times(Fields owner, String name, int[] factors) {
        double[] numbers = owner.numbers(name, factors.length);
        List<JsonNode> before = owner.list(name);
        ArrayNode list = Fields.MAPPER.createArrayNode();
        for (int d = 0; d < factors.length; d++) {
            numbers[d] *= factors[d];
            if (before.get(d).isIntegralNumber()) {
                list.add((long) numbers[d]);
            } else {
                list.add(numbers[d]);
            }
        }
        return list;
    }

    private int[] spread(Int3 values, int otherwise) {
        int[] spread = new int[levels.getLast().dataset().dimensions().length];
        Arrays.fill(spread, otherwise);
        for (int axis = 0; axis < 3; axis++) {
            int value = values.get(axis);
            levels.getLast().axes().dimension(axis).ifPresent(d -> spread[d] = value);
        }
        return spread;
    }
}
