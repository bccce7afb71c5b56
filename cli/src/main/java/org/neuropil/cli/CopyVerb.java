package org.neuropil.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.neuropil.volume.format.OpenOptions;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.format.Volumes;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// A verb that makes a volume from another.
abstract class CopyVerb extends Verb {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "The volume to read.")
    @SuppressWarnings("NullAway.Init") // required
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "Where the new one is to be.")
    @SuppressWarnings("NullAway.Init") // required
    private String target;

    @Mixin
    private VolumeOptions volume = new VolumeOptions();

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Override
    final Path folder() {
        return VolumeOptions.local(target);
    }

    final String sourceText() {
        return source;
    }

    final VolumeUri source() throws IOException {
        return VolumeOptions.existing(source, "SOURCE");
    }

    final VolumeUri target() {
        return Volumes.target(VolumeUri.parse(target, "TARGET"));
    }

    final OpenOptions open() {
        return volume.open();
    }

    final LayoutOptions layout() {
        return layout;
    }
}
