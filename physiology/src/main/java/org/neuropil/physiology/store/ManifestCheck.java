package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
            @Nullable Map<String, @Nullable String> properties, @Nullable List<@Nullable String> notes,
            @Nullable String keys, int planes,
            int rois, @Nullable List<SessionManifest.Measured> signals,
            @Nullable Map<String, List<SessionManifest.Part>> traces, @Nullable List<SessionManifest.Part> masks) {}

    /// @throws InputException if it does not tell all that it must
    static SessionManifest read(Path file) throws IOException {
        Raw raw = Json.read(file, Raw.class);
        if (raw.format() != SessionManifest.FORMAT) {
            throw new InputException("format " + raw.format() + " is not known to this version",
                    file + ", field format", "use a newer Neuropil");
        }
        there(file, "signals", raw.signals()).forEach(signal -> {
            SessionManifest.Measured told = there(file, "signals", signal);
            there(file, "signals.name", told.name());
            there(file, "signals.unit", told.unit());
        });
        List<String> notes = new ArrayList<>();
        there(file, "notes", raw.notes()).forEach(note -> notes.add(there(file, "notes", note)));
        Map<String, String> properties = new LinkedHashMap<>();
        there(file, "properties", raw.properties())
                .forEach((name, value) -> properties.put(name, there(file, "properties." + name, value)));
        there(file, "masks", raw.masks()).forEach(part -> check(file, "masks", part));
        there(file, "traces", raw.traces()).forEach((kind, parts) -> there(file, "traces." + kind, parts)
                .forEach(part -> check(file, "traces." + kind, part)));
        return new SessionManifest(raw.format(), there(file, "name", raw.name()),
                there(file, "subject", raw.subject()), there(file, "layout", raw.layout()),
                properties, notes,
                there(file, "keys", raw.keys()), raw.planes(), raw.rois(), there(file, "signals", raw.signals()),
                there(file, "traces", raw.traces()), there(file, "masks", raw.masks()));
    }

    private static <T> T there(Path file, String field, @Nullable T value) {
        if (value == null) {
            throw new InputException("is missing", file + ", field " + field, "import the session again");
        }
        return value;
    }

    private static void check(Path file, String field, SessionManifest.@Nullable Part part) {
        String name = part == null ? null : part.file();
        if (part == null || name == null || part.first() < 0 || part.count() < 0 || !isWithin(file, name)) {
            throw new InputException("'" + name + "' is no file of the session", file + ", field " + field,
                    "import the session again");
        }
    }

    private static boolean isWithin(Path file, String name) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        try {
            return folder.resolve(name).normalize().startsWith(folder);
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
