package org.neuropil.volume.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// The encoder of [CompressedSegmentation], with its scratch memory: made for one chunk, used once, by one thread.
final class SegmentationEncoder {
    /// Copies `count` labels from voxel `from` on along x into `to` from `at` on, widened to 64 bits.
    interface Source {
        void get(int from, int count, long[] to, int at);
    }

    /// Offsets count from the word after the channel header.
    private static final int BASE = 1;
    private static final int TABLE_LIMIT = 1 << 24;

    private final Int3 size;
    private final Int3 block;
    private final int labelWords;

    /// The voxels of a block, without those that stick out of the chunk.
    private final long[] labels;
    /// For each of them, which different label it has, counted as they appear.
    private final int[] slots;
    /// Open addressing: slot + 1 by a label's hash.
    private final int[] hash;
    private final int hashShift;
    private final long[] distinct;
    private final int[] rank;
    /// Different labels of a block in ascending unsigned order, with the top bit flipped.
    private final long[] sorted;

    /// Open addressing over tables that are written: where, and how many labels; 0 labels means free.
    private final int[] tableAt;
    private final int[] tableCount;

    private int[] out;
    private int length;

    SegmentationEncoder(Int3 size, Int3 block, int labelWords) {
        this.size = size;
        this.block = block;
        this.labelWords = labelWords;
        int voxels = Math.toIntExact(block.min(size).volume());
        labels = new long[voxels];
        slots = new int[voxels];
        distinct = new long[voxels];
        sorted = new long[voxels];
        rank = new int[voxels];
        int bits = 33 - Integer.numberOfLeadingZeros(voxels);
        hash = new int[1 << bits];
        hashShift = 64 - bits;
        int blocks = Math.toIntExact(size.ceilDiv(block).volume());
        tableAt = new int[Integer.highestOneBit(Math.multiplyExact(blocks, 2)) * 2];
        tableCount = new int[tableAt.length];
        length = Math.addExact(BASE, Math.multiplyExact(2, blocks));
        out = new int[Math.addExact(length, 64 + Math.multiplyExact(8, blocks))];
        out[0] = BASE;
    }

    byte[] encode(Source source) {
        Int3 grid = size.ceilDiv(block);
        int header = BASE;
        for (int z = 0; z < grid.z(); z++) {
            for (int y = 0; y < grid.y(); y++) {
                for (int x = 0; x < grid.x(); x++) {
                    encodeBlock(source, x * block.x(), y * block.y(), z * block.z(), header);
                    header += 2;
                }
            }
        }
        byte[] bytes = new byte[Math.multiplyExact(4, length)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(out, 0, length);
        return bytes;
    }

    private void encodeBlock(Source source, int x0, int y0, int z0, int header) {
        int width = Math.min(block.x(), size.x() - x0);
        int height = Math.min(block.y(), size.y() - y0);
        int depth = Math.min(block.z(), size.z() - z0);
        int voxels = 0;
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                source.get(x0 + size.x() * (y0 + y + size.y() * (z0 + z)), width, labels, voxels);
                voxels += width;
            }
        }
        int count = findDistinct(voxels);
        int bits = bits(count);
        int packed = length;
        if (bits > 0) {
            int words = Math.toIntExact((bits * block.volume() + 31) / 32);
            grow(words);
            pack(width, height, depth, bits);
            length += words;
        }
        int table = table(count);
        if (table - BASE >= TABLE_LIMIT) {
            throw new InputException("a chunk of " + size + " has too many different labels for the format",
                    "encoding compressed_segmentation", "use smaller chunks, or encoding raw");
        }
        out[header] = table - BASE | bits << 24;
        out[header + 1] = packed - BASE;
    }

    /// Fills `slots`, `sorted` and `rank`.
    private int findDistinct(int voxels) {
        long first = labels[0];
        distinct[0] = first;
        sorted[0] = first ^ Long.MIN_VALUE;
        int same = 1;
        while (same < voxels && labels[same] == first) {
            same++;
        }
        if (same == voxels) {
            return 1;
        }
        int count = 0;
        int slot = 0;
        long previous = ~first;
        for (int i = 0; i < voxels; i++) {
            long label = labels[i];
            if (label != previous) {
                previous = label;
                int h = (int) (label * 0x9E3779B97F4A7C15L >>> hashShift);
                while (hash[h] != 0 && distinct[hash[h] - 1] != label) {
                    h = h + 1 & hash.length - 1;
                }
                if (hash[h] == 0) {
                    distinct[count] = label;
                    sorted[count] = label ^ Long.MIN_VALUE;
                    hash[h] = ++count;
                }
                slot = hash[h] - 1;
            }
            slots[i] = slot;
        }
        Arrays.fill(hash, 0);
        Arrays.sort(sorted, 0, count);
        for (int i = 0; i < count; i++) {
            rank[i] = Arrays.binarySearch(sorted, 0, count, distinct[i] ^ Long.MIN_VALUE);
        }
        return count;
    }

    private static int bits(int count) {
        if (count == 1) {
            return 0;
        }
        int bits = 1;
        while (1L << bits < count) {
            bits *= 2;
        }
        return bits;
    }

    private void pack(int width, int height, int depth, int bits) {
        int i = 0;
        for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
                int bit = block.x() * (y + block.y() * z) * bits;
                for (int x = 0; x < width; x++, bit += bits) {
                    out[length + (bit >>> 5)] |= rank[slots[i++]] << (bit & 31);
                }
            }
        }
    }

    /// Where the table of the first `count` labels of `sorted` stands; writes it if it is not there yet.
    private int table(int count) {
        long mix = count;
        for (int i = 0; i < count; i++) {
            mix = (mix ^ sorted[i]) * 0x9E3779B97F4A7C15L;
            mix ^= mix >>> 29;
        }
        int h = (int) (mix ^ mix >>> 32) & tableAt.length - 1;
        while (tableCount[h] != 0) {
            if (tableCount[h] == count && isTable(tableAt[h], count)) {
                return tableAt[h];
            }
            h = h + 1 & tableAt.length - 1;
        }
        int at = length;
        grow(count * labelWords);
        for (int i = 0; i < count; i++) {
            long label = sorted[i] ^ Long.MIN_VALUE;
            out[length++] = (int) label;
            if (labelWords == 2) {
                out[length++] = (int) (label >>> 32);
            }
        }
        tableAt[h] = at;
        tableCount[h] = count;
        return at;
    }

    private boolean isTable(int at, int count) {
        for (int i = 0; i < count; i++) {
            long label = sorted[i] ^ Long.MIN_VALUE;
            int word = at + i * labelWords;
            if (out[word] != (int) label || labelWords == 2 && out[word + 1] != (int) (label >>> 32)) {
                return false;
            }
        }
        return true;
    }

    private void grow(int words) {
        int needed = Math.addExact(length, words);
        if (needed > out.length) {
            out = Arrays.copyOf(out, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, out.length * 2L)));
        }
    }
}
