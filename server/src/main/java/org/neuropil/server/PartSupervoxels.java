package org.neuropil.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

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
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.precomputed.PrecomputedInfo;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;
import org.neuropil.volume.store.MemoryStore;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The supervoxels of a graph, from the part of the dataset that holds them. Chunks go out as the files that lie there,
/// but for those in which supervoxels have been cut: these are encoded anew, with the ids of the parts. So are all chunks
/// of a volume in shards, since one shard holds many.
final class PartSupervoxels implements Supervoxels {
    private static final Pattern CHUNK = Pattern
            .compile("(?:[^/]+/)+(-?\\d{1,9})-(-?\\d{1,9})_(-?\\d{1,9})-(-?\\d{1,9})_(-?\\d{1,9})-(-?\\d{1,9})");
    private static final String SHARDING = "sharding";

    private final LiveDataset dataset;
    private final String part;
    private final PatchedSupervoxels volume;

    /// @param part that the files are of
    /// @param volume that the graph looks into
    PartSupervoxels(LiveDataset dataset, String part, PatchedSupervoxels volume) {
        this.dataset = dataset;
        this.part = part;
        this.volume = volume;
    }

    /// A chunk of a mip.
    private record Chunk(int mip, Box box) {}

    @Override
    public ObjectNode info() throws IOException {
        ObjectNode info = Json.read(dataset.now().dataset().path(part).resolve(PrecomputedInfo.KEY), ObjectNode.class);
        for (JsonNode scale : info.path("scales")) {
            ((ObjectNode) scale).remove(SHARDING);
        }
        return info;
    }

    @Override
    public Optional<Answer.Resource> file(String path) throws IOException {
        Optional<LiveDataset.Folder> folder = dataset.now().folder(part);
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        PrecomputedVolume stored = PrecomputedVolume.open(new FileStore(dataset.now().dataset().path(part)));
        Optional<Chunk> chunk = chunk(stored, path);
        if (chunk.isEmpty()) {
            return DataFiles.file(folder.get(), path);
        }
        boolean sharded = Json.read(dataset.now().dataset().path(part).resolve(PrecomputedInfo.KEY), ObjectNode.class)
                .path("scales").path(chunk.get().mip()).has(SHARDING);
        return sharded || isPatched(stored, chunk.get())
                ? Optional.of(encoded(stored, chunk.get()))
                : DataFiles.file(folder.get(), path);
    }

    @Override
    public long[] ids(Box box) throws IOException {
        long[] ids = volume.read(box).data();
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

    private static Optional<Chunk> chunk(PrecomputedVolume stored, String path) {
        Matcher name = CHUNK.matcher(path);
        if (!name.matches()) {
            return Optional.empty();
        }
        int[] ends = new int[6];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Integer.parseInt(name.group(i + 1));
        }
        Int3 min = new Int3(ends[0], ends[2], ends[4]);
        for (int mip = 0; mip < stored.info().scales().size(); mip++) {
            VolumeInfo.Scale scale = stored.info().scale(mip);
            Grid grid = new Grid(scale.bounds(), scale.chunk());
            Int3 position = grid.positionOf(min);
            if (grid.contains(position) && stored.chunkKey(mip, grid.box(position)).equals(path)) {
                return Optional.of(new Chunk(mip, grid.box(position)));
            }
        }
        return Optional.empty();
    }

    private boolean isPatched(PrecomputedVolume stored, Chunk chunk) throws IOException {
        Int3 factor = factor(stored, chunk.mip());
        Box near = volume.grid()
                .touching(new Box(chunk.box().min().times(factor), chunk.box().max().times(factor)));
        for (int z = near.min().z(); z < near.max().z(); z++) {
            for (int y = near.min().y(); y < near.max().y(); y++) {
                for (int x = near.min().x(); x < near.max().x(); x++) {
                    if (!volume.patches().of(new Int3(x, y, z)).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Int3 factor(PrecomputedVolume stored, int mip) {
        VolumeInfo.Scale fine = stored.info().scale(0);
        VolumeInfo.Scale coarse = stored.info().scale(mip);
        return new Int3((int) Math.round(coarse.voxelSize().x() / fine.voxelSize().x()),
                (int) Math.round(coarse.voxelSize().y() / fine.voxelSize().y()),
                (int) Math.round(coarse.voxelSize().z() / fine.voxelSize().z()));
    }

    private Answer.Resource encoded(PrecomputedVolume stored, Chunk chunk) throws IOException {
        Block.Longs labels = stored.read(chunk.mip(), chunk.box()).ids();
        volume.apply(labels, factor(stored, chunk.mip()));
        MemoryStore files = new MemoryStore();
        files.put(PrecomputedInfo.KEY, Json.bytes(info()));
        PrecomputedVolume encoder = PrecomputedVolume.open(files);
        encoder.write(chunk.mip(), labels);
        byte[] bytes = files.get(encoder.chunkKey(chunk.mip(), chunk.box())).orElse(new byte[0]);
        CRC32C digest = new CRC32C();
        digest.update(bytes);
        return new Answer.Resource(MediaTypes.BYTES, "cut-" + Long.toHexString(digest.getValue()), Answer.REVALIDATE,
                new Body.Memory(bytes), null, true);
    }
}
