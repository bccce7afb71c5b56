package org.neuropil.server.cave;

import java.io.IOException;
import java.util.Optional;

import org.neuropil.server.http.Answer;
import org.neuropil.space.Box;

import tools.jackson.databind.node.ObjectNode;

/// The volume of supervoxels as the graph sees it: where supervoxels have been cut, with the ids of the parts. Clients
/// get it file by file, so whoever implements this decides of each chunk whether it goes out as it lies there.
public interface Supervoxels {
    /// A copy of the volume's `info`.
    ObjectNode info() throws IOException;

    /// A file of the volume, by its path in it: `8_8_8/0-64_0-64_0-64`. Empty if there is none.
    Optional<Answer.Resource> file(String path) throws IOException;

    /// The ids in a box, ascending (unsigned), each once, without 0.
    ///
    /// @param box voxels of mip 0
    long[] ids(Box box) throws IOException;
}
