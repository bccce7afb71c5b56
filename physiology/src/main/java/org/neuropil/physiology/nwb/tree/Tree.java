package org.neuropil.physiology.nwb.tree;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A file of groups and arrays that is open for reading. Safe for use by several threads.
public interface Tree extends Closeable {
    /// File or folder.
    String source();

    /// How it is stored: `hdf5` or `zarr`.
    String storage();

    /// What lies at a path, links within the file followed; empty if nothing does.
    ///
    /// @param path names with `/` between them; empty for the root
    /// @throws org.neuropil.space.InputException if what is there is damaged
    Optional<Item> find(String path) throws IOException;

    /// A group at a path; empty if there is none.
    default Optional<Group> group(String path) throws IOException {
        return find(path).filter(Group.class::isInstance).map(Group.class::cast);
    }

    /// An array at a path; empty if there is none.
    default Optional<Array> array(String path) throws IOException {
        return find(path).filter(Array.class::isInstance).map(Array.class::cast);
    }

    /// The text of an array of one; empty if there is none.
    default Optional<String> text(String path) throws IOException {
        Optional<Array> array = array(path);
        return array.isPresent() && array.get().parts().isEmpty() && array.get().size() > 0
                ? array.get().texts().stream().findFirst()
                : Optional.empty();
    }

    /// Of how many chunks that were asked for there was none, by path of the array; what was read instead is its fill value.
    default Map<String, Integer> gaps() {
        return Map.of();
    }

    /// Opens a file of HDF5, or a folder of Zarr version 2.
    ///
    /// @throws org.neuropil.space.InputException if it is neither
    static Tree open(Path path) throws IOException {
        return Files.isDirectory(path) ? ZarrTree.open(path) : Hdf5Tree.open(path);
    }
}
