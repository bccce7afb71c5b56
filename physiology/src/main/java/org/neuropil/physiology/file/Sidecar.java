package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;
import org.neuropil.volume.array.Fields;

/// What a small JSON file says of files that do not tell it themselves. All of its fields can be left out.
///
/// @param name of the session
/// @param subject the animal's id
/// @param traces the variable that has the traces
/// @param times the variable that has the times
/// @param kind what the traces are: `raw`, `dff` and so on
/// @param percent whether dF/F is in percent
/// @param roisFirst whether traces have ROIs along their first dimension
/// @param stimuli a CSV file beside it
/// @param units of signals, by name
/// @param degrees of a square of templates, by stimulus
/// @param fields all of them
record Sidecar(Optional<String> name, String subject, Optional<String> traces, Optional<String> times,
        Optional<TraceKind> kind, boolean percent, boolean roisFirst, Optional<String> stimuli,
        Map<String, String> units, Map<String, Double> degrees, Fields fields) {
    private static final long MOST_BYTES = 1 << 24;

    /// That of a file: of its name, with the ending `.json`.
    static Sidecar beside(Path file) throws IOException {
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return read(file.resolveSibling(name + ".json"));
    }

    /// A file's; one without fields if there is none.
    ///
    /// @throws InputException if it is no JSON, or a field is something else than it should
    static Sidecar read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return of(new Fields(file.toString(), "", Fields.MAPPER.createObjectNode()));
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException("has " + Files.size(file) + " bytes, too many to describe a session",
                    file.toString(), "");
        }
        return of(Fields.parse(Files.readAllBytes(file), file.toString()));
    }

    private static Sidecar of(Fields fields) {
        Map<String, String> units = new HashMap<>();
        Fields given = fields.optionalObject("units");
        given.node().propertyNames().forEach(name -> units.put(name, given.string(name)));
        Map<String, Double> degrees = new HashMap<>();
        Fields squares = fields.optionalObject("degrees");
        squares.node().propertyNames()
                .forEach(name -> degrees.put(name, squares.number(name, squares.required(name))));
        return new Sidecar(fields.optionalString("name"), fields.optionalString("subject").orElse(""),
                fields.optionalString("traces"), fields.optionalString("times"),
                fields.optionalString("kind").map(word -> kind(fields, word)), fields.flag("percent"),
                fields.flag("rois_first"), fields.optionalString("stimuli"), units, degrees, fields);
    }

    private static TraceKind kind(Fields fields, String word) {
        for (TraceKind kind : TraceKind.values()) {
            if (kind.word().equals(word.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw fields.wrong("kind", "raw, neuropil, demixed, corrected, dff or events is expected", "");
    }

    /// A number that the file may have; NaN if it does not.
    double number(String field) {
        return fields.has(field) ? fields.number(field, fields.required(field)) : Double.NaN;
    }
}
