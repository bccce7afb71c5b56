package org.neuropil.graph.store;

import java.io.IOException;
import java.nio.file.Path;

/// A store that can be copied while it is in use.
public interface Checkpoints {
    /// Writes a copy of all rows as they were at one moment between the call and its return: what one row in it was written
    /// after, by the same process, is in it too. Others read and write meanwhile. The copy is on the disk when this returns;
    /// a process that dies leaves none, or a whole one.
    ///
    /// @param folder that does not exist; in the same file system it shares the files that never change, so that it costs
    ///        little, in another one they are copied
    /// @throws org.neuropil.space.InputException if the folder exists
    void checkpoint(Path folder) throws IOException;
}
