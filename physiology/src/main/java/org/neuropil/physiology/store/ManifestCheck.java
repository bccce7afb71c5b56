package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.neuropil.pipeline.Json;
import org.neuropil.space.InputException;

/// Reads `session.json`, which people may have changed.
final class ManifestCheck {
    private ManifestCheck() {}

    /// The file as it may be.
    private record Raw(int format, @Nullable String name, @Nullable String subject, @Nullable String layout,
            @Nullable Map<String, String> properties, @Nullable List<String> notes, @Nullable String keys, int planes,
            int rois, @Nullable List<SessionManifest.Measured> signals,
            @Nullable Map<String, List<SessionManifest.Part>> traces, @Nullable List<SessionManifest.Part> masks) {}

    /// @throws InputException if it does not tell all that it must
    static SessionManifest read(Path file) throws IOException {
        Raw raw = Json.read(file, Raw.class);
        if (raw.format() != SessionManifest.FORMAT) {
            throw new InputException("format " + raw.format() + " is not known to this version",
                    file + ", field format", "use a newer Neuropil");
        }
        SessionManifest manifest = new SessionManifest(raw.format(), there(file, "name", raw.name()),
                there(file, "subject", raw.subject()), there(file, "layout", raw.layout()),
                there(file, "properties", raw.properties()), there(file, "notes", raw.notes()),
                there(file, "keys", raw.keys()), raw.planes(), raw.rois(), there(file, "signals", raw.signals()),
                there(file, "traces", raw.traces()), there(file, "masks", raw.masks()));
        manifest.masks().forEach(part -> check(file, "masks", part));
        manifest.traces().forEach((kind, parts) -> there(file, "traces." + kind, parts)
                .forEach(part -> check(file, "traces." + kind, part)));
        return manifest;
    }

    private static <T> T there(Path file, String field, @Nullable T value) {
        if (value == null) {
            throw new InputException("is missing", file + ", field " + field, "import the session again");
        }
        return value;
    }

    private static void check(Path file, String field, SessionManifest.@Nullable Part part) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        String name = part == null ? null : part.file();
        if (part == null || name == null || part.first() < 0 || part.count() < 0
                || !folder.resolve(name).normalize().startsWith(folder)) {
            throw new InputException("'" + name + "' is no file of the session", file + ", field " + field,
                    "import the session again");
        }
    }
}
