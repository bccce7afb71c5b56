package org.neuropil.graph.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Recipe;
import org.neuropil.space.InputException;

/// Files as inputs of a recipe.
final class Digests {
    private Digests() {}

    /// A file, known by its bytes.
    ///
    /// @throws InputException if there is no such file
    static Recipe.Input file(String name, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no such file", file.toString(), "");
        }
        return new Recipe.Input(name, file.toAbsolutePath().normalize().toString(), sha256(file));
    }

    /// A folder, known by the names and bytes of its files.
    ///
    /// @throws InputException if there is no such folder
    static Recipe.Input folder(String name, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException("there is no such folder", folder.toString(), "");
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                all.append(sha256(file)).append(' ').append(file.getFileName()).append('\n');
            }
        }
        return new Recipe.Input(name, folder.toAbsolutePath().normalize().toString(),
                Json.sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
