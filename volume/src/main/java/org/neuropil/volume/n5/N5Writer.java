package org.neuropil.volume.n5;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.neuropil.space.Box;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Beginning;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Zstd;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the metadata of a new volume.
final class N5Writer {
    /// Of the format; every library reads it.
    private static final String VERSION = "2.0.0";
    private static final List<String> NAMES = List.of("x", "y", "z");

    private final VolumeInfo info;
    private final List<ByteCodec> compression;

    N5Writer(VolumeInfo info, N5Options options) {
        this.info = info;
        compression = options.compression().codecs(options.level(), info.type(), info.kind());
        for (Scale scale : info.scales()) {
            if (scale.bounds().isEmpty()) {
                throw new IllegalArgumentException("empty bounds " + scale.bounds());
            }
            if (!scale.unit().equals(scale.chunk())) {
                throw new IllegalArgumentException("N5 writes blocks each on its own, and the unit " + scale.unit()
                        + " is not the chunk " + scale.chunk());
            }
        }
    }

    N5Volume create(Store store) throws IOException {
        return Beginning.create(store, files(), info, N5Volume::exists, N5Volume::open);
    }

    /// All metadata by key, in order of writing.
    private Map<String, ObjectNode> files() {
        Map<String, ObjectNode> files = new LinkedHashMap<>();
        for (int mip = 0; mip < info.scales().size(); mip++) {
            files.put("s" + mip + "/" + N5Volume.KEY, dataset(info.scale(mip)));
        }
        ObjectNode group = Fields.MAPPER.createObjectNode().put("n5", VERSION).put("multiScale", true);
        frame(group, info.scale(0));
        ObjectNode pixel = group.putObject("pixelResolution").put("unit", "nm");
        ArrayNode dimensions = pixel.putArray("dimensions");
        ArrayNode scales = group.putArray("scales");
        for (Scale scale : info.scales()) {
            ArrayNode factors = scales.addArray();
            for (int axis = 0; axis < 3; axis++) {
                factors.add(scale.voxelSize().get(axis) / info.scale(0).voxelSize().get(axis));
            }
        }
        for (int axis = 0; axis < 3; axis++) {
            dimensions.add(info.scale(0).voxelSize().get(axis));
        }
        group.putObject(N5Reader.OWN).put("kind", info.kind() == Kind.IMAGE ? "image" : "segmentation");
        files.put(N5Volume.KEY, group);
        return files;
    }

    private static void frame(ObjectNode node, Scale scale) {
        NAMES.forEach(node.putArray("axes")::add);
        ArrayNode units = node.putArray("units");
        NAMES.forEach(_ -> units.add("nm"));
        ArrayNode resolution = node.putArray("resolution");
        for (int axis = 0; axis < 3; axis++) {
            resolution.add(scale.voxelSize().get(axis));
        }
    }

    private ObjectNode dataset(Scale scale) {
        ObjectNode node = Fields.MAPPER.createObjectNode();
        Box bounds = scale.bounds();
        node.putArray("dimensions").add(bounds.size().x()).add(bounds.size().y()).add(bounds.size().z());
        node.putArray("blockSize").add(scale.chunk().x()).add(scale.chunk().y()).add(scale.chunk().z());
        node.put("dataType", info.type().text());
        ObjectNode codec = node.putObject("compression").put("type", "raw");
        for (ByteCodec one : compression) {
            switch (one) {
                case Gzipped gzip -> codec.put("type", "gzip").put("level", gzip.level()).put("useZlib", false);
                case Zstd zstd -> codec.put("type", "zstd").put("level", zstd.level());
                case Blosc blosc -> codec.put("type", "blosc").put("cname", blosc.inner().text())
                        .put("clevel", blosc.level()).put("shuffle", blosc.shuffle().ordinal())
                        .put("blocksize", blosc.blockSize());
                default -> throw new IllegalStateException("new datasets are not written with " + one.text());
            }
        }
        frame(node, scale);
        ArrayNode offset = node.putArray("offset");
        for (int axis = 0; axis < 3; axis++) {
            offset.add(bounds.min().get(axis) * scale.voxelSize().get(axis));
        }
        return node;
    }
}
