package org.neuropil.server.cave;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.neuropil.graph.GraphInfo;
import org.neuropil.space.Int3;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `info` of a table: that of the volume of supervoxels, and what clients need to know of the graph above it.
final class TableInfo {
    private static final int LAYER_BITS = 8;

    private TableInfo() {}

    /// Where the volume of a table is served.
    static String dataDir(String table, String origin) {
        return origin + "/segmentation/data/" + table;
    }

    /// The whole.
    ///
    /// @param origin by which the client reached this server
    static ObjectNode of(GraphTable table, String origin) throws IOException {
        GraphInfo graph = table.graph().info();
        ObjectNode info = volume(table, origin);
        info.put("data_dir", dataDir(table.name(), origin));
        info.putPOJO("app", Map.of("supported_api_versions", List.of(0, 1)));
        info.set("graph", layout(info.objectNode(), graph));
        info.put("chunks_start_at_voxel_offset", true);
        info.put("mesh_dir", MeshEndpoints.FOLDER);
        info.putPOJO("mesh_metadata", table.meshes().metadata());
        // Pieces have addresses as they do where some lie in shards; there are none here.
        info.put("sharded_mesh", true);
        info.put("verify_mesh", false);
        return info;
    }

    /// The volume's own.
    static ObjectNode volume(GraphTable table, String origin) throws IOException {
        ObjectNode info = table.supervoxels().info();
        // Of supervoxels there are neither.
        info.remove(List.of("segment_properties", "skeletons"));
        info.put("@type", "neuroglancer_multiscale_volume");
        info.put("mesh", MeshEndpoints.FOLDER);
        return info;
    }

    private static ObjectNode layout(ObjectNode layout, GraphInfo graph) {
        put(layout.putArray("chunk_size"), graph.chunk());
        layout.put("n_bits_for_layer_id", LAYER_BITS);
        layout.put("n_layers", graph.layers());
        ObjectNode masks = layout.putObject("spatial_bit_masks");
        for (int layer = 1; layer <= graph.layers(); layer++) {
            masks.put(Integer.toString(layer), graph.ids().bits(layer));
        }
        put(layout.putArray("bounding_box"), graph.bounds().size());
        layout.put("cv_mip", 0);
        return layout;
    }

    private static void put(ArrayNode array, Int3 value) {
        array.add(value.x()).add(value.y()).add(value.z());
    }
}
