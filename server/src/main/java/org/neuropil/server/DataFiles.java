package org.neuropil.server;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;

/// The files of a dataset's parts. Nothing else of the dataset's folder: no unfinished work, no hidden files, nothing
/// that a link leads to outside a part.
///
/// Chunks may lie gzipped under their name with `.gz`, as CloudVolume leaves them too; they are served under the plain
/// name, and to those who take gzip without unpacking.
final class DataFiles {
    private static final Pattern LEGACY_MANIFEST = Pattern.compile("\\d{1,20}:\\d{1,9}");
    private static final String PACKED = ".gz";

    private final LiveDataset dataset;

    DataFiles(LiveDataset dataset) {
        this.dataset = dataset;
    }

    /// Answers `/data/{part}/{file...}`.
    Answer answer(Call call) throws IOException {
        String part = call.variable("part");
        String name = call.variable("file");
        LiveDataset.Folder folder = dataset.now().folder(part).orElseThrow(() -> Problem
                .notFound("there is no part '" + part + "'", "/data/" + part, "/api/v1/dataset lists the parts"));
        Optional<Answer.Resource> found = call.folder() ? Optional.empty() : file(folder, name);
        // Not a fault: chunks where there is nothing are left out.
        return found.orElseThrow(
                () -> Problem.notFound("there is no such file", "/data/" + part + "/" + name, ""));
    }

    /// A file of a part's folder; empty if there is none.
    ///
    /// @param name path in the folder
    static Optional<Answer.Resource> file(LiveDataset.Folder folder, String name) throws IOException {
        if (isHidden(name)) {
            return Optional.empty();
        }
        Optional<Found> packed = find(folder, name + PACKED);
        Optional<Found> found = packed.isPresent() ? packed : find(folder, name);
        return found.map(f -> resource(f, name, packed.isPresent(), folder.compressible()));
    }

    private record Found(Path path, BasicFileAttributes attributes) {}

    private static Answer.Resource resource(Found found, String name, boolean packed, boolean compressible) {
        Body body = new Body.Stored(found.path(), found.attributes().size());
        String type = type(name);
        String etag = LiveDataset.stamp(found.attributes());
        boolean shrinks = type.equals(MediaTypes.JSON) || compressible && type.equals(MediaTypes.BYTES);
        return packed
                ? new Answer.Resource(type, etag, Answer.REVALIDATE, null, body, false)
                : new Answer.Resource(type, etag, Answer.REVALIDATE, body, null, shrinks);
    }

    /// A dataset may come from anybody: none of its files may run as a page of this server.
    private static String type(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (last.equals("info") || last.endsWith(".json") || LEGACY_MANIFEST.matcher(last).matches()) {
            return MediaTypes.JSON;
        }
        return last.endsWith(".png") ? MediaTypes.PNG : MediaTypes.BYTES;
    }

    private static boolean isHidden(String name) {
        return name.isEmpty() || name.startsWith(".") || name.contains("/.");
    }

    private static Optional<Found> find(LiveDataset.Folder folder, String name) throws IOException {
        try {
            Path path = folder.real().resolve(name);
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            Path real = path.toRealPath();
            return attributes.isRegularFile() && real.startsWith(folder.real())
                    ? Optional.of(new Found(real, attributes))
                    : Optional.empty();
        } catch (FileSystemException e) {
            if (e instanceof java.nio.file.AccessDeniedException) {
                throw e;
            }
            // No such file, a file where a folder would be, a name too long for the disk, links in a circle.
            return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
