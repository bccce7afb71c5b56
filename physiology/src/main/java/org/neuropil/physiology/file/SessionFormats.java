package org.neuropil.physiology.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import org.neuropil.physiology.nwb.MissingChunks;
import org.neuropil.physiology.nwb.NwbSession;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.ParquetSession;

/// All ways in which sessions are stored.
public final class SessionFormats {
    /// The first that claims a path is asked.
    public static final List<SessionFormat> ALL = all(MissingChunks.REFUSE);

    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private SessionFormats() {}

    private static List<SessionFormat> all(MissingChunks gaps) {
        return List.of(new Parquet(), new Nwb(gaps), new Matlab(), new Plain());
    }

    /// The way in which a file or folder is stored; empty if nobody claims it.
    public static Optional<SessionFormat> of(Path path) throws IOException {
        return of(path, MissingChunks.REFUSE);
    }

    /// The way in which a file or folder is stored; empty if nobody claims it.
    ///
    /// @param gaps what chunks of traces stand for that a folder of Zarr does not have
    public static Optional<SessionFormat> of(Path path, MissingChunks gaps) throws IOException {
        for (SessionFormat format : all(gaps)) {
            if (format.claims(path)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static String ending(Path path) {
        Path name = path.getFileName();
        String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /// Neuropil's own folders of Parquet.
    private static final class Parquet implements SessionFormat {
        @Override
        public String name() {
            return "Parquet";
        }

        @Override
        public boolean claims(Path path) {
            return ParquetSession.isSession(path) || ParquetSession.isDamaged(path);
        }

        @Override
        public Session open(Path path, boolean centroids) throws IOException {
            return ParquetSession.open(path);
        }
    }

    /// Files of NWB, in HDF5 or Zarr.
    ///
    /// @param gaps what missing chunks of traces stand for
    private record Nwb(MissingChunks gaps) implements SessionFormat {
        private static final List<String> OF_ZARR = List.of(".zgroup", ".zattrs", ".zmetadata", ".zarray", "zarr.json");

        @Override
        public String name() {
            return "NWB";
        }

        @Override
        public boolean claims(Path path) throws IOException {
            if (Files.isDirectory(path)) {
                return ending(path).equals("zarr")
                        || OF_ZARR.stream().anyMatch(name -> Files.exists(path.resolve(name)));
            }
            return ending(path).equals("nwb") || Files.isReadable(path) && isHdf5(path);
        }

        private static boolean isHdf5(Path path) throws IOException {
            if (ending(path).equals("mat")) {
                return false; // MATLAB's version 7.3, which that reader tells of
            }
            try (InputStream in = Files.newInputStream(path)) {
                return Arrays.equals(in.readNBytes(HDF5.length), HDF5);
            }
        }

        @Override
        public Session open(Path path, boolean centroids) throws IOException {
            return NwbSession.open(path, centroids, gaps);
        }
    }

    /// MATLAB's files.
    private static final class Matlab implements SessionFormat {
        @Override
        public String name() {
            return "MATLAB";
        }

        @Override
        public boolean claims(Path path) {
            return Files.isRegularFile(path) && ending(path).equals("mat");
        }

        @Override
        public Session open(Path path, boolean centroids) throws IOException {
            return MatSession.open(path);
        }
    }

    /// Folders of arrays of NumPy and of CSV files.
    private static final class Plain implements SessionFormat {
        @Override
        public String name() {
            return "NPY and CSV";
        }

        @Override
        public boolean claims(Path path) throws IOException {
            if (!Files.isDirectory(path)) {
                return false;
            }
            if (PlainPlane.hasTraces(path)) {
                return true;
            }
            try (Stream<Path> inside = Files.list(path)) {
                for (Path one : (Iterable<Path>) inside::iterator) {
                    if (PlainSession.planeNumber(one).isPresent() && PlainPlane.hasTraces(one)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public Session open(Path path, boolean centroids) throws IOException {
            return PlainSession.open(path);
        }
    }
}
