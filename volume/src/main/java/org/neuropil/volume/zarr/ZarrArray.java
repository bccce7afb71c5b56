package org.neuropil.volume.zarr;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.volume.DataType;
import org.neuropil.volume.array.Fields;
import org.neuropil.volume.codec.ByteCodec;

import tools.jackson.databind.node.ObjectNode;

/// An array as its metadata describe it, either version.
///
/// @param file its metadata, for errors
/// @param folder its key in the store; empty for the store's own
/// @param version 2 or 3
/// @param type what an element is, truth values being uint8
/// @param readOnly why it cannot be written; empty if it can
/// @param shape elements along each dimension, at least 1
/// @param chunk what is decoded at once
/// @param unit what is one object of the store: the chunk or the shard
/// @param fill bits of the element that stands where no chunk was written
/// @param keys of the units
/// @param codec of a chunk
/// @param shards how chunks lie in units; null if the unit is the chunk
/// @param names of the dimensions, each empty if it has none; an empty list if none has
/// @param attributes of the user
record ZarrArray(String file, String folder, int version, DataType type, String readOnly, int[] shape, int[] chunk,
        int[] unit, long fill, ChunkKeys keys, ChunkCodec codec, @Nullable Shards shards, List<String> names,
        ObjectNode attributes) implements Serializable {
    private static final List<String> USUAL = List.of("t", "c", "z", "y", "x");

    /// The key of a unit.
    ///
    /// @param position of the unit along each dimension
    String key(int[] position) {
        return (folder.isEmpty() ? "" : folder + "/") + keys.key(position);
    }

    /// Names of the dimensions: those it has, or else the last of t, c, z, y, x. A mark behind a name, as Neuroglancer puts
    /// it behind those of channels, is left out.
    List<String> axisNames() {
        if (names.stream().anyMatch(name -> !name.isEmpty())) {
            return names.stream().map(name -> name.replaceFirst("['^]$", "")).toList();
        }
        List<String> usual = new ArrayList<>(USUAL.subList(Math.max(0, USUAL.size() - shape.length), USUAL.size()));
        while (usual.size() < shape.length) {
            usual.addFirst("");
        }
        return usual;
    }

    /// In the formats' own words: `zarr 3, zstd, sharded`.
    String storage() {
        String steps = codec.steps().isEmpty()
                ? "raw"
                : codec.steps().stream().map(ByteCodec::text).collect(Collectors.joining(" "));
        return "zarr " + version + ", " + steps + (shards == null ? "" : ", sharded");
    }

    /// The user's attributes.
    Fields attributeFields() {
        return new Fields(file, "attributes.", attributes);
    }
}
