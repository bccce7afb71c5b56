package org.neuropil.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.Supervoxels;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.precomputed.PrecomputedInfo;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The supervoxels of a graph, from the part of the dataset that holds them and the patches of those that were cut. A
/// chunk without patches goes out as its file lies there; others are written anew. Shards and encodings in which that
/// cannot be done do not show: then all chunks are written as compressed_segmentation, one file each.
final class PartSupervoxels implements Supervoxels {
    private static final Pattern CHUNK = Pattern.compile(
            "([^/]{1,200})/(-?\\d{1,9})-(-?\\d{1,9})_(-?\\d{1,9})-(-?\\d{1,9})_(-?\\d{1,9})-(-?\\d{1,9})");
    private static final String RAW = "raw";
    private static final String COMPRESSED = "compressed_segmentation";
    private static final String BLOCK = "compressed_segmentation_block_size";
    private static final String SHARDING = "sharding";

    private final LiveDataset dataset;
    private final String part;
    private final Volume volume;
    private final PatchedSupervoxels patched;
    private final ObjectNode stored;

    /// @param part that the files are of
    /// @param volume of the part
    /// @param patched where the graph looks for supervoxels
    /// @throws IOException if the part's info cannot be read
    PartSupervoxels(LiveDataset dataset, String part, Volume volume, PatchedSupervoxels patched) throws IOException {
        this.dataset = dataset;
        this.part = part;
        this.volume = volume;
        this.patched = patched;
        this.stored = Json.read(dataset.now().dataset().path(part).resolve(PrecomputedInfo.KEY), ObjectNode.class);
    }

    @Override
    public ObjectNode info() {
        ObjectNode info = stored.deepCopy();
        info.put("data_type", "uint64");
        for (JsonNode scale : info.path("scales")) {
            if (scale instanceof ObjectNode one && isRewritten(one)) {
                one.remove(SHARDING);
                one.put("encoding", COMPRESSED);
                one.putArray(BLOCK).add(CompressedSegmentation.BLOCK.x()).add(CompressedSegmentation.BLOCK.y())
                        .add(CompressedSegmentation.BLOCK.z());
            }
        }
        return info;
    }

    /// True if chunks of a mip never go out as they lie there.
    private boolean isRewritten(ObjectNode scale) {
        String encoding = scale.path("encoding").asString(RAW);
        boolean wide = volume.info().type().bytes() == Long.BYTES;
        return !wide || scale.has(SHARDING) || !List.of(RAW, COMPRESSED).contains(encoding);
    }

    @Override
    public Optional<Answer.Resource> file(String path) throws IOException {
        Matcher match = CHUNK.matcher(path);
        if (match.matches()) {
            JsonNode scales = stored.path("scales");
            for (int mip = 0; mip < scales.size(); mip++) {
                if (scales.get(mip) instanceof ObjectNode scale
                        && scale.path("key").asString("").equals(match.group(1))) {
                    return chunk(path, match, mip, scale);
                }
            }
        }
        return plain(path);
    }

    private Optional<Answer.Resource> plain(String path) throws IOException {
        Optional<LiveDataset.Folder> folder = dataset.now().folder(part);
        return folder.isPresent() ? DataFiles.file(folder.get(), path) : Optional.empty();
    }

    private Optional<Answer.Resource> chunk(String path, Matcher match, int mip, ObjectNode scale)
            throws IOException {
        VolumeInfo.Scale known = volume.info().scale(mip);
        Int3 min = new Int3(number(match, 2), number(match, 4), number(match, 6));
        Int3 max = new Int3(number(match, 3), number(match, 5), number(match, 7));
        Grid grid = new Grid(known.bounds(), known.chunk());
        Int3 position = grid.positionOf(min);
        if (!grid.contains(position) || !grid.box(position).min().equals(min)
                || !grid.box(position).max().equals(max)) {
            return Optional.empty();
        }
        Box box = grid.box(position);
        Int3 factor = Int3.all(1);
        for (int finer = 1; finer <= mip; finer++) {
            factor = factor.times(volume.info().factor(finer));
        }
        boolean rewritten = isRewritten(scale);
        if (!rewritten && !isPatched(box, factor)) {
            return plain(path);
        }
        Block.Longs labels = volume.read(mip, box).ids();
        patched.apply(labels, factor);
        byte[] bytes = !rewritten && scale.path("encoding").asString(RAW).equals(RAW)
                ? raw(labels.data())
                : CompressedSegmentation.encode(labels.data(), box.size(), rewritten
                        ? CompressedSegmentation.BLOCK
                        : block(scale));
        return Optional.of(new Answer.Resource(MediaTypes.BYTES, Answer.etag(bytes), Answer.REVALIDATE,
                new Body.Memory(bytes), null, true));
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private boolean isPatched(Box box, Int3 factor) throws IOException {
        Box chunks = patched.grid().touching(new Box(box.min().times(factor), box.max().times(factor)));
        for (int z = chunks.min().z(); z < chunks.max().z(); z++) {
            for (int y = chunks.min().y(); y < chunks.max().y(); y++) {
                for (int x = chunks.min().x(); x < chunks.max().x(); x++) {
                    if (!patched.patches().of(new Int3(x, y, z)).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static byte[] raw(long[] labels) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(labels.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(labels);
        return bytes.array();
    }

    private static Int3 block(JsonNode scale) {
        JsonNode size = scale.path(BLOCK);
        return new Int3(size.path(0).asInt(8), size.path(1).asInt(8), size.path(2).asInt(8));
    }

    @Override
    public long[] ids(Box box) throws IOException {
        long[] ids = patched.read(box).data();
        Arrays.sort(ids);
        // Supervoxels are of layer 1: signed and unsigned order are the same.
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != 0 && (count == 0 || ids[i] != ids[count - 1])) {
                ids[count++] = ids[i];
            }
        }
        return Arrays.copyOf(ids, count);
    }
}
