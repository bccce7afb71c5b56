package org.neuropil.volume.array;

import org.neuropil.volume.DataType;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.codec.Blosc.Inner;
import org.neuropil.volume.codec.Blosc.Shuffle;

/// Blosc as metadata write it.
public final class BloscFields {
    private BloscFields() {}

    /// As version 2 and N5 write it, with the shuffle's number; -1 leaves the choice to the type.
    public static Blosc numbered(Fields codec, DataType type) {
        int number = codec.integer("shuffle", -1, 2, 1);
        Shuffle shuffle = number < 0
                ? type.bytes() == 1 ? Shuffle.BITS : Shuffle.BYTES
                : Shuffle.values()[number];
        return blosc(codec, shuffle, type.bytes());
    }

    /// As version 3 writes it, with the shuffle's name.
    public static Blosc named(Fields codec) {
        Shuffle shuffle = Shuffle.NONE;
        String name = codec.choice("shuffle", Shuffle.NONE.text(), Shuffle.BYTES.text(), Shuffle.BITS.text());
        for (Shuffle one : Shuffle.values()) {
            shuffle = one.text().equals(name) ? one : shuffle;
        }
        // A type size is not needed, and may be left out, where nothing is shuffled.
        int size = shuffle == Shuffle.NONE ? codec.integer("typesize", 1, 255, 1) : codec.integer("typesize", 1, 255);
        return blosc(codec, shuffle, size);
    }

    private static Blosc blosc(Fields codec, Shuffle shuffle, int size) {
        String name = codec.string("cname");
        for (Inner inner : Inner.values()) {
            if (inner.text().equals(name)) {
                return new Blosc(inner, codec.integer("clevel", 0, 9), shuffle, size,
                        codec.integer("blocksize", 0, Integer.MAX_VALUE, 0));
            }
        }
        throw codec.wrong("cname", "this compressor is not supported", "blosclz, lz4, lz4hc, zlib and zstd are");
    }
}
