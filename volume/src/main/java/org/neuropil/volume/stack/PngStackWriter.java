package org.neuropil.volume.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.store.FileStore;

/// A folder of grey PNG files, one for each section, named by the section's z; or a single file for a single section.
/// Where z begins below 0 names count from 0, for a sign in a name is no number to whoever sorts the files.
public final class PngStackWriter implements SlabWriter {
    private final Path file;
    private final Path beside;
    private final Box box;
    private final DataType type;
    private final boolean single;
    private int next;

    PngStackWriter(Path path, Box box, DataType type, boolean single) throws IOException {
        if (type != DataType.UINT8 && type != DataType.UINT16) {
            throw new InputException("PNG files hold grey levels of 8 or 16 bits, and voxels are " + type.text(),
                    path.toString(), "write .npy, or .tif for up to 32 bits");
        }
        if (single && box.size().z() > 1) {
            throw new InputException("one PNG file holds one section, and the box has " + box.size().z(),
                    path.toString(), "give a name without ending for a folder of them");
        }
        this.file = path.toAbsolutePath();
        this.beside = FileStore.beside(file);
        this.box = box;
        this.type = type;
        this.single = single;
        this.next = box.min().z();
        if (single) {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } else {
            Files.createDirectories(beside);
        }
    }

    @Override
    public void append(Block slab) throws IOException {
        SlabWriter.check(slab, box, type, next);
        int origin = Math.min(0, box.min().z());
        int digits = Math.max(5, String.valueOf(box.max().z() - origin).length());
        for (; next < slab.box().max().z(); next++) {
            Box section = new Box(slab.box().min().with(2, next), slab.box().max().with(2, next + 1));
            Path png = single ? beside : beside.resolve(String.format("%0" + digits + "d.png", next - origin));
            Files.write(png, PngSections.encode(slab.crop(section)));
        }
    }

    @Override
    public void commit() throws IOException {
        SlabWriter.checkWhole(box, next);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        SlabWriter.delete(beside);
    }
}
