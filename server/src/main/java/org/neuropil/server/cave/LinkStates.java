package org.neuropil.server.cave;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Pattern;

import org.neuropil.volume.store.FileStore;

/// Documents behind short links: states of the viewer, and properties of segments. Each is a file in a folder of the
/// dataset. The number of a new one is made of its bytes, so that the same state posted twice has one link.
final class LinkStates {
    /// Folder in the dataset.
    static final String FOLDER = "links";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");

    private final Path folder;

    /// @param dataset its folder
    LinkStates(Path dataset) {
        folder = dataset.resolve(FOLDER);
    }

    /// Keeps a document.
    ///
    /// @param kind `state` or `property`
    /// @return its number
    String add(String kind, byte[] json) throws IOException {
        String number = Long.toString(Math.max(1, ByteBuffer.wrap(sha256(json)).getLong() & Long.MAX_VALUE));
        put(kind, number, json);
        return number;
    }

    /// Keeps a document under a number that is its own, or another's before.
    void put(String kind, String number, byte[] json) throws IOException {
        Files.createDirectories(folder);
        FileStore.replace(file(kind, number), json, true);
    }

    /// A document; empty if there is none of that number.
    Optional<byte[]> find(String kind, String number) throws IOException {
        if (!isNumber(number) || !Files.exists(file(kind, number))) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file(kind, number)));
    }

    /// Whether a text can be a document's number.
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    private Path file(String kind, String number) {
        return folder.resolve(kind + "-" + number + ".json");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
