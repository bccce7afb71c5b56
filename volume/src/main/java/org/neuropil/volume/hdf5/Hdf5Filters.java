package org.neuropil.volume.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import org.neuropil.space.InputException;
import org.neuropil.volume.codec.Zlib;

import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.PipelineFilterWithData;

/// The filters that a dataset's chunks were written through, and their bytes without them. jhdf's own do not check sums,
/// take what damaged bytes say for granted, and know neither lzf behind a sum nor the end of bitshuffled chunks.
final class Hdf5Filters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int LZF = 32000;
    private static final int LZ4 = 32004;
    private static final int BITSHUFFLE = 32008;
    private static final int SUM_BYTES = 4;
    private static final String HINT = "write the dataset anew with gzip, for example with h5repack -f GZIP=6";

    private final List<Filter> filters;

    private Hdf5Filters(List<Filter> filters) {
        this.filters = filters;
    }

    /// @param data numbers that say how, as the filter has them
    private record Filter(int id, int[] data) {
        boolean compresses() {
            return switch (id) {
                case DEFLATE, LZF, LZ4 -> true;
                case BITSHUFFLE -> Bitshuffle.compression(data) != Bitshuffle.NONE;
                default -> false;
            };
        }

        int least() {
            return id == SHUFFLE ? 1 : id == BITSHUFFLE ? 3 : 0;
        }
    }

    /// @throws InputException if there are filters that are not known
    static Hdf5Filters of(Dataset dataset, String where) {
        List<PipelineFilterWithData> all;
        try {
            all = dataset.getFilters();
        } catch (HdfFilterException e) {
            throw new InputException("its chunks are written through a filter that is not supported: " + e.getMessage(),
                    where, HINT, e);
        }
        List<Filter> filters = all.stream().map(one -> new Filter(one.getId(), one.getFilterData())).toList();
        for (Filter filter : filters) {
            if (filter.data().length < filter.least()) {
                throw new InputException("filter " + filter.id() + " of its chunks has " + filter.data().length
                        + " parameters, too few", where, "");
            }
        }
        if (filters.stream().filter(Filter::compresses).count() > 1) {
            throw new InputException("its chunks are compressed twice, which is not supported", where, HINT);
        }
        return new Hdf5Filters(filters);
    }

    /// A chunk's bytes as they were before all filters.
    ///
    /// @param length how many that must be
    /// @throws IOException if they are damaged; the message goes after the chunk's name
    byte[] decode(byte[] stored, int length) throws IOException {
        byte[] bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            Filter filter = filters.get(i);
            // Sums that were added before this filter are still there behind it.
            long sums = filters.subList(0, i).stream().filter(one -> one.id() == FLETCHER32).count();
            int behind = Math.toIntExact(length + sums * SUM_BYTES);
            bytes = switch (filter.id()) {
                case DEFLATE -> new Zlib(1).decode(bytes, behind);
                case SHUFFLE -> unshuffle(bytes, filter.data()[0]);
                case FLETCHER32 -> checked(bytes);
                // What lzf cannot make shorter is left as it is.
                case LZF -> bytes.length == behind ? bytes : Lzf.decode(bytes, behind);
                case LZ4 -> Lz4Blocks.decode(bytes, behind);
                case BITSHUFFLE -> Bitshuffle.decode(bytes, filter.data(), behind);
                default -> throw new IllegalStateException("filter " + filter.id());
            };
        }
        if (bytes.length != length) {
            throw new IOException("has " + bytes.length + " bytes in place of " + length);
        }
        return bytes;
    }

    /// First bytes of all elements, then all second ones; what is left behind the last whole element stays at the end.
    private static byte[] unshuffle(byte[] bytes, int width) throws IOException {
        if (width < 1) {
            throw new IOException("has elements of " + width + " bytes");
        }
        byte[] out = bytes.clone();
        int elements = bytes.length / width;
        for (int b = 0; b < width && elements > 0; b++) {
            for (int i = 0; i < elements; i++) {
                out[i * width + b] = bytes[b * elements + i];
            }
        }
        return out;
    }

    /// The bytes before a sum that fits.
    private static byte[] checked(byte[] bytes) throws IOException {
        int length = bytes.length - SUM_BYTES;
        if (length < 0) {
            throw new IOException("has " + bytes.length + " bytes, too few for a checksum");
        }
        int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length);
        int sum = fletcher32(bytes, length);
        // HDF5 before 1.6.3 swapped the bytes of each half.
        if (!isSame(stored, sum) && !isSame(Integer.rotateLeft(Integer.reverseBytes(stored), 16), sum)) {
            throw new IOException("is damaged: its Fletcher-32 sum does not fit");
        }
        return Arrays.copyOf(bytes, length);
    }

    /// As HDF5 sums: over big-endian words of 16 bits, an odd byte at the end being a word's first.
    private static int fletcher32(byte[] bytes, int length) {
        long first = 0;
        long second = 0;
        for (int i = 0; i < length; i += 2) {
            int word = (bytes[i] & 0xff) << 8 | (i + 1 < length ? bytes[i + 1] & 0xff : 0);
            first = (first + word) % 0xffff;
            second = (second + first) % 0xffff;
        }
        return (int) (second << 16 | first);
    }

    /// 0 and 65,535 are the same modulo 65,535, and HDF5 writes either.
    private static boolean isSame(int one, int other) {
        return (one >>> 16) % 0xffff == (other >>> 16) % 0xffff && (one & 0xffff) % 0xffff == (other & 0xffff) % 0xffff;
    }
}
