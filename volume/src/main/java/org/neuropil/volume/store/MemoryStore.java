package org.neuropil.volume.store;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// A store in memory, for volumes that live no longer than the process.
public final class MemoryStore implements Store {
    private static final long serialVersionUID = 1;

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /// The keys that are there, sorted.
    public Set<String> keys() {
        return new TreeSet<>(objects.keySet());
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(objects.get(Keys.checked(key))).map(byte[]::clone);
    }

    @Override
    public Optional<byte[]> get(String key, long from, long to) throws IOException {
        byte[] all = objects.get(Keys.checked(key));
        if (all == null) {
            return Optional.empty();
        }
        if (to > all.length) {
            throw new EOFException(uri(key) + " ends at " + all.length + ", before " + to);
        }
        return Optional.of(Arrays.copyOfRange(all, (int) from, (int) to));
    }

    @Override
    public Optional<byte[]> tail(String key, int length) {
        return Optional.ofNullable(objects.get(Keys.checked(key)))
                .map(all -> Arrays.copyOfRange(all, Math.max(0, all.length - length), all.length));
    }

    @Override
    public OptionalLong size(String key) {
        byte[] all = objects.get(Keys.checked(key));
        return all == null ? OptionalLong.empty() : OptionalLong.of(all.length);
    }

    @Override
    public void put(String key, byte[] bytes) {
        objects.put(Keys.checked(key), bytes.clone());
    }

    @Override
    public String uri(String key) {
        return "memory/" + key;
    }
}
