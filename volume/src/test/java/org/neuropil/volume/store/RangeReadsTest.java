package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.neuropil.volume.store.RangeReads.Range;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RangeReadsTest {
    /// Counts requests.
    private static final class Counting implements Store {
        private static final long serialVersionUID = 1;

        private final MemoryStore store = new MemoryStore();
        private final List<Long> lengths = Collections.synchronizedList(new ArrayList<>());
        private final int parallelism;

        Counting(int parallelism) {
            this.parallelism = parallelism;
        }

        @Override
        public Optional<byte[]> get(String key) {
            throw new AssertionError("the whole of " + key);
        }

        @Override
        public Optional<byte[]> get(String key, long from, long to) throws IOException {
            lengths.add(to - from);
            return store.get(key, from, to);
        }

        @Override
        public Optional<byte[]> tail(String key, int length) {
            throw new AssertionError("the end of " + key);
        }

        @Override
        public void put(String key, byte[] bytes) {
            store.put(key, bytes);
        }

        @Override
        public int parallelism() {
            return parallelism;
        }

        @Override
        public String uri(String key) {
            return key;
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Property(tries = 100, seed = "1")
    void givesEachRangeOnce(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Counting store = new Counting(1 + random.nextInt(3));
        byte[] all = bytes(200_000);
        store.put("a", all);
        store.put("b", all);
        List<Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            int from = random.nextInt(all.length + 1);
            int to = from + random.nextInt(Math.min(all.length - from, 5000) + 1);
            ranges.add(new Range(List.of("a", "b", "none").get(random.nextInt(3)), from, to));
        }
        byte[][] given = new byte[ranges.size()][];
        RangeReads.read(store, ranges, (i, bytes) -> {
            assertThat(bytes.isPresent()).isEqualTo(!ranges.get(i).key().equals("none"));
            synchronized (given) {
                assertThat(given[i]).isNull();
                given[i] = bytes.orElse(new byte[0]);
            }
        });
        for (int i = 0; i < given.length; i++) {
            Range range = ranges.get(i);
            assertThat(given[i]).isEqualTo(range.key().equals("none")
                    ? new byte[0]
                    : Arrays.copyOfRange(all, (int) range.from(), (int) range.to()));
        }
        assertThat(store.lengths.size()).isLessThanOrEqualTo(ranges.size());
    }

    @Example
    void joinsWhatLiesNearAndNothingElse() throws IOException {
        byte[] all = bytes(20 << 20);
        List<Range> near = List.of(new Range("k", 150_000, 160_000), new Range("k", 0, 100_000),
                new Range("k", 100_000, 110_000));
        for (int parallelism : new int[]{1, 8}) {
            Counting store = new Counting(parallelism);
            store.put("k", all);
            RangeReads.read(store, near, (_, _) -> {});
            assertThat(store.lengths).containsExactlyInAnyOrder(
                    parallelism == 1 ? new Long[]{110_000L, 10_000L} : new Long[]{160_000L});
        }
        Counting store = new Counting(8);
        store.put("k", all);
        List<Range> row = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            row.add(new Range("k", i << 20, i + 1 << 20));
        }
        RangeReads.read(store, row, (_, _) -> {});
        assertThat(store.lengths).containsExactlyInAnyOrder(8L << 20, 8L << 20, 4L << 20);
    }

    @Example
    void rangesBeyondTheEndAreErrors() {
        Counting store = new Counting(1);
        store.put("k", new byte[10]);
        assertThatThrownBy(
                () -> RangeReads.read(store, List.of(new Range("k", 0, 5), new Range("k", 5, 11)), (_, _) -> {}))
                .isInstanceOf(IOException.class).hasMessageContaining("11");
        assertThatIllegalArgumentException().isThrownBy(() -> new Range("k", 5, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range("k", -1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Range("k", 0, 1L << 40));
    }
}
