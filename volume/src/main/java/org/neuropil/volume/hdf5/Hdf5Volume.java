package org.neuropil.volume.hdf5;

import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.message.DataLayout;

/// A dataset of an HDF5 file with axes z, y, x (or y, x; or channel, z, y, x) as a volume of one mip that is only read.
///
/// As in CREMI's files, attribute `resolution` has the edge lengths of a voxel and `offset` the corner's position, both in
/// nanometres and in the order z, y, x. A chunk is one of the dataset's, or a section where the dataset has none.
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

    /// @param chunk elements of a chunk along each dimension
    /// @param address of the first element of a dataset that is not chunked
    private record Opened(HdfFile hdf, Dataset dataset, VolumeInfo info, Axes axes, int[] shape, int[] chunk,
            boolean bigEndian, long address) {}

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
        return new Hdf5Volume(name, opened.dataset().getPath(), reading, opened);
    }

    // jhdf tells of damage with exceptions of all kinds, and takes as much memory as damaged lengths ask for; so all that it
    // throws is taken for damage.
    private static Opened open(String file, String path, Reading reading) throws IOException {
        if (!java.nio.file.Files.isReadable(Path.of(file))) {
            throw new InputException("cannot be read, or is not there", file, "");
        }
        HdfFile hdf = null;
        try {
            hdf = new HdfFile(Path.of(file));
            Dataset dataset = find(hdf, file, path);
            return describe(hdf, dataset, file, reading);
        } catch (InputException e) {
            close(hdf);
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            close(hdf);
            throw new InputException("is no HDF5 file, or is damaged: " + e.getMessage(), file, "", e);
        }
    }

    private static void close(@Nullable HdfFile hdf) {
        if (hdf != null) {
            hdf.close();
        }
    }

    private static Dataset find(HdfFile hdf, String file, String path) {
        List<Dataset> all = new ArrayList<>();
        Hdf5Datasets.collect(hdf, all);
        if (!path.isEmpty()) {
            String wanted = "/" + path.replaceFirst("^/+", "");
            return all.stream().filter(d -> d.getPath().equals(wanted)).findAny()
                    .orElseThrow(() -> new InputException("there is no dataset '" + wanted + "'", file, there(all)));
        }
        List<Dataset> volumes = all.stream().filter(d -> d.getDimensions().length >= 3).toList();
        if (volumes.size() != 1) {
            throw new InputException(volumes.isEmpty()
                    ? "there is no dataset of three dimensions"
                    : "there are " + volumes.size() + " datasets of three dimensions or more", file,
                    volumes.isEmpty() ? there(all) : "give one of them after a colon; " + there(volumes));
        }
        return volumes.getFirst();
    }

    private static String there(List<Dataset> all) {
        return all.isEmpty()
                ? "there are none at all"
                : "there are " + String.join(", ", all.stream().limit(20).map(Dataset::getPath).toList())
                        + (all.size() > 20 ? " and others" : "");
    }

    private static Opened describe(HdfFile hdf, Dataset dataset, String file, Reading reading) {
        String where = file + ":" + dataset.getPath();
        int[] shape = dataset.getDimensions();
        if (shape.length < 2 || shape.length > NAMES.size() || Arrays.stream(shape).anyMatch(n -> n < 1)) {
            throw new InputException("has dimensions " + Arrays.toString(shape) + ", and a volume has axes z, y, x",
                    where, "");
        }
        Axes axes = Axes.find(NAMES.subList(NAMES.size() - shape.length, NAMES.size()), shape, reading, where);
        int[] chunk = shape.clone();
        long address = -1;
        if (dataset instanceof ChunkedDataset chunked && dataset.getDataLayout() == DataLayout.CHUNKED) {
            chunk = chunked.getChunkDimensions();
        } else if (dataset instanceof ContiguousDataset contiguous
                && dataset.getDataLayout() == DataLayout.CONTIGUOUS) {
            Arrays.fill(chunk, 0, chunk.length - 2, 1);
            // Without an address nothing was ever written.
            address = contiguous.getDataAddress() < 0 ? -1 : contiguous.getDataAddress() + hdf.getUserBlockSize();
            double end = (double) address + dataset.getDataType().getSize();
            for (int n : shape) {
                end += (end - address) * (n - 1.0);
            }
            if (address < 0 || end > new java.io.File(file).length()) {
                throw new InputException(
                        "its elements would lie beyond the file's end: it is cut short, or nothing was "
                                + "written to it",
                        where, "");
            }
        } else {
            throw new InputException(
                    "has layout " + dataset.getDataLayout() + ", and chunked and contiguous ones are read",
                    where, "");
        }
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
        return new Opened(hdf, dataset, info, axes, shape, chunk, element.bigEndian(), address);
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
        int rank = opened.shape().length;
        int[] element = opened.axes().spread(chunk.min().minus(origin));
        int[] corner = new int[rank];
        int[] strides = new int[rank];
        int elements = 1;
        int first = 0;
        for (int d = rank - 1; d >= 0; d--) {
            corner[d] = element[d] / opened.chunk()[d] * opened.chunk()[d];
            strides[d] = elements;
            first += (element[d] - corner[d]) * elements;
            elements *= opened.chunk()[d];
        }
        Optional<byte[]> bytes = opened.address() < 0
                ? chunk(corner, elements * info().type().bytes())
                : Optional.of(section(corner, elements * info().type().bytes()));
        if (bytes.isEmpty()) {
            VoxelBytes.fill(target, chunk.intersect(target.box()),
                    Hdf5Datasets.bits(opened.dataset().getFillValue(), info().type()));
            return;
        }
        Layout layout = new Layout(opened.bigEndian(), elements, first, opened.axes().pick(strides, elements));
        VoxelBytes.decode(bytes.get(), layout, chunk, target);
    }

    /// A chunk's bytes; empty if it was never written.
    private Optional<byte[]> chunk(int[] corner, int length) throws IOException {
        byte[] bytes;
        try {
            // jhdf's caches are not made for several threads.
            synchronized (opened) {
                bytes = ((ChunkedDataset) opened.dataset()).getDecompressedChunk(corner);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            if (Hdf5Datasets.isUnwritten(e)) {
                return Optional.empty();
            }
            throw new IOException(
                    "chunk " + Arrays.toString(corner) + " of " + uri() + " is damaged: " + e.getMessage(), e);
        }
        if (bytes.length == length + Integer.BYTES && Hdf5Datasets.endsWithSum(opened.dataset())) {
            return Optional.of(Arrays.copyOf(bytes, length));
        }
        if (bytes.length != length) {
            throw new IOException("chunk " + Arrays.toString(corner) + " of " + uri() + " has " + bytes.length
                    + " bytes in place of " + length);
        }
        return Optional.of(bytes);
    }

    private byte[] section(int[] corner, int length) throws IOException {
        long before = 0;
        for (int d = 0; d < corner.length; d++) {
            before = before * opened.shape()[d] + corner[d];
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel in = FileChannel.open(Path.of(file), StandardOpenOption.READ)) {
            long at = opened.address() + before * info().type().bytes();
            while (bytes.hasRemaining()) {
                if (in.read(bytes, at + bytes.position()) < 0) {
                    throw new EOFException(uri() + " is cut short");
                }
            }
        }
        return bytes.array();
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("HDF5 files can only be read", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return "hdf5, " + (opened.address() < 0 ? "chunked" : "contiguous");
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
