package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Files that `make_nwb.py` has made.
public final class Fixtures {
    private Fixtures() {}

    /// Unpacks one into a folder.
    ///
    /// @param name `v1dd.nwb`, `v1dd.nwb.zarr` or `sub-17797_ses-4-scan-7.nwb`
    public static Path unpack(String name, Path folder) throws IOException {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name + ".zip"));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, zip.readAllBytes());
            }
        }
        return folder.resolve(name);
    }
}
