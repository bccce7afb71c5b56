package org.neuropil.graph.live;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// A node with what made it.
///
/// @param operation that made it
/// @param time of the operation, milliseconds
/// @param node the node
record Made(long operation, long time, NewNode node) {
    void write(DataOutput out) throws IOException {
        out.writeLong(operation);
        out.writeLong(time);
        node.write(out);
    }

    static Made read(DataInput in) throws IOException {
        return new Made(in.readLong(), in.readLong(), NewNode.read(in));
    }
}
