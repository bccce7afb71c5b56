package org.neuropil.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// What a part's files say of it beyond what [org.neuropil.volume.precomputed.PrecomputedInfo] reads.
///
/// @param bytes of all files
/// @param meshes number of segments that have a mesh; 0 for a part of another kind
/// @param type `@type` of the info file; empty if there is none
public record PartFiles(long bytes, long meshes, String type) {
    /// `@type` of single-resolution meshes.
    public static final String LEGACY_MESH = "neuroglancer_legacy_mesh";

    private static final Pattern MESH = Pattern.compile("\\d{1,20}(\\.index|:0)(\\.gz)?");

    /// Looks at all files of a folder.
    ///
    /// @throws IOException if the folder or its info file cannot be read
    public static PartFiles of(Path folder) throws IOException {
        LongAdder bytes = new LongAdder();
        LongAdder meshes = new LongAdder();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.add(attributes.size());
                    if (MESH.matcher(file.getFileName().toString()).matches()) {
                        meshes.increment();
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new PartFiles(bytes.sum(), meshes.sum(), type(folder).orElse(""));
    }

    /// `@type` of a folder's info file.
    public static Optional<String> type(Path folder) throws IOException {
        try {
            JsonNode type = Json.read(folder.resolve("info"), JsonNode.class).path("@type");
            return type.isString() ? Optional.of(type.stringValue()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
