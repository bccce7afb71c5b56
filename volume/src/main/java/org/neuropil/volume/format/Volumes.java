package org.neuropil.volume.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.array.Compression;
import org.neuropil.volume.array.Reading;
import org.neuropil.volume.hdf5.Hdf5Volume;
import org.neuropil.volume.n5.N5Options;
import org.neuropil.volume.n5.N5Volume;
import org.neuropil.volume.npy.NpyVolume;
import org.neuropil.volume.nrrd.NrrdVolume;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.Encoding;
import org.neuropil.volume.precomputed.PrecomputedInfo;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.stack.SectionStack;
import org.neuropil.volume.stack.StackVolume;
import org.neuropil.volume.store.Store;
import org.neuropil.volume.store.Stores;
import org.neuropil.volume.zarr.ZarrOptions;
import org.neuropil.volume.zarr.ZarrVolume;

/// Opens and begins volumes by their addresses.
public final class Volumes {
    private Volumes() {}

    /// Opens a volume.
    ///
    /// @throws InputException if there is none, it is not supported, or something must be said of it; names address and
    ///         field
    public static Volume open(VolumeUri uri, OpenOptions options) throws IOException {
        Format format = format(uri);
        if (format == Format.STACK) {
            return StackVolume.open(local(uri, format), reading(options));
        }
        if (format == Format.HDF5) {
            return Hdf5Volume.open(local(uri, format), uri.inner(), reading(options));
        }
        if (format == Format.NPY) {
            return NpyVolume.open(local(uri, format), reading(options));
        }
        if (format == Format.NRRD) {
            return NrrdVolume.open(local(uri, format), reading(options));
        }
        Store store = store(uri);
        return switch (format) {
            case PRECOMPUTED -> Redescribed.of(options.channel().isPresent()
                    ? PrecomputedVolume.open(store, options.channel().getAsInt())
                    : PrecomputedVolume.open(store), options);
            case ZARR2, ZARR3 -> ZarrVolume.open(store, reading(options));
            case N5 -> N5Volume.open(store, reading(options));
            default -> throw new InputException("cannot be opened", uri.toString(), "");
        };
    }

    /// Begins a volume, or opens the same one that was begun earlier.
    ///
    /// @throws InputException if another volume is there, or the format cannot hold it
    public static Volume create(VolumeUri uri, VolumeInfo info, WriteOptions options) throws IOException {
        try {
            return switch (format(uri)) {
                case PRECOMPUTED -> PrecomputedVolume.create(store(uri), info, precomputed(info, options));
                case ZARR2 -> ZarrVolume.create(store(uri), info, zarr(ZarrOptions.V2, options));
                case ZARR3 -> ZarrVolume.create(store(uri), info, zarr(ZarrOptions.V3, options));
                case N5 ->
                    N5Volume.create(store(uri), info, new N5Options(array(options, N5Options.USUAL.compression())));
                default -> throw new InputException("volumes of this format can only be read", uri.toString(),
                        "write precomputed://, zarr:// or n5://");
            };
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()), uri.toString(), "", e);
        }
    }

    /// The address of a volume to be made, with its format: the one it names, the one its ending tells, or precomputed.
    ///
    /// @throws InputException if volumes of that format can only be read
    public static VolumeUri target(VolumeUri uri) {
        Format format = uri.format().or(uri::byEnding).orElse(Format.PRECOMPUTED);
        if (!format.isWritable()) {
            throw new InputException("volumes of format " + format.text() + " can only be read", uri.toString(),
                    "write precomputed://, zarr2://, zarr3:// or n5://");
        }
        return new VolumeUri(Optional.of(format), uri.location(), uri.inner());
    }

    /// True if there is a volume, or what may have been one.
    public static boolean exists(VolumeUri uri) throws IOException {
        return findFormat(uri).isPresent();
    }

    /// The store at an address.
    public static Store store(VolumeUri uri) {
        return Stores.open(uri.location());
    }

    /// The format of the volume at an address: the one it names, or what its files and its name tell.
    ///
    /// @throws InputException if neither tells
    public static Format format(VolumeUri uri) throws IOException {
        if (uri.format().isPresent()) {
            return uri.format().get();
        }
        Optional<Format> found = findFormat(uri);
        if (found.isEmpty()) {
            found = uri.byEnding();
        }
        return found.orElseThrow(() -> new InputException("there is no volume here, or none of a known format",
                uri.toString(), "say which format it has: precomputed://…, zarr://…, n5://…"));
    }

    private static Path local(VolumeUri uri, Format format) {
        if (!uri.isLocal()) {
            throw new InputException("volumes of format " + format.text() + " are read from local files only",
                    uri.toString(), "copy it here first");
        }
        return uri.path();
    }

    private static Optional<Format> findFormat(VolumeUri uri) throws IOException {
        if (uri.isLocal() && Files.isRegularFile(uri.path())) {
            return uri.byEnding();
        }
        Store store = store(uri);
        if (store.get(PrecomputedInfo.KEY).isPresent()) {
            return Optional.of(Format.PRECOMPUTED);
        }
        if (ZarrVolume.exists(store)) {
            return Optional.of(Format.ZARR3);
        }
        if (N5Volume.exists(store)) {
            return Optional.of(Format.N5);
        }
        return uri.isLocal() && SectionStack.isStack(uri.path()) ? Optional.of(Format.STACK) : Optional.empty();
    }

    private static Reading reading(OpenOptions options) {
        return new Reading(options.voxelSize(), options.kind(), options.channel(), options.time());
    }

    private static ZarrOptions zarr(ZarrOptions usual, WriteOptions options) {
        return usual.with(array(options, usual.compression()));
    }

    private static Compression array(WriteOptions options, Compression usual) {
        options.encoding().filter(text -> !text.equals("raw")).ifPresent(text -> {
            throw new InputException("'" + text + "' is an encoding of precomputed chunks", "encoding",
                    "leave it out; choose a compression");
        });
        return options.compression().map(text -> choice(Compression.values(), Volumes::lower, text, "compression"))
                .orElse(usual);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static PrecomputedOptions precomputed(VolumeInfo info, WriteOptions options) {
        boolean ids = info.kind() == VolumeInfo.Kind.SEGMENTATION
                && List.of(DataType.UINT32, DataType.UINT64).contains(info.type());
        Encoding[] written = Stream.of(Encoding.values()).filter(Encoding::isWritten).toArray(Encoding[]::new);
        Encoding encoding = options.encoding().map(text -> choice(written, Encoding::text, text, "encoding"))
                .orElse(ids ? Encoding.COMPRESSED_SEGMENTATION : Encoding.RAW);
        ChunkCompression compression = options.compression()
                .map(text -> choice(ChunkCompression.values(), Volumes::lower, text, "compression"))
                .orElse(ChunkCompression.NONE);
        return new PrecomputedOptions(encoding, compression);
    }

    private static <T> T choice(T[] values, Function<? super T, String> text, String given, String field) {
        for (T value : values) {
            if (text.apply(value).equals(given)) {
                return value;
            }
        }
        throw new InputException("'" + given + "' is not known", field,
                "use one of " + String.join(", ", List.of(values).stream().map(text).toList()));
    }
}
