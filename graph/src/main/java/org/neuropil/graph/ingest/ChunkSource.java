package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.Serializable;

import org.neuropil.space.Int3;

/// Where ingest gets its chunks from. Serializable, since block jobs hold it.
@FunctionalInterface
public interface ChunkSource extends Serializable {
    /// What there is in a chunk. Gives the same each time it is asked.
    ///
    /// @param chunk position in the grid
    /// @throws org.neuropil.space.InputException if what is there cannot be used
    ChunkInput read(Int3 chunk) throws IOException;
}
