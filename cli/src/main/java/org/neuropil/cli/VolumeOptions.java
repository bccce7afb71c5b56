package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.Box;
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
        return new OpenOptions(Optional.ofNullable(voxelSize), Optional.ofNullable(kind), number(channel),
                number(time));
    }

    private static OptionalInt number(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// An address as it is given on the command line: a URI, a path, or `DATASET/PART` as any folder.
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

    /// A box as it is given on the command line.
    static Optional<Box> box(@Nullable String text) {
        return text == null ? Optional.empty() : Optional.of(Box.parse(text, "--box"));
    }
}
