package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.NodeIds;
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
        long[] pieces = new Manifest(meshes).nodes(node).stream().mapToLong(Long::longValue).toArray();
        if (Arrays.stream(pieces).anyMatch(piece -> NodeIds.layer(piece) > highest)) {
            return meshes.graph().leaves(node, bounds, highest);
        }
        return bounds == null ? pieces : Arrays.stream(pieces).filter(piece -> touches(piece, bounds)).toArray();
    }

    private boolean touches(long node, Box bounds) {
        GraphInfo info = meshes.graph().info();
        Box chunk = info.grid().touching(bounds);
        if (chunk.isEmpty()) {
            return false;
        }
        // Two chunks of different layers touch if they are one at the higher of the layers.
        int halvings = Math.max(0, NodeIds.layer(node) - 2);
        var at = info.ids().chunk(node);
        return within(at.x(), chunk.min().x(), chunk.max().x(), halvings)
                && within(at.y(), chunk.min().y(), chunk.max().y(), halvings)
                && within(at.z(), chunk.min().z(), chunk.max().z(), halvings);
    }

    private static boolean within(int at, int from, int to, int halvings) {
        return at >= from >> halvings && at <= to - 1 >> halvings;
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
    public double @Nullable [] centroid(long node) throws IOException {
        try {
            return meshes.representativePoint(node);
        } catch (NoSuchFileException e) {
            return null;
        }
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
