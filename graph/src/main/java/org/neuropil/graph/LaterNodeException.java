package org.neuropil.graph;

import java.time.Instant;

/// A node was asked for in a [VirtualGraph] that came to be after the moment at which that graph stands still. The
/// message says so in whole sentences.
public final class LaterNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long node;

    /// @param node the id
    /// @param created when it came to be
    /// @param moment at which the graph stands still
    public LaterNodeException(long node, Instant created, Instant moment) {
        super("Node " + Long.toUnsignedString(node) + " came to be at " + created
                + "; this graph shows the state of " + moment
                + " and has no later nodes. Ask for the id that it had then, or ask the graph that is edited.");
        this.node = node;
    }

    /// The node.
    public long node() {
        return node;
    }
}
