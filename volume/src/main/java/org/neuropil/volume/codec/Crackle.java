package org.neuropil.volume.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Reads Crackle, format versions 0 and 1 of the `crackle-codec` package on PyPI, after the description in its README.
///
/// Each section is cut into 4-connected components of equal labels by the cracks between its pixels ([CrackleSection],
/// [CrackleMoves]); the components have labels ([CrackleLabels]). The bytes, all numbers little-endian, are:
///
/// | part | bytes | |
/// |---|---|---|
/// | header | 24, in version 1 29 | `crkl`; version (1 byte); bits (2); size x, y, z (4 each); size of tiles as power of 2 (1), which no encoder makes smaller than a section; bytes of the labels (4, in version 1 8); in version 1 a CRC-8 of what is behind the version |
/// | index | 4 a section | bytes of its cracks; in version 1 a CRC-32C of that |
/// | labels | as said | |
/// | model | 5 bits an order | if the directions of cracks are coded by those before |
/// | cracks | as the index says | |
/// | sums | 4 each | in version 1: CRC-32C of the labels; of each section's components, as 4 bytes a pixel |
///
/// Bits, from the lowest: bytes of a voxel (2, as power of 2); bytes of a label (2, as power of 2); whether pixels are
/// connected where a crack is, or elsewhere; form of labels (2): flat, unused, pins; whether numpy shall have x fastest,
/// which changes nothing here; whether labels are signed; how many directions the model looks back on (4); two more that
/// tell of the order of labels.
public final class Crackle {
    private static final int MAGIC = 'c' | 'r' << 8 | 'k' << 16 | 'l' << 24;
    private static final int[] HEADER = {24, 29};
    /// Where in the header the CRC-8 and what it covers are.
    private static final int SUMMED = 5;
    private static final int SUM = 28;
    private static final int SUM_POLYNOMIAL = 0xe7;
    /// Pixels whose components are summed at a time.
    private static final int PIECE = 1 << 12;

    private final byte[] bytes;
    private final Int3 size;
    private final boolean summed;
    private final int bits;
    /// Where the index, the labels, and what follows them begin; and where the sums do, or the end.
    private final int index;
    private final int labels;
    private final int cracks;
    private final int end;

    /// Decodes labels.
    ///
    /// @param voxels filled; whole numbers, and of the size and type that the bytes say they have
    /// @throws IOException if the bytes are no such labels; what is in `voxels` is then undefined
    public static void decode(byte[] bytes, Block voxels) throws IOException {
        new Crackle(bytes, voxels).decode(voxels);
    }

    private Crackle(byte[] bytes, Block voxels) throws IOException {
        this.bytes = bytes;
        size = voxels.box().size();
        if (bytes.length < HEADER[0] || number(0, 4) != MAGIC) {
            throw new IOException("does not begin as crackle does");
        }
        int version = bytes[4];
        if (version != 0 && version != 1) {
            throw new IOException("is crackle of version " + version + ", and 0 and 1 can be read");
        }
        summed = version == 1;
        index = HEADER[version];
        if (bytes.length < index) {
            throw new IOException("ends within its header");
        }
        if (summed && headerSum() != (bytes[SUM] & 0xff)) {
            throw new IOException("is damaged: the CRC-8 of its header does not fit");
        }
        bits = (int) number(SUMMED, 2);
        checkHeader(voxels.type());
        int sums = summed ? 4 * (size.z() + 1) : 0;
        long most = bytes.length - (long) index - 4L * size.z() - (summed ? 4 + sums : 0);
        long length = number(20, summed ? 8 : 4);
        if (length < 0 || length > most) {
            throw new IOException("is too short for its index and labels");
        }
        labels = index + 4 * size.z() + (summed ? 4 : 0);
        cracks = labels + (int) length;
        end = bytes.length - sums;
        if (summed) {
            checkSum(index, labels - 4, labels - 4, "index");
            checkSum(labels, cracks, end, "labels");
        }
    }

    private int headerSum() {
        int sum = 0xff;
        for (int i = SUMMED; i < SUM; i++) {
            sum ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 1 ? sum >> 1 ^ SUM_POLYNOMIAL : sum >> 1;
            }
        }
        return sum;
    }

    private void checkHeader(DataType type) throws IOException {
        boolean fits = number(7, 4) == size.x() && number(11, 4) == size.y() && number(15, 4) == size.z();
        if (!fits || voxelBytes() != type.bytes() || signed() != type.isSigned()) {
            throw new IOException("holds " + number(7, 4) + "," + number(11, 4) + "," + number(15, 4) + " voxels of "
                    + (signed() ? "int" : "uint") + 8 * voxelBytes() + " in place of " + size + " of " + type.text());
        }
        if (labelBytes() > voxelBytes()) {
            throw new IOException("has labels of " + labelBytes() + " bytes for voxels of " + voxelBytes());
        }
        if (form() != 0 && form() != 2) {
            throw new IOException("has labels in form " + form() + ", and 0 (flat) and 2 (pins) can be read");
        }
        if ((size.x() + 1L) * (size.y() + 1L) > Integer.MAX_VALUE - 8) {
            throw new IOException("has sections of more pixels than can be read");
        }
        int tile = bytes[19] & 0xff;
        if (tile < 31 && 1L << tile < Math.max(size.x(), size.y())) {
            throw new IOException("has sections in tiles of " + (1L << tile) + " pixels, which cannot be read");
        }
    }

    private int voxelBytes() {
        return 1 << (bits & 3);
    }

    private int labelBytes() {
        return 1 << (bits >> 2 & 3);
    }

    private int form() {
        return bits >> 5 & 3;
    }

    private boolean signed() {
        return (bits >> 8 & 1) == 1;
    }

    private long number(int at, int width) {
        return NumberReader.number(bytes, at, width);
    }

    private void checkSum(int from, int to, int at, String what) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        if (crc.getValue() != number(at, 4)) {
            throw new IOException("is damaged: the CRC-32C of its " + what + " does not fit");
        }
    }

    private void decode(Block voxels) throws IOException {
        CrackleLabels named = CrackleLabels.read(bytes, labels, cracks, size, labelBytes(), signed(), form() == 2);
        NumberReader in = new NumberReader(bytes, cracks, end, "cracks");
        CrackleMoves moves = new CrackleMoves(bytes, in, bits >> 9 & CrackleMoves.MOST_ORDER);
        CrackleSection section = new CrackleSection(bytes, moves, size.x(), size.y(), (bits >> 4 & 1) == 1);
        int[] components = section.components();
        long[] label = new long[components.length];
        for (int z = 0; z < size.z(); z++) {
            int from = in.skip(number(index + 4 * z, 4), 1);
            int found = section.find(from, in.position());
            if (summed && sum(components) != number(end + 4 + 4 * z, 4)) {
                throw new IOException("is damaged: the CRC-32C of section " + z + " does not fit");
            }
            named.section(z, components, found, label);
            put(section, label, voxels, z * components.length);
        }
    }

    private static long sum(int[] components) {
        CRC32C crc = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, components.length) * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < components.length; from += PIECE) {
            int count = Math.min(PIECE, components.length - from);
            piece.clear().asIntBuffer().put(components, from, count);
            crc.update(piece.limit(count * Integer.BYTES));
        }
        return crc.getValue();
    }

    private static void put(CrackleSection section, long[] label, Block voxels, int at) {
        switch (voxels) {
            case Block.Bytes b -> {
                for (int run = 0, from = at; run < section.runs(); run++) {
                    int to = at + section.ends()[run];
                    Arrays.fill(b.data(), from, to, (byte) label[section.names()[run]]);
                    from = to;
                }
            }
            case Block.Shorts b -> {
                for (int run = 0, from = at; run < section.runs(); run++) {
                    int to = at + section.ends()[run];
                    Arrays.fill(b.data(), from, to, (short) label[section.names()[run]]);
                    from = to;
                }
            }
            case Block.Ints b -> {
                for (int run = 0, from = at; run < section.runs(); run++) {
                    int to = at + section.ends()[run];
                    Arrays.fill(b.data(), from, to, (int) label[section.names()[run]]);
                    from = to;
                }
            }
            case Block.Longs b -> {
                for (int run = 0, from = at; run < section.runs(); run++) {
                    int to = at + section.ends()[run];
                    Arrays.fill(b.data(), from, to, label[section.names()[run]]);
                    from = to;
                }
            }
            default -> throw new IllegalArgumentException("crackle of " + voxels.type());
        }
    }
}
