package org.neuropil.physiology.nwb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SlabTest {
    /// An array whose element at a place is a number that tells the place; chunk 1 along the first dimension lacks.
    private record Made(int[] shape, int[] chunk, boolean isFirstFastest, Part part) implements Array {
        private static final double LACKS = -7;

        double at(int[] place) {
            double number = 0;
            for (int n : place) {
                number = number * 11 + n;
            }
            return place[0] / chunk[0] == 1 ? LACKS : number;
        }

        @Override
        public String path() {
            return "/made";
        }

        @Override
        public String where() {
            return "made";
        }

        @Override
        public Optional<Value> attribute(String name) {
            return Optional.empty();
        }

        @Override
        public List<Part> parts() {
            return List.of(part);
        }

        @Override
        public int width() {
            return part.bytes() + 3;
        }

        @Override
        public byte[] fill() {
            byte[] element = new byte[width()];
            part.put(LACKS, element);
            return element;
        }

        @Override
        public List<String> texts() {
            return List.of();
        }

        @Override
        public Optional<byte[]> read(int[] corner) {
            if (corner[0] / chunk[0] == 1) {
                return Optional.empty();
            }
            int elements = Arrays.stream(chunk).reduce(1, (a, b) -> a * b);
            ByteBuffer bytes = ByteBuffer.allocate(elements * width());
            for (int i = 0; i < elements; i++) {
                int[] place = new int[chunk.length];
                int rest = i;
                for (int j = 0; j < chunk.length; j++) {
                    int d = isFirstFastest ? j : chunk.length - 1 - j;
                    place[d] = corner[d] + rest % chunk[d];
                    rest /= chunk[d];
                }
                byte[] element = new byte[width()];
                part.put(at(place), element);
                bytes.put(element);
            }
            return Optional.of(bytes.array());
        }
    }

    @Property(tries = 200)
    void aBoxHasTheElementsOfItsPlaces(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int rank,
            @ForAll boolean isFirstFastest, @ForAll boolean bigEndian) throws IOException {
        Random random = new Random(seed);
        int[] shape = new int[rank];
        int[] chunk = new int[rank];
        int[] first = new int[rank];
        int[] count = new int[rank];
        for (int d = 0; d < rank; d++) {
            shape[d] = 1 + random.nextInt(10);
            chunk[d] = 1 + random.nextInt(12);
            first[d] = random.nextInt(shape[d]);
            count[d] = random.nextInt(shape[d] - first[d] + 1);
        }
        int bytes = 4 << random.nextInt(2);
        Made array = new Made(shape, chunk, isFirstFastest,
                new Part("", random.nextBoolean() ? Part.Kind.SIGNED : Part.Kind.FLOAT, bytes, 3, bigEndian));
        Chunks kept = new Chunks(1000);
        for (int turn = 0; turn < 2; turn++) {
            double[] box = Slab.doubles(kept, array, array.part(), first, count);
            assertThat(box).hasSize(Arrays.stream(count).reduce(1, (a, b) -> a * b));
            for (int i = 0; i < box.length; i++) {
                int[] place = new int[rank];
                int rest = i;
                for (int d = rank - 1; d >= 0; d--) {
                    place[d] = first[d] + rest % count[d];
                    rest /= count[d];
                }
                assertThat(box[i]).isEqualTo(array.at(place));
            }
        }
    }

    @Property(tries = 50)
    void numbersOfAllTypesAreRead(@ForAll long bits) {
        for (boolean big : new boolean[]{false, true}) {
            for (int bytes : new int[]{1, 2, 4, 8}) {
                long low = bytes == 8 ? bits : bits & (1L << 8 * bytes) - 1;
                byte[] element = new byte[bytes];
                Part unsigned = new Part("", Part.Kind.UNSIGNED, bytes, 0, big);
                unsigned.put(low, element);
                ByteBuffer buffer = ByteBuffer.wrap(element).order(unsigned.order());
                assertThat(unsigned.bits(buffer, 0)).isEqualTo(low);
                assertThat(unsigned.number(buffer, 0))
                        .isEqualTo(new java.math.BigInteger(Long.toUnsignedString(low)).doubleValue());
                Part signed = new Part("", Part.Kind.SIGNED, bytes, 0, big);
                assertThat(signed.bits(buffer, 0)).isEqualTo(low << 64 - 8 * bytes >> 64 - 8 * bytes);
            }
        }
    }
}
