package org.neuropil.server.cave;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;

/// Surfaces of a graph's nodes, in pieces. Called by several threads.
public interface NodeMeshes {
    /// The nodes whose pieces make up the surface of a node, ascending. Pieces are made when they are asked for; so a node
    /// may be among them that has nothing to show.
    ///
    /// @param node of layer 2 or above, known to the graph
    /// @param bounds voxels of mip 0; only pieces in chunks that touch them; null for all
    /// @param highest layer that pieces may have at most
    long[] pieces(long node, @Nullable Box bounds, int highest) throws IOException;

    /// Name of a node's piece: `<node>:0:<x0>-<x1>_<y0>-<y1>_<z0>-<z1>`.
    String name(long node);

    /// A piece as Draco, vertices in nm; empty if there is none of the name.
    ///
    /// @param name as [#name] gives it
    Optional<byte[]> draco(String name) throws IOException;

    /// A point in the middle of each of some layer-2 nodes: x, y, z in nm. Those are missing that have none, or whose
    /// voxels cannot be read.
    Map<Long, double[]> centroids(long[] nodes) throws IOException;

    /// What a table's info tells clients of the pieces, `mesh_metadata`.
    Map<String, Object> metadata();

    /// The file `info` of the folder that pieces are in, as bytes of JSON.
    byte[] info();

    /// No meshes.
    static NodeMeshes none() {
        return new NoMeshes();
    }
}
