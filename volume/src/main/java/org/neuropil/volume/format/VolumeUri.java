package org.neuropil.volume.format;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;

/// The address of a volume as the field writes it: `precomputed://gs://bucket/folder`, `zarr://s3://bucket/x.zarr`,
/// `n5://folder`, `file.h5:/volumes/raw`, Neuroglancer's newer `gs://bucket/folder/|neuroglancer-precomputed:`, or a
/// plain path or URL, whose format is found by looking. [org.neuropil.volume.store.Stores] says what may follow a `?`.
///
/// @param format what is said of the format; empty to look. [Format#ZARR3] for `zarr://`, which reads either version
/// @param location where it lies: a path or URL without a slash at the end
/// @param inner the dataset in an HDF5 file; empty elsewhere
public record VolumeUri(Optional<Format> format, String location, String inner) {
    private static final Map<String, Format> SCHEMES = Map.of("precomputed", Format.PRECOMPUTED, "zarr", Format.ZARR3,
            "zarr2", Format.ZARR2, "zarr3", Format.ZARR3, "n5", Format.N5, "hdf5", Format.HDF5, "nrrd", Format.NRRD,
            "stack", Format.STACK, "npy", Format.NPY);
    private static final Map<String, Format> ADAPTERS = Map.of("neuroglancer-precomputed", Format.PRECOMPUTED, "zarr",
            Format.ZARR3, "zarr2", Format.ZARR2, "zarr3", Format.ZARR3, "n5", Format.N5, "hdf5", Format.HDF5);
    private static final Map<String, Format> ENDINGS = Map.of(".h5", Format.HDF5, ".hdf", Format.HDF5, ".hdf5",
            Format.HDF5, ".nrrd", Format.NRRD, ".nhdr", Format.NRRD, ".zarr", Format.ZARR3, ".n5", Format.N5, ".tif",
            Format.STACK, ".tiff", Format.STACK, ".npy", Format.NPY);

    /// Reads an address.
    ///
    /// @param field name of the option or argument, for errors
    /// @throws InputException if it is empty or names an unknown format
    public static VolumeUri parse(String text, String field) {
        String rest = text.strip();
        Optional<Format> format = Optional.empty();
        String inner = "";
        int pipe = rest.indexOf('|');
        if (pipe >= 0) {
            String adapter = rest.substring(pipe + 1);
            int colon = adapter.indexOf(':');
            String name = colon < 0 ? adapter : adapter.substring(0, colon);
            Format known = ADAPTERS.get(name);
            if (known == null) {
                throw new InputException("'" + name + "' in '" + text + "' is not a known format", field,
                        "known are " + String.join(", ", ADAPTERS.keySet().stream().sorted().toList()));
            }
            format = Optional.of(known);
            inner = colon < 0 ? "" : strip(adapter.substring(colon + 1));
            rest = rest.substring(0, pipe);
            if (known != Format.HDF5 && !inner.isEmpty()) {
                int query = query(rest);
                rest = trim(rest.substring(0, query)) + "/" + inner + rest.substring(query);
                inner = "";
            }
        }
        int scheme = rest.indexOf("://");
        Format named = scheme > 0 ? SCHEMES.get(rest.substring(0, scheme)) : null;
        if (format.isEmpty() && named != null) {
            format = Optional.of(named);
            rest = rest.substring(scheme + 3);
        }
        String lower = rest.toLowerCase(Locale.ROOT);
        for (String ending : new String[]{".h5:", ".hdf:", ".hdf5:"}) {
            int at = lower.indexOf(ending);
            if (at > 0 && inner.isEmpty()) {
                inner = strip(rest.substring(at + ending.length()));
                rest = rest.substring(0, at + ending.length() - 1);
                format = Optional.of(Format.HDF5);
                break;
            }
        }
        if (rest.isEmpty() || rest.endsWith("://")) {
            throw new InputException("'" + text + "' names no volume", field,
                    "give a folder, a file or an address such as precomputed://gs://bucket/folder");
        }
        return new VolumeUri(format, trim(rest), inner);
    }

    /// The format that the location's ending tells, if any.
    public Optional<Format> byEnding() {
        String lower = trim(location.substring(0, query(location))).toLowerCase(Locale.ROOT);
        return ENDINGS.entrySet().stream().filter(e -> lower.endsWith(e.getKey())).map(Map.Entry::getValue).findAny();
    }

    /// True if it lies in a folder of this machine.
    public boolean isLocal() {
        return !location.contains("://") || location.startsWith("file://");
    }

    /// The path of a local one.
    public java.nio.file.Path path() {
        return java.nio.file.Path.of(location.startsWith("file://") ? location.substring(7) : location);
    }

    /// As it would be given again.
    @Override
    public String toString() {
        return format.map(f -> f.text() + "://").orElse("") + location + (inner.isEmpty() ? "" : ":/" + inner);
    }

    /// Where the query of a URL begins; the length if there is none. In a path a question mark is a character as any other.
    private static int query(String location) {
        int mark = location.contains("://") && !location.startsWith("file://") ? location.indexOf('?') : -1;
        return mark < 0 ? location.length() : mark;
    }

    private static String trim(String text) {
        String rest = text;
        while (rest.length() > 1 && rest.endsWith("/")) {
            rest = rest.substring(0, rest.length() - 1);
        }
        return rest;
    }

    private static String strip(String text) {
        return trim(text.replaceFirst("^/+", ""));
    }
}
