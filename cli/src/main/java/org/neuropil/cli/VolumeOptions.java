package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.format.Format;
import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;

import picocli.CommandLine.Option;

/// What verbs on volumes understand: what a volume's files may not say, and which part of it is meant.
final class VolumeOptions {
    @Option(names = "--voxel-size", paramLabel = "SIZE", description = "Of the finest mip, for example 10x10x40nm; in place of what the files say.")
    private @Nullable VoxelSize voxelSize;

    @Option(names = "--kind", paramLabel = "KIND", description = "image or segmentation; in place of what the files say.")
    private VolumeInfo.@Nullable Kind kind;

    @Option(names = "--channel", paramLabel = "N", description = "Which of several channels, from 0 on.")
    private @Nullable Integer channel;

    @Option(names = "--time", paramLabel = "N", description = "Which of several points of time, from 0 on.")
    private @Nullable Integer time;

    OpenOptions open() {
        return open(voxelSize, kind, channel, time);
    }

    private static OptionalInt number(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// The same with another voxel size or kind, where these are given elsewhere.
    static OpenOptions open(@Nullable VoxelSize voxelSize, VolumeInfo.@Nullable Kind kind, @Nullable Integer channel,
            @Nullable Integer time) {
        return new OpenOptions(Optional.ofNullable(voxelSize), Optional.ofNullable(kind), number(channel),
                number(time));
    }

    /// Where something is written; the current folder if that is not on this machine. For messages about the disk.
    static Path local(String text) {
        try {
            VolumeUri uri = VolumeUri.parse(text, "");
            return uri.isLocal() ? uri.path() : Path.of(".");
        } catch (InputException | InvalidPathException e) {
            return Path.of(".");
        }
    }

    /// An address as it is given on the command line: a URI, a path, or the name of a part of the dataset that is the
    /// current folder.
    ///
    /// @param field for errors
    static VolumeUri uri(String text, String field) throws IOException {
        VolumeUri uri = VolumeUri.parse(text, field);
        if (uri.isLocal() && uri.format().isEmpty() && !Files.exists(uri.path())) {
            Path here = Path.of("");
            if (Files.exists(here.resolve(Dataset.FILE))) {
                try (Dataset dataset = Dataset.open(here)) {
                    if (dataset.parts().containsKey(text)) {
                        return new VolumeUri(Optional.of(Format.PRECOMPUTED), dataset.path(text).toString(), "");
                    }
                }
            }
        }
        return uri;
    }

    /// As [#uri], of a volume that must be there.
    ///
    /// @throws InputException if nothing is there, or a dataset, which holds several
    static VolumeUri existing(String text, String field) throws IOException {
        VolumeUri uri = uri(text, field);
        if (!uri.isLocal()) {
            return uri;
        }
        Path path = uri.path();
        if (!Files.exists(path)) {
            throw new InputException("does not exist", text, "give a volume's folder, file or address as " + field);
        }
        if (uri.format().isEmpty() && Files.exists(path.resolve(Dataset.FILE))) {
            try (Dataset dataset = Dataset.open(path)) {
                String volumes = dataset.parts().entrySet().stream()
                        .filter(part -> part.getValue().kind() == Dataset.Kind.IMAGE
                                || part.getValue().kind() == Dataset.Kind.SEGMENTATION)
                        .map(part -> Path.of(text).resolve(part.getValue().path()).toString())
                        .collect(Collectors.joining(", "));
                throw new InputException("is a dataset and no volume", text,
                        volumes.isEmpty() ? "it holds none yet" : "name one of its volumes: " + volumes);
            }
        }
        return uri;
    }
}
