package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.morphology.level2.FragmentNames;
import org.neuropil.morphology.level2.Level2Meshes;
import org.neuropil.morphology.level2.Manifest;
import org.neuropil.space.Box;

/// The meshes of a graph, as they are made on demand.
///
/// @param meshes where they are made
public record Level2NodeMeshes(Level2Meshes meshes) implements NodeMeshes {
    @Override
    public long[] pieces(long node, @Nullable Box bounds, int highest) throws IOException {
        // Supervoxels have no pieces, also if somebody asks for nothing above them.
        return new Manifest(meshes).nodes(node, bounds, Math.max(2, highest)).stream().mapToLong(Long::longValue)
                .toArray();
    }

    @Override
    public String name(long node) {
        return FragmentNames.name(meshes.graph().info(), node);
    }

    @Override
    public Optional<byte[]> draco(String name) throws IOException {
        try {
            return Optional.of(meshes.fragment(FragmentNames.parse(meshes.graph().info(), name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Map<Long, double[]> centroids(long[] nodes) throws IOException {
        return meshes.representativePoints(nodes);
    }

    @Override
    public Map<String, Object> metadata() {
        return meshes.metadata();
    }

    @Override
    public byte[] info() {
        return meshes.meshInfo();
    }
}
