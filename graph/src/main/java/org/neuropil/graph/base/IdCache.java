package org.neuropil.graph.base;

import static it.unimi.dsi.fastutil.HashCommon.mix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;

/// What was last asked for by ids, within a bound of memory. Safe for any number of threads: one loads, others wait for it.
///
/// @param <V> immutable
public final class IdCache<V> {
    /// The keys are mixed: ids of chunks differ in few of their bits, and in such that a hash table would not tell apart.
    private final Cache<Long, V> cache;

    /// Finds the value of an id.
    @FunctionalInterface
    public interface Loader<V> {
        /// @throws IOException if it cannot be read; nothing is kept then
        V load(long id) throws IOException;
    }

    /// @param bytes of all values, about
    /// @param weight bytes of one
    public IdCache(long bytes, ToIntFunction<V> weight) {
        this(bytes, weight, value -> {});
    }

    /// @param bytes of all values, about
    /// @param weight bytes of one
    /// @param gone told of each that had to make room, in the moment when it goes
    public IdCache(long bytes, ToIntFunction<V> weight, Consumer<V> gone) {
        this.cache = Caffeine.newBuilder().maximumWeight(bytes)
                .<Long, V>weigher((key, value) -> weight.applyAsInt(value))
                .evictionListener((@Nullable Long key, @Nullable V value, RemovalCause cause) -> {
                    if (value != null) {
                        gone.accept(value);
                    }
                }).build();
    }

    /// The value of an id, loaded if it is not there.
    public V get(long id, Loader<V> loader) throws IOException {
        V known = getIfPresent(id);
        return known != null ? known : load(id, loader);
    }

    private V load(long id, Loader<V> loader) throws IOException {
        try {
            return cache.get(mix(id), key -> {
                try {
                    return loader.load(id);
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// The value of an id if it is there.
    public @Nullable V getIfPresent(long id) {
        return cache.getIfPresent(mix(id));
    }

    /// Keeps a value.
    public void put(long id, V value) {
        cache.put(mix(id), value);
    }

    /// Changes a value if it is there. Waits for who is loading it, perhaps from before a change that a loader would see.
    public void update(long id, UnaryOperator<V> change) {
        // Not computeIfPresent, which does not wait.
        cache.asMap().compute(mix(id), (key, value) -> value == null ? null : change.apply(value));
    }

    /// How many values there are, about.
    public long size() {
        return cache.estimatedSize();
    }

    /// Bytes of all values.
    public long weight() {
        return cache.policy().eviction().flatMap(e -> e.weightedSize().stream().boxed().findFirst()).orElse(0L);
    }
}
