package org.neuropil.volume.array;

import java.util.List;

import org.neuropil.volume.DataType;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.codec.Blosc;
import org.neuropil.volume.codec.ByteCodec;
import org.neuropil.volume.codec.Gzip;
import org.neuropil.volume.codec.Gzipped;
import org.neuropil.volume.codec.Zstd;

/// How the chunks of a new array are compressed.
public enum Compression {
    /// Not at all.
    NONE(0, 0, 0),
    /// Gzip; every reader has it.
    GZIP(Gzip.LEVEL, Gzip.LEVEL, Gzip.LEVEL),
    /// Zstandard: smallest for labels, and fast.
    ZSTD(-7, 1, 22),
    /// Blosc with LZ4: fastest. Bytes of images of more than 8 bits are shuffled; those of labels are not, for it makes
    /// them larger.
    BLOSC(0, 5, 9);

    private final int least;
    private final int usual;
    private final int most;

    Compression(int least, int usual, int most) {
        this.least = least;
        this.usual = usual;
        this.most = most;
    }

    /// The level that is used where none is given.
    public int usualLevel() {
        return usual;
    }

    /// The steps for an array.
    ///
    /// @param level the higher, the smaller and slower
    /// @throws IllegalArgumentException if there is no such level
    public List<ByteCodec> codecs(int level, DataType type, Kind kind) {
        if (level < least || level > most) {
            throw new IllegalArgumentException(
                    "level " + level + " of " + name().toLowerCase(java.util.Locale.ROOT) + ", which has " + least
                            + " to " + most);
        }
        return switch (this) {
            case NONE -> List.of();
            case GZIP -> List.of(new Gzipped(level));
            case ZSTD -> List.of(new Zstd(level, false));
            case BLOSC -> List.of(new Blosc(Blosc.Inner.LZ4, level,
                    kind == Kind.IMAGE && type.bytes() > 1 ? Blosc.Shuffle.BYTES : Blosc.Shuffle.NONE, type.bytes(),
                    0));
        };
    }
}
