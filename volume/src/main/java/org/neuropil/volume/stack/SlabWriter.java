package org.neuropil.volume.stack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Writes a box of voxels to a file, or a folder, of a kind that everybody opens, slab by slab, so that no more than a slab
/// is in memory. It is made beside its place and moved there by [#commit]; without that, nothing is left.
public sealed interface SlabWriter extends Closeable permits NpyWriter, TiffWriter, PngStackWriter {
    /// Adds the next sections.
    ///
    /// @param slab of the whole width and height, where the one before ended
    /// @throws IllegalArgumentException if it is another box or type
    void append(Block slab) throws IOException;

    /// Puts the result in its place.
    ///
    /// @throws IllegalStateException if sections are missing
    void commit() throws IOException;

    /// Throws away what was not committed.
    @Override
    void close() throws IOException;

    /// Begins a file of the kind that its name tells: `.npy`, `.tif` or `.tiff`; `.png` for a single section, and a folder
    /// of PNG files for a name without ending.
    ///
    /// @param box the voxels to come
    /// @param voxelSize for kinds that can say it
    /// @throws InputException if the name tells no kind, the kind cannot hold the voxels, or something is there already
    static SlabWriter begin(Path file, Box box, DataType type, VoxelSize voxelSize) throws IOException {
        return begin(file, box, type, voxelSize, false);
    }

    /// As [#begin(Path, Box, DataType, VoxelSize)].
    ///
    /// @param replace whether a file, but never a folder, may be there already; [#commit] then replaces it
    static SlabWriter begin(Path file, Box box, DataType type, VoxelSize voxelSize, boolean replace)
            throws IOException {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            throw new InputException("is a folder that exists already", file.toString(),
                    "give another name, or delete it");
        }
        if (Files.exists(file) && !replace) {
            throw new InputException("exists already", file.toString(),
                    "give --force to replace it, or another name");
        }
        if (box.isEmpty()) {
            throw new InputException("box " + box + " is empty", file.toString(), "");
        }
        if (name.endsWith(".npy")) {
            return new NpyWriter(file, box, type);
        }
        if (name.endsWith(".tif") || name.endsWith(".tiff")) {
            return new TiffWriter(file, box, type, voxelSize);
        }
        boolean png = name.endsWith(".png");
        if (!png && name.matches(".*\\.[a-z0-9]{1,5}")) {
            throw new InputException(
                    "'" + name.substring(name.lastIndexOf('.')) + "' is no kind of file that is written",
                    file.toString(), "use .npy, .tif or .png, or a name without ending for a folder of PNG files");
        }
        return new PngStackWriter(file, box, type, png);
    }

    /// Checks that a slab goes on where the one before ended.
    ///
    /// @param next the first section to come
    static void check(Block slab, Box box, DataType type, int next) {
        Box expected = new Box(box.min().with(2, next), box.max().with(2, slab.box().max().z()));
        if (!slab.box().equals(expected) || !box.contains(slab.box()) || slab.type() != type) {
            throw new IllegalArgumentException(
                    slab.type() + " in " + slab.box() + " after section " + (next - 1) + " of "
                            + type + " in " + box);
        }
    }

    /// Checks that all sections have come.
    static void checkWhole(Box box, int next) {
        if (next != box.max().z()) {
            throw new IllegalStateException("sections from " + next + " on are missing");
        }
    }

    /// Deletes a file, or a folder with all that is in it, if it is there.
    static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(path)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path one : all) {
                Files.delete(one);
            }
        }
    }
}
