package org.neuropil.tables.version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.FileStore;

/// The Parquet files of a version that were deleted since they can be made again, in its file `dropped.json`: their digests
/// tell whether what is made again is the same.
///
/// @param sha256 by path within the version's folder
record DroppedFiles(Map<String, String> sha256) {
    private static final String FILE = "dropped.json";
    private static final String ENDING = ".parquet";

    /// Whether the files of a version's folder were deleted.
    static boolean are(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /// Deletes the files of a version's folder.
    ///
    /// @param again folder with the same files, made again
    /// @return how many bytes they had
    /// @throws InputException if one is not the same
    static long delete(Path folder, Path again) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        List<Path> files = parquet(folder);
        for (Path file : files) {
            Path other = again.resolve(folder.relativize(file).toString());
            if (!Files.exists(other) || Files.mismatch(file, other) >= 0) {
                throw new InputException("does not come out the same when it is made again", file.toString(),
                        "rows of it are nowhere else, or another release of Neuropil wrote it: keep it");
            }
            digests.put(folder.relativize(file).toString(), digest(file));
        }
        FileStore.replace(folder.resolve(FILE), Json.bytes(new DroppedFiles(digests)), true);
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
            Files.delete(file);
        }
        return bytes;
    }

    /// Puts files into a version's folder that were deleted from it.
    ///
    /// @param again folder with the same files, made again
    /// @throws InputException if one is not the same
    static void restore(Path folder, Path again) throws IOException {
        Map<String, String> digests = Json.read(folder.resolve(FILE), DroppedFiles.class).sha256();
        for (Map.Entry<String, String> one : digests.entrySet()) {
            Path made = again.resolve(one.getKey());
            if (!Files.exists(made) || !digest(made).equals(one.getValue())) {
                throw new InputException("does not come out as it was", folder.resolve(one.getKey()).toString(),
                        "take the release of Neuropil that made the version");
            }
        }
        for (String path : digests.keySet()) {
            Files.move(again.resolve(path), folder.resolve(path), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        FileStore.sync(folder);
        Files.delete(folder.resolve(FILE));
    }

    private static List<Path> parquet(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ENDING)).sorted().toList();
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[1 << 16];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.update(piece, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
