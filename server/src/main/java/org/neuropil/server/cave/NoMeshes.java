package org.neuropil.server.cave;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;

/// Of a graph whose surfaces nobody makes.
record NoMeshes() implements NodeMeshes {
    @Override
    public long[] pieces(long node, @Nullable Box bounds, int highest) {
        return new long[0];
    }

    @Override
    public String name(long node) {
        return Long.toUnsignedString(node) + ":0:0-0_0-0_0-0";
    }

    @Override
    public Optional<byte[]> draco(String name) {
        return Optional.empty();
    }

    @Override
    public Map<Long, double[]> centroids(long[] nodes) {
        return Map.of();
    }

    @Override
    public Map<String, Object> metadata() {
        return Map.of();
    }

    @Override
    public byte[] info() {
        return CaveJson.bytes(Map.of("@type", "neuroglancer_legacy_mesh", "sharding", Map.of()), false);
    }
}
