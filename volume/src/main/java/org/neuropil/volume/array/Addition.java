package org.neuropil.volume.array;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.array.Beginning.Opener;
import org.neuropil.volume.store.Store;

import tools.jackson.databind.node.ObjectNode;

/// More mips of a volume that is there. Whoever has this can write and read them; for others the volume stays as it was
/// until [#publish].
public final class Addition<V extends Volume> {
    /// Relative; for what is lost in writing a length as a decimal number.
    private static final double TOLERANCE = 1e-9;

    private final V volume;
    private final Store store;
    private final Map<String, byte[]> before;
    private final Map<String, byte[]> files;

    private Addition(V volume, Store store, Map<String, byte[]> before, Map<String, byte[]> files) {
        this.volume = volume;
        this.store = store;
        this.before = before;
        this.files = files;
    }

    /// Reads what would be written, so that no mip is begun that could not be told of.
    ///
    /// @param before the files that are changed, as they are
    /// @param files that tell of the mips, by key, in the order of writing: the changed ones come last. Others may be
    ///        there only if they are the same, as [#publish] leaves them where it is interrupted
    /// @param info with the new mips
    /// @throws InputException if there are other arrays in the place of the new ones, or the files would say something else
    public static <V extends Volume> Addition<V> of(Store store, Map<String, byte[]> before,
            Map<String, ObjectNode> files, VolumeInfo info, Opener<V> opener) throws IOException {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            byte[] text = Beginning.text(file.getValue());
            Optional<byte[]> there = store.get(file.getKey());
            if (!before.containsKey(file.getKey()) && there.isPresent() && !Arrays.equals(there.get(), text)) {
                throw new InputException(
                        "there is another array, which is no mip of the volume, where a new one is to be",
                        store.uri(file.getKey()), "move it away");
            }
            texts.put(file.getKey(), text);
        }
        V opened = opener.open(new Told(store, texts));
        if (!isNear(opened.info(), info)) {
            throw new InputException("its files cannot tell of the mips " + info.scales() + ", but of "
                    + opened.info().scales(), opened.uri(), "make a copy that has mips with 'neuropil convert'");
        }
        return new Addition<>(opened, store, Map.copyOf(before), texts);
    }

    /// The volume with all mips.
    public V volume() {
        return volume;
    }

    /// Lets all readers know of the mips.
    ///
    /// @throws InputException if somebody has changed the files that tell of them
    public void publish() throws IOException {
        for (Map.Entry<String, byte[]> file : before.entrySet()) {
            if (!Arrays.equals(store.get(file.getKey()).orElse(new byte[0]), file.getValue())) {
                throw new InputException("was changed while mips were made", store.uri(file.getKey()),
                        "start again; what has been made is kept");
            }
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            store.put(file.getKey(), file.getValue());
        }
    }

    /// The store as it is once the files are in it. All else goes to the store itself.
    private record Told(Store store, Map<String, byte[]> files) implements Store {
        @Override
        public Optional<byte[]> get(String key) throws IOException {
            byte[] file = files.get(key);
            return file == null ? store.get(key) : Optional.of(file.clone());
        }

        @Override
        public Optional<byte[]> get(String key, byte[] reuse) throws IOException {
            return files.containsKey(key) ? get(key) : store.get(key, reuse);
        }

        @Override
        public Optional<byte[]> get(String key, long from, long to) throws IOException {
            return store.get(key, from, to);
        }

        @Override
        public Optional<byte[]> tail(String key, int length) throws IOException {
            return store.tail(key, length);
        }

        @Override
        public void put(String key, byte[] bytes) throws IOException {
            store.put(key, bytes);
        }

        @Override
        public int parallelism() {
            return store.parallelism();
        }

        @Override
        public String uri(String key) {
            return store.uri(key);
        }
    }

    private static boolean isNear(VolumeInfo read, VolumeInfo wanted) {
        List<Scale> scales = new ArrayList<>();
        for (int mip = 0; mip < Math.min(read.scales().size(), wanted.scales().size()); mip++) {
            Scale one = read.scale(mip);
            VoxelSize size = wanted.scale(mip).voxelSize();
            boolean near = true;
            for (int axis = 0; axis < 3; axis++) {
                near &= Math.abs(one.voxelSize().get(axis) - size.get(axis)) <= TOLERANCE * size.get(axis);
            }
            scales.add(new Scale(near ? size : one.voxelSize(), one.bounds(), one.chunk(), one.unit()));
        }
        return new VolumeInfo(read.kind(), read.type(), scales).equals(wanted);
    }
}
