package org.neuropil.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.pipeline.Json;
import org.neuropil.server.cave.Supervoxels;
import org.neuropil.server.http.Answer;
import org.neuropil.space.Box;
import org.neuropil.volume.precomputed.PrecomputedInfo;

import tools.jackson.databind.node.ObjectNode;

/// The supervoxels of a graph, from the part of the dataset that holds them. As long as no supervoxel has been cut, its
/// files are what clients get.
final class PartSupervoxels implements Supervoxels {
    private final LiveDataset dataset;
    private final String part;
    private final SupervoxelVolume volume;

    /// @param part that the files are of
    /// @param volume that the graph looks into
    PartSupervoxels(LiveDataset dataset, String part, SupervoxelVolume volume) {
        this.dataset = dataset;
        this.part = part;
        this.volume = volume;
    }

    @Override
    public ObjectNode info() throws IOException {
        return Json.read(dataset.now().dataset().path(part).resolve(PrecomputedInfo.KEY), ObjectNode.class);
    }

    @Override
    public Optional<Answer.Resource> file(String path) throws IOException {
        Optional<LiveDataset.Folder> folder = dataset.now().folder(part);
        return folder.isPresent() ? DataFiles.file(folder.get(), path) : Optional.empty();
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
}
