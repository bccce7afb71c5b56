package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Chunks;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.Offsets;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.codec.VoxelBytes;
import org.neuropil.volume.codec.VoxelBytes.Layout;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;

/// A dataset of an HDF5 file with axes z, y, x (or y, x; or channel, z, y, x) as a volume of one mip that is only read.
///
/// As in CREMI's files, attribute `resolution` has the edge lengths of a voxel and `offset` the corner's position, both in
/// nanometres and in the order z, y, x. A chunk is one of the dataset's, or a section where the dataset has none.
///
/// Datasets may be chunked (through gzip, lzf, LZ4, bitshuffle, shuffle and Fletcher-32, whose sums are checked), contiguous
/// or compact, and reached by links within the file. What was never written is the fill value; truth values are 0 and 1.
/// Virtual datasets, links into other files and layouts that came with HDF5 2.0 are refused.
public final class Hdf5Volume implements Volume {
    private static final long serialVersionUID = 1;
    private static final List<String> NAMES = List.of("c", "z", "y", "x");

    private final String file;
    private final String path;
    // The parts of a Reading, which cannot be serialized.
    private final @Nullable VoxelSize voxelSize;
    private final @Nullable Kind kind;
    private final int channel;
    private final int time;
    private transient Opened opened;

    /// @param path of the dataset, without links
    /// @param fill bits of a voxel that was never written
    private record Opened(String path, VolumeInfo info, Axes axes, Hdf5Elements elements, boolean bigEndian,
            long fill) {}

    private Hdf5Volume(String file, String path, Reading reading, Opened opened) {
        this.file = file;
        this.path = path;
        this.voxelSize = reading.voxelSize().orElse(null);
        this.kind = reading.kind().orElse(null);
        this.channel = reading.channel().orElse(-1);
        this.time = reading.time().orElse(-1);
        this.opened = opened;
    }

    /// Opens a dataset.
    ///
    /// @param path of the dataset in the file; empty for the only one that can be a volume
    /// @param reading what is said besides; the voxel size is needed if there is no attribute `resolution`
    /// @throws InputException if the file is none, has no such dataset or several, it is not supported, or something must
    ///         be said of it; names file and dataset
    public static Hdf5Volume open(Path file, String path, Reading reading) throws IOException {
        String name = file.toAbsolutePath().normalize().toString();
        Opened opened = open(name, path, reading);
        return new Hdf5Volume(name, opened.path(), reading, opened);
    }

    // jhdf tells of damage with exceptions of all kinds, and takes as much memory as damaged lengths ask for; so all that it
    // throws is taken for damage.
    private static Opened open(String file, String path, Reading reading) throws IOException {
        if (!Files.isReadable(Path.of(file))) {
            throw new InputException("cannot be read, or is not there", file, "");
        }
        WholeReads channel = new WholeReads(Path.of(file));
        try {
            HdfFile hdf = new HdfFile(channel, Path.of(file).toUri());
            Dataset dataset = Hdf5Links.find(hdf, file, path);
            return describe(dataset, file, reading);
        } catch (InputException e) {
            channel.close();
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            channel.close();
            throw Hdf5Datasets.damage(file, e);
        }
    }

    private static Opened describe(Dataset dataset, String file, Reading reading) {
        String where = file + ":" + dataset.getPath();
        int[] shape = dataset.getDimensions();
        if (shape.length < 2 || shape.length > NAMES.size() || Arrays.stream(shape).anyMatch(n -> n < 1)) {
            throw new InputException("has dimensions " + Arrays.toString(shape) + ", and a volume has axes z, y, x",
                    where, "");
        }
        Axes axes = Axes.find(NAMES.subList(NAMES.size() - shape.length, NAMES.size()), shape, reading, where);
        Hdf5Elements elements = Hdf5Elements.of(dataset, where);
        int[] chunk = elements.chunk();
        Hdf5Datasets.Element element = Hdf5Datasets.element(dataset, where);
        double bytes = element.type().bytes();
        for (int n : chunk) {
            bytes *= n;
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new InputException("a chunk, or a section, of 2 GiB or more cannot be read", where, "");
        }
        double[] voxel = lengths(dataset, "resolution", shape.length, where);
        if (reading.voxelSize().isEmpty() && voxel.length == 0) {
            throw new InputException("has no attribute 'resolution'", where, "give --voxel-size, for example 4x4x40nm");
        }
        VoxelSize size = reading.voxelSize().orElseGet(() -> size(voxel, where));
        double[] offset = lengths(dataset, "offset", shape.length, where);
        Int3 min = offset.length == 0
                ? Int3.ZERO
                : Offsets.wholeVoxels(offset, voxel.length == 0 ? new double[]{size.x(), size.y(), size.z()} : voxel,
                        where + ", attribute offset");
        Box bounds = Box.of(min, axes.pick(shape, 1));
        Offsets.checkReach(min, bounds.size(), axes.pick(chunk, 1), where);
        Kind kind = reading.kind().orElse(Reading.usualKind(element.type()));
        if (kind == Kind.SEGMENTATION && element.type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + element.type().text(), where,
                    "open it as an image");
        }
        VolumeInfo info = new VolumeInfo(kind, element.type(),
                List.of(new Scale(size, bounds, axes.pick(chunk, 1).min(bounds.size()))));
        return new Opened(dataset.getPath(), info, axes, elements, element.bigEndian(),
                Hdf5Datasets.bits(dataset.getFillValue(), element.type()));
    }

    private static VoxelSize size(double[] lengths, String where) {
        for (double length : lengths) {
            if (!(length > 0 && length < 1e12)) {
                throw new InputException("is " + length + " nm", where + ", attribute resolution",
                        "give --voxel-size, for example 4x4x40nm");
            }
        }
        return new VoxelSize(lengths[0], lengths[1], lengths[2]);
    }

    /// An attribute's lengths along x, y, z; none if there is no such attribute. Of an array without z the last two count.
    private static double[] lengths(Dataset dataset, String name, int rank, String where) {
        Attribute attribute = dataset.getAttribute(name);
        if (attribute == null) {
            return new double[0];
        }
        double[] values = Hdf5Datasets.numbers(attribute.getData());
        int wanted = Math.min(rank, 3);
        if (values.length != wanted) {
            throw new InputException("has " + values.length + " numbers, and there are " + wanted + " axes",
                    where + ", attribute " + name, "");
        }
        return new double[]{values[wanted - 1], values[wanted - 2],
            wanted == 3 ? values[0] : name.equals("offset") ? 0 : values[wanted - 1]};
    }

    @Override
    public VolumeInfo info() {
        return opened.info();
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Scale scale = info().scale(mip);
        return Chunks.read(scale.grid(), info().type(), box, 1, chunk -> {
            Block part = Block.zeros(info().type(), chunk.intersect(box));
            readChunk(chunk, scale.bounds().min(), part);
            return Optional.of(part);
        });
    }

    private void readChunk(Box chunk, Int3 origin, Block target) throws IOException {
        int[] size = opened.elements().chunk();
        int[] element = opened.axes().spread(chunk.min().minus(origin));
        int[] corner = new int[size.length];
        int[] strides = new int[size.length];
        int elements = 1;
        int first = 0;
        for (int d = size.length - 1; d >= 0; d--) {
            corner[d] = element[d] / size[d] * size[d];
            strides[d] = elements;
            first += (element[d] - corner[d]) * elements;
            elements *= size[d];
        }
        Optional<byte[]> bytes;
        try {
            bytes = opened.elements().read(corner, elements * info().type().bytes());
        } catch (IOException e) {
            throw new IOException("chunk " + Arrays.toString(corner) + " of " + uri() + " " + e.getMessage(), e);
        }
        if (bytes.isEmpty()) {
            VoxelBytes.fill(target, chunk.intersect(target.box()), opened.fill());
            return;
        }
        Layout layout = new Layout(opened.bigEndian(), elements, first, opened.axes().pick(strides, elements));
        VoxelBytes.decode(bytes.get(), layout, chunk, target);
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("HDF5 files can only be read", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return "hdf5, " + opened.elements().layout();
    }

    @Override
    public String uri() {
        return file + ":" + path;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        opened = open(file, path, new Reading(Optional.ofNullable(voxelSize), Optional.ofNullable(kind),
                channel < 0 ? OptionalInt.empty() : OptionalInt.of(channel),
                time < 0 ? OptionalInt.empty() : OptionalInt.of(time)));
    }
}
