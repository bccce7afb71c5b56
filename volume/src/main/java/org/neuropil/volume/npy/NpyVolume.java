package org.neuropil.volume.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.DenseArray;
import org.neuropil.volume.array.Offsets;
import org.neuropil.volume.array.Reading;

/// An array in a file of numpy's as a volume of one mip that is only read; its first voxel is at 0.
///
/// The fastest axis is x: an array in Fortran order has shape (x, y, z), as CloudVolume gives it and a cutout is written, and
/// one in C order has shape (z, y, x), as image stacks are. Of four axes the slowest are channels; two are one section.
/// Nothing stays open: every reading opens the file, and reads what it asks for and nothing else.
public final class NpyVolume implements Volume {
    private static final long serialVersionUID = 1;
    private static final List<String> NAMES = List.of("x", "y", "z", "c");
    private static final Int3 CHUNK = Int3.all(64);

    private final String file;
    private final DenseArray array;
    private final VolumeInfo info;

    private NpyVolume(String file, DenseArray array, VolumeInfo info) {
        this.file = file;
        this.array = array;
        this.info = info;
    }

    /// Opens a file.
    ///
    /// @param reading must have the voxel size, which such files do not tell
    /// @throws InputException if it is no such file, it is cut short, it is not supported, or something must be said of it;
    ///         names file and field
    public static NpyVolume open(Path file, Reading reading) throws IOException {
        String name = file.toAbsolutePath().normalize().toString();
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InputException("cannot be read, or is not there", name, "");
        }
        NpyHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NpyHeader.parse(in.readNBytes(NpyHeader.MOST_BYTES), name);
        }
        int rank = header.sizes().size();
        if (rank < 2 || rank > NAMES.size()) {
            throw new InputException("has " + rank + " axes, and a volume has three", name + ", field shape", "");
        }
        int[] sizes = header.sizes().stream().mapToInt(n -> n).toArray();
        Axes axes = Axes.find(NAMES.subList(0, rank), sizes, reading, name + ", field shape");
        if (reading.voxelSize().isEmpty()) {
            throw new InputException("does not tell how large its voxels are", name,
                    "give --voxel-size, for example 4x4x40nm");
        }
        Kind kind = reading.kind().orElse(Reading.usualKind(header.type()));
        if (kind == Kind.SEGMENTATION && header.type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + header.type().text(), name,
                    "open it as an image");
        }
        Int3 extent = axes.pick(sizes, 1);
        Int3 chunk = CHUNK.min(extent);
        Offsets.checkReach(Int3.ZERO, extent, chunk, name + ", field shape");
        DenseArray array = array(header, extent, rank < 4 ? 0 : axes.spread(Int3.ZERO)[3], name);
        if (array.end() > Files.size(file)) {
            throw new InputException("is cut short: it has " + Files.size(file) + " bytes, and " + array.end()
                    + " are wanted", name, "");
        }
        return new NpyVolume(name, array, new VolumeInfo(kind, header.type(),
                List.of(new Scale(reading.voxelSize().get(), Box.of(Int3.ZERO, extent), chunk))));
    }

    private static DenseArray array(NpyHeader header, Int3 extent, int channel, String name) {
        try {
            long section = Math.multiplyExact((long) extent.x(), extent.y());
            long volume = Math.multiplyExact(section, extent.z());
            long start = Math.addExact(header.length(),
                    Math.multiplyExact(Math.multiplyExact(volume, channel), header.type().bytes()));
            return new DenseArray(start, header.type(), header.bigEndian(), 1, extent.x(), section,
                    Box.of(Int3.ZERO, extent));
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new InputException("the array would have more bytes than any file", name + ", field shape", "", e);
        }
    }

    @Override
    public VolumeInfo info() {
        return info;
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Block result = Block.zeros(info.type(), box);
        if (!box.intersect(info.scale(mip).bounds()).isEmpty()) {
            try (FileChannel in = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
                array.read(in, result);
            } catch (IOException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
        return result;
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("files of numpy's can only be read as volumes", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return "npy";
    }

    @Override
    public String uri() {
        return file;
    }
}
