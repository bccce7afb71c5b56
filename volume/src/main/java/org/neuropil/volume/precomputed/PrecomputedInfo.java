package org.neuropil.volume.precomputed;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `info` file of a precomputed volume. Immutable. Fields of a file that it does not know stay in it when it is
/// written again.
public final class PrecomputedInfo implements Serializable {
    /// The key of the file.
    public static final String KEY = "info";

    static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode json;
    private final VolumeInfo volume;
    private final List<Layout> layouts;
    private final int channels;

    PrecomputedInfo(ObjectNode json, VolumeInfo volume, List<Layout> layouts, int channels) {
        this.json = json;
        this.volume = volume;
        this.layouts = List.copyOf(layouts);
        this.channels = channels;
    }

    /// The file of a new volume. The key of a mip is its voxel size: `10_10_40`.
    ///
    /// @param volume what it is, with shards as its units unless the options say otherwise
    /// @throws IllegalArgumentException if two mips have the same voxel size, bounds are empty, chunks are too large or
    ///         an encoding does not go with the data type
    /// @throws InputException if there are no shards such as the options ask for, or Neuroglancer knows no such data
    ///         type or encoding
    public static PrecomputedInfo of(VolumeInfo volume, PrecomputedOptions options) {
        Encoding encoding = options.encoding();
        if (!encoding.isWritten()) {
            throw new InputException("chunks can be read in this encoding, not written", encoding.text(),
                    "use raw, compressed_segmentation, jpeg or png");
        }
        if (volume.type() == DataType.INT64 || volume.type() == DataType.FLOAT64) {
            throw new InputException("neither Neuroglancer nor tensorstore read precomputed volumes of "
                    + volume.type().text(), "data_type", "convert the voxels, or write another format");
        }
        ObjectNode root = MAPPER.createObjectNode();
        root.put("@type", "neuroglancer_multiscale_volume");
        root.put("type", volume.kind() == VolumeInfo.Kind.IMAGE ? "image" : "segmentation");
        root.put("data_type", volume.type().text());
        root.put("num_channels", 1);
        ArrayNode scales = root.putArray("scales");
        Set<String> keys = new HashSet<>();
        for (Scale scale : volume.scales()) {
            String key = key(scale.voxelSize());
            if (!keys.add(key)) {
                throw new IllegalArgumentException("two scales of " + scale.voxelSize());
            }
            put(scales.addObject(), key, scale, options, volume.type());
        }
        try {
            return new InfoParser("info").parse(root);
        } catch (InputException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
    }

    private static void put(ObjectNode node, String key, Scale scale, PrecomputedOptions options, DataType type) {
        node.put("key", key);
        put(node.putArray("size"), scale.bounds().size());
        ArrayNode resolution = node.putArray("resolution");
        for (int axis = 0; axis < 3; axis++) {
            double length = scale.voxelSize().get(axis);
            if (length == Math.rint(length) && length < 1e15) {
                resolution.add((long) length);
            } else {
                resolution.add(length);
            }
        }
        put(node.putArray("voxel_offset"), scale.bounds().min());
        put(node.putArray("chunk_sizes").addArray(), scale.chunk());
        node.put("encoding", options.encoding().text());
        if (options.encoding() == Encoding.COMPRESSED_SEGMENTATION) {
            put(node.putArray("compressed_segmentation_block_size"), options.block());
        }
        if (options.encoding() == Encoding.JPEG) {
            node.put("jpeg_quality", options.quality());
        }
        Sharding.choose(options, scale, type).ifPresent(sharding -> sharding.spec().write(node.putObject("sharding")));
    }

    /// This with more mips after the coarsest, encoded as that is. All that the file says besides stays.
    ///
    /// @throws InputException if the encoding is one that is only read
    /// @throws IllegalArgumentException as for [#of]
    public PrecomputedInfo withMips(List<Scale> more) {
        Layout coarsest = layouts.getLast();
        List<Scale> all = new ArrayList<>(volume.scales());
        all.addAll(more);
        PrecomputedOptions options = new PrecomputedOptions(coarsest.encoding(), ChunkCompression.NONE)
                .withBlock(coarsest.block()).withQuality(coarsest.quality());
        PrecomputedInfo added = of(new VolumeInfo(volume.kind(), volume.type(), more), options);
        ObjectNode copy = json.deepCopy();
        ((ArrayNode) copy.get("scales")).addAll((ArrayNode) added.json.get("scales"));
        PrecomputedInfo parsed = new InfoParser("info").parse(copy);
        List<Layout> both = new ArrayList<>(layouts);
        both.addAll(added.layouts);
        return new PrecomputedInfo(copy, new VolumeInfo(volume.kind(), volume.type(), parsed.volume.scales()), both,
                channels);
    }

    /// Reads the file's text.
    ///
    /// @param file its name, for errors
    /// @throws InputException if it is not such a file, or describes something that is not supported; names file, field
    ///         and value
    public static PrecomputedInfo parse(byte[] text, String file) {
        return new InfoParser(file).parse(text);
    }

    /// Reads the file from a store.
    ///
    /// @throws InputException if it is not there or cannot be used
    /// @throws IOException if it cannot be read
    public static PrecomputedInfo read(Store store) throws IOException {
        Optional<byte[]> text = store.get(KEY);
        if (text.isEmpty()) {
            throw new InputException("there is no such file, so there is no precomputed volume here", store.uri(KEY),
                    "give the folder that holds the volume's info file");
        }
        return parse(text.get(), store.uri(KEY));
    }

    /// Writes the file to a store, in place of an earlier one.
    public void write(Store store) throws IOException {
        store.put(KEY, bytes());
    }

    /// The file's text, UTF-8.
    public byte[] bytes() {
        return (MAPPER.writeValueAsString(json).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The volume that it describes.
    public VolumeInfo volume() {
        return volume;
    }

    /// How many channels a voxel has.
    public int channels() {
        return channels;
    }

    /// The folder that holds the chunks of a mip.
    public String key(int mip) {
        return layouts.get(mip).key();
    }

    /// The folder of the meshes, relative to the volume's.
    public Optional<String> mesh() {
        return text("mesh");
    }

    /// The folder of the segment properties, relative to the volume's.
    public Optional<String> segmentProperties() {
        return text("segment_properties");
    }

    /// This with a folder of meshes.
    public PrecomputedInfo withMesh(String folder) {
        return with("mesh", folder);
    }

    /// This with a folder of segment properties.
    public PrecomputedInfo withSegmentProperties(String folder) {
        return with("segment_properties", folder);
    }

    List<Layout> layouts() {
        return layouts;
    }

    Layout layout(int mip) {
        return layouts.get(mip);
    }

    private PrecomputedInfo with(String field, String value) {
        ObjectNode copy = json.deepCopy();
        copy.put(field, value);
        return new PrecomputedInfo(copy, volume, layouts, channels);
    }

    private Optional<String> text(String field) {
        JsonNode node = json.get(field);
        return node == null || !node.isString() ? Optional.empty() : Optional.of(node.stringValue());
    }

    private static String key(VoxelSize size) {
        return VoxelSize.text(size.x()) + "_" + VoxelSize.text(size.y()) + "_" + VoxelSize.text(size.z());
    }

    private static void put(ArrayNode array, Int3 value) {
        array.add(value.x()).add(value.y()).add(value.z());
    }
}
