package org.neuropil.graph.live;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.neuropil.graph.base.CrossEdges;

/// A node that an edit made.
///
/// @param id its id
/// @param children ascending; of a supervoxel that was cut out of another: that other one
/// @param cross active edges that leave its chunk
record NewNode(long id, long[] children, CrossEdges cross) {
    void write(DataOutput out) throws IOException {
        out.writeLong(id);
        Longs.write(out, children);
        Longs.write(out, cross.own());
        Longs.write(out, cross.far());
    }

    static NewNode read(DataInput in) throws IOException {
        return new NewNode(in.readLong(), Longs.read(in), new CrossEdges(Longs.read(in), Longs.read(in)));
    }

    /// Bytes that it takes in memory, about.
    int weight() {
        return 96 + 8 * (children.length + 2 * cross.size());
    }
}
