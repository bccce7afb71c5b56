package org.neuropil.volume.nrrd;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Axes;
import org.neuropil.volume.array.LengthUnit;
import org.neuropil.volume.array.Offsets;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.codec.VoxelBytes;
import org.neuropil.volume.codec.VoxelBytes.Layout;

/// A NRRD file, or a header file and its data file, as a volume of one mip that is only read.
///
/// Data that are compressed are written, plain, to a temporary file when the volume is first read, which is deleted when the
/// process ends: from compressed ones nothing can be read but from the beginning.
public final class NrrdVolume implements Volume {
    private static final long serialVersionUID = 1;
    private static final int MOST_HEADER = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final String file;
    private final String data;
    private final long begin;
    private final long bytes;
    /// The data as they are read; null until then.
    private transient @Nullable Path plain;
    private final VolumeInfo info;
    private final boolean bigEndian;
    private final boolean gzip;
    /// Elements from one voxel to the next along x, y, z.
    private final long[] strides;
    /// The element that is the first voxel.
    private final long first;

    private NrrdVolume(String file, String data, long begin, VolumeInfo info, NrrdHeader header, long[] strides,
            long first, long bytes) {
        this.file = file;
        this.data = data;
        this.begin = begin;
        this.info = info;
        this.bigEndian = header.bigEndian();
        this.gzip = header.gzip();
        this.strides = strides;
        this.first = first;
        this.bytes = bytes;
    }

    /// Opens a file.
    ///
    /// @param reading the voxel size is needed if the header has none in a known unit
    /// @throws InputException if it is no such file, is not supported, or something must be said of it; names file and
    ///         field
    public static NrrdVolume open(Path file, Reading reading) throws IOException {
        String name = file.toAbsolutePath().normalize().toString();
        if (!Files.isReadable(file)) {
            throw new InputException("cannot be read, or is not there", name, "");
        }
        NrrdHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NrrdHeader.parse(in.readNBytes(MOST_HEADER), name);
        }
        int rank = header.sizes().length;
        Axes axes = Axes.find(names(header, name), header.sizes(), reading, name + ", field sizes");
        int[] element = axes.spread(Int3.ZERO);
        long[] steps = new long[rank];
        long elements = 1;
        long first = 0;
        for (int d = 0; d < rank; d++) {
            steps[d] = elements;
            first += element[d] * elements;
            elements = checkedSize(elements, header.sizes()[d], name);
        }
        long[] strides = new long[3];
        for (int axis = 0; axis < 3; axis++) {
            strides[axis] = axes.dimension(axis).map(d -> steps[d]).orElse(elements);
        }
        VolumeInfo info = info(header, axes, reading, name);
        Path source = source(file, header, name);
        if (!Files.isReadable(source)) {
            throw new InputException("'" + header.dataFile().orElse("") + "' cannot be read, or is not there",
                    name + ", field data file", "");
        }
        long bytes = checkedSize(elements, info.type().bytes(), name);
        long begin = begin(header, source, bytes);
        if (header.gzip()) {
            NrrdVolume volume = new NrrdVolume(name, source.toString(), begin, info, header, strides, first, bytes);
            volume.plain(); // tells of damage now
            return volume;
        }
        if (Files.size(source) - begin < bytes) {
            throw new InputException("has " + Math.max(0, Files.size(source) - begin) + " bytes of data, and " + bytes
                    + " are wanted", source.toString(), "");
        }
        return new NrrdVolume(name, source.toString(), begin, info, header, strides, first, bytes);
    }

    private static Path source(Path file, NrrdHeader header, String name) {
        try {
            return header.dataFile().map(f -> file.resolveSibling(f)).orElse(file);
        } catch (InvalidPathException e) {
            throw new InputException("is no name of a file", name + ", field data file", "", e);
        }
    }

    private static long checkedSize(long a, long b, String name) {
        if (a > Long.MAX_VALUE / 16 / b) {
            throw new InputException("the volume would have more bytes than any file", name + ", field sizes", "");
        }
        return a * b;
    }

    /// Names for axes: x, y and z from fast to slow. Of four, the only one without a length is the channels'; if that is not
    /// said, the first, where colours stand.
    private static List<String> names(NrrdHeader header, String name) {
        int rank = header.sizes().length;
        if (rank < 2 || rank > 4) {
            throw new InputException("has " + rank + " axes, and a volume has three", name + ", field dimension", "");
        }
        List<String> names = new ArrayList<>(List.of("x", "y", "z").subList(0, Math.min(rank, 3)));
        if (rank == 4) {
            int[] without = IntStream.range(0, rank).filter(d -> Double.isNaN(header.spacings()[d])).toArray();
            names.add(without.length == 1 ? without[0] : 0, "c");
        }
        return names;
    }

    private static VolumeInfo info(NrrdHeader header, Axes axes, Reading reading, String name) {
        int rank = header.sizes().length;
        double[] lengths = new double[rank];
        double[] unit = new double[rank];
        boolean known = true;
        for (int d = 0; d < rank; d++) {
            boolean space = axes.dimension(0).equals(Optional.of(d)) || axes.dimension(1).equals(Optional.of(d))
                    || axes.dimension(2).equals(Optional.of(d));
            unit[d] = space && !header.units().get(d).isEmpty()
                    ? LengthUnit.nanometres(header.units().get(d), name + ", field units")
                    : Double.NaN;
            lengths[d] = LengthUnit.times(header.spacings()[d], unit[d]);
            known &= !space || lengths[d] > 0;
        }
        if (!known && reading.voxelSize().isEmpty()) {
            throw new InputException("does not tell how large its voxels are in a unit of length", name,
                    "give --voxel-size, for example 4x4x40nm");
        }
        double[] said = axes.pick(lengths, Double.NaN);
        VoxelSize size = reading.voxelSize()
                .orElseGet(() -> new VoxelSize(said[0], said[1], said[2] > 0 ? said[2] : said[0]));
        Int3 min = Int3.ZERO;
        if (known && header.origin().length == 3 && rank >= 3) {
            double[] spacing = axes.pick(header.spacings(), 1);
            min = Offsets.wholeVoxels(header.origin(), spacing, name + ", field space origin");
        }
        Int3 extent = axes.pick(header.sizes(), 1);
        Int3 chunk = Int3.all(64).min(extent);
        Offsets.checkReach(min, extent, chunk, name + ", field sizes");
        Kind kind = reading.kind().orElse(Reading.usualKind(header.type()));
        if (kind == Kind.SEGMENTATION && header.type().isFloat()) {
            throw new InputException("ids are whole numbers, and voxels are " + header.type().text(), name,
                    "open it as an image");
        }
        return new VolumeInfo(kind, header.type(), List.of(new Scale(size, Box.of(min, extent), chunk)));
    }

    /// Where data begin, in compressed ones before they are inflated.
    private static long begin(NrrdHeader header, Path source, long bytes) throws IOException {
        long begin = header.dataFile().isPresent() ? 0 : header.length();
        if (header.byteSkip() == -1) {
            return Math.max(begin, Files.size(source) - bytes);
        }
        if (header.lineSkip() > 0) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(source))) {
                in.skipNBytes(begin);
                int lines = 0;
                for (int next = in.read(); next >= 0 && lines < header.lineSkip(); next = in.read()) {
                    begin++;
                    lines += next == '\n' ? 1 : 0;
                    if (lines == header.lineSkip()) {
                        break;
                    }
                }
            }
        }
        return begin + header.byteSkip();
    }

    private static Path inflate(Path source, long begin, long bytes, String name) throws IOException {
        Path plain = Files.createTempFile("neuropil-", ".raw");
        plain.toFile().deleteOnExit();
        long left = bytes;
        try (InputStream in = Files.newInputStream(source); OutputStream out = Files.newOutputStream(plain)) {
            in.skipNBytes(begin);
            InputStream inflated = new GZIPInputStream(in, BUFFER);
            byte[] buffer = new byte[BUFFER];
            while (left > 0) {
                int n = inflated.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new EOFException("ends " + left + " bytes early");
                }
                out.write(buffer, 0, n);
                left -= n;
            }
            if (inflated.read() < 0) {
                return plain; // which has checked the sum
            }
            throw new IOException("has more than " + bytes + " bytes");
        } catch (IOException e) {
            Files.deleteIfExists(plain);
            throw new InputException("its compressed data are damaged: " + e.getMessage(), name, "", e);
        }
    }

    private synchronized Path plain() throws IOException {
        if (plain == null) {
            plain = gzip ? inflate(Path.of(data), begin, bytes, file) : Path.of(data);
        }
        return plain;
    }

    @Override
    public VolumeInfo info() {
        return info;
    }

    @Override
    public Block read(int mip, Box box) throws IOException {
        Box bounds = info.scale(mip).bounds();
        Block result = Block.zeros(info.type(), box);
        Box part = box.intersect(bounds);
        if (part.isEmpty()) {
            return result;
        }
        int width = info.type().bytes();
        Int3 from = part.min().minus(bounds.min());
        // From a row's first voxel to its last there may be other channels.
        long row = (part.size().x() - 1L) * strides[0] + 1;
        if (row * width > Integer.MAX_VALUE - 8) {
            throw new IOException("a row of " + row + " elements of " + file + " is too long to be read");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) row * width);
        Layout layout = new Layout(bigEndian, (int) row, 0, new Int3((int) strides[0], 1, 1));
        try (FileChannel in = FileChannel.open(plain(), StandardOpenOption.READ)) {
            for (int z = 0; z < part.size().z(); z++) {
                for (int y = 0; y < part.size().y(); y++) {
                    long element = first + from.x() * strides[0] + (from.y() + y) * strides[1]
                            + (from.z() + z) * strides[2];
                    read(in, bytes.clear(), (gzip ? 0 : begin) + element * width);
                    Int3 corner = part.min().plus(new Int3(0, y, z));
                    VoxelBytes.decode(bytes.array(), layout, Box.of(corner, new Int3(part.size().x(), 1, 1)), result);
                }
            }
        }
        return result;
    }

    private void read(FileChannel in, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            if (in.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException(data + " became shorter after it was opened");
            }
        }
    }

    @Override
    public void write(int mip, Block block) {
        throw new InputException("NRRD files can only be read", uri(), "");
    }

    @Override
    public String storage(int mip) {
        return "nrrd, " + (gzip ? "gzip" : "raw");
    }

    @Override
    public String uri() {
        return file;
    }
}
