package org.neuropil.volume.array;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.MemoryStore;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.node.ObjectNode;

/// Begins a volume by writing its metadata, or opens the same one that was begun earlier.
public final class Beginning {
    private Beginning() {}

    /// Opens a volume of a format.
    @FunctionalInterface
    public interface Opener<V extends Volume> {
        /// @throws InputException if there is none
        V open(Store store) throws IOException;
    }

    /// Looks whether there is a volume of a format, or what may be one.
    @FunctionalInterface
    public interface Finder {
        /// Reads as little as it can.
        boolean exists(Store store) throws IOException;
    }

    /// Writes metadata, unless the same volume is there.
    ///
    /// @param files by key, in the order of writing: the last one, the group's, makes the volume, so that one that was
    ///        begun and not finished is begun again. Those of the others must be the same in a volume that is there
    /// @param info what the files say
    /// @throws IllegalArgumentException if the files cannot be read again, or say something else
    /// @throws InputException if there is another volume, or one that cannot be read
    public static <V extends Volume> V create(Store store, Map<String, ObjectNode> files, VolumeInfo info,
            Finder finder, Opener<V> opener) throws IOException {
        check(files, info, opener);
        if (finder.exists(store) && !isUnfinished(store, files)) {
            return present(store, files, info, opener);
        }
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            store.put(file.getKey(), text(file.getValue()));
        }
        return opener.open(store);
    }

    /// True if some files are there, as they would be written, but not the last one: where writing stopped.
    private static boolean isUnfinished(Store store, Map<String, ObjectNode> files) throws IOException {
        boolean begun = false;
        boolean last = false;
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            Optional<byte[]> there = store.get(file.getKey());
            if (there.isPresent() && !Arrays.equals(there.get(), text(file.getValue()))) {
                return false;
            }
            last = there.isPresent();
            begun |= last;
        }
        return begun && !last;
    }

    /// Reads what would be written, so that no volume is begun that could not be opened.
    private static <V extends Volume> void check(Map<String, ObjectNode> files, VolumeInfo info, Opener<V> opener)
            throws IOException {
        Store trial = new MemoryStore();
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            trial.put(file.getKey(), text(file.getValue()));
        }
        VolumeInfo read;
        try {
            read = opener.open(trial).info();
        } catch (InputException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
        if (!read.equals(info)) {
            throw new IllegalArgumentException("the format cannot say " + info);
        }
    }

    private static <V extends Volume> V present(Store store, Map<String, ObjectNode> files, VolumeInfo info,
            Opener<V> opener) throws IOException {
        V present = opener.open(store);
        boolean same = present.info().equals(info);
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            if (same && file.getKey().contains("/")) {
                Optional<byte[]> text = store.get(file.getKey());
                ObjectNode wanted = Fields.parse(text(file.getValue()), file.getKey()).node();
                same = text.isPresent() && Fields.parse(text.get(), store.uri(file.getKey())).node().equals(wanted);
            }
        }
        if (!same) {
            throw new InputException("there is another volume here already", present.uri(),
                    "give another folder, or delete this one");
        }
        return present;
    }

    /// A file's text, the same on every system.
    static byte[] text(ObjectNode node) {
        return (Fields.MAPPER.writeValueAsString(node).replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
