package org.neuropil.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.pipeline.Json;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.store.Store;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// Neuroglancer's segment properties for a new segmentation: voxels and volume of each segment above a size, largest
/// first, so that the viewer's list begins with what one wants to see.
final class SegmentProperties {
    /// Folder within the segmentation.
    static final String FOLDER = "segment_properties";

    private static final double CUBIC_NM_PER_CUBIC_UM = 1e9;

    private SegmentProperties() {}

    /// @return how many segments are listed
    static int write(Store store, Long2LongOpenHashMap sizes, long minVoxels, VoxelSize voxel) throws IOException {
        List<Long2LongMap.Entry> listed = new ArrayList<>();
        for (Long2LongMap.Entry entry : sizes.long2LongEntrySet()) {
            if (entry.getLongValue() >= minVoxels) {
                listed.add(entry);
            }
        }
        listed.sort((a, b) -> a.getLongValue() != b.getLongValue()
                ? Long.compare(b.getLongValue(), a.getLongValue())
                : Long.compareUnsigned(a.getLongKey(), b.getLongKey()));
        List<String> ids = new ArrayList<>();
        List<Long> voxels = new ArrayList<>();
        List<Double> volumes = new ArrayList<>();
        for (Long2LongMap.Entry entry : listed) {
            ids.add(Long.toUnsignedString(entry.getLongKey()));
            voxels.add(entry.getLongValue());
            double volume = entry.getLongValue() * voxel.volume() / CUBIC_NM_PER_CUBIC_UM;
            volumes.add(Math.round(volume * 1e4) / 1e4);
        }
        // uint32 is exact; a segment beyond it can only be told as a float.
        String type = voxels.isEmpty() || voxels.getFirst() <= 0xFFFFFFFFL ? "uint32" : "float32";
        store.put(FOLDER + "/info", Json.bytes(Map.of("@type", "neuroglancer_segment_properties", "inline",
                Map.of("ids", ids, "properties",
                        List.of(Map.of("id", "voxels", "type", "number", "data_type", type, "description",
                                "Size in voxels", "values", voxels),
                                Map.of("id", "volume_um3", "type", "number", "data_type", "float32", "description",
                                        "Volume in cubic micrometres", "values", volumes))))));
        return ids.size();
    }
}
