package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KeptTest {
    @Property(tries = 500, seed = "1")
    void keepsTheSameInWhateverPiecesItComes(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] all = new byte[random.nextInt(300)];
        random.nextBytes(all);
        int from = random.nextInt(350);
        int length = random.nextInt(350);
        long stated = random.nextInt(4) == 0 ? random.nextLong(Kept.MOST) : all.length;
        assertThat(taken(Kept.all(stated), all, random)).isEqualTo(all);
        int begin = Math.min(from, all.length);
        Kept part = Kept.part(from, length);
        assertThat(taken(part, all, random)).isEqualTo(Arrays.copyOfRange(all, begin,
                Math.min(begin + length, all.length)));
        assertThat(part.seen()).isEqualTo(all.length);
        assertThat(part.isFull()).isEqualTo(from + length <= all.length || length == 0);
        if (length > 0) {
            assertThat(taken(Kept.last(length), all, random))
                    .isEqualTo(Arrays.copyOfRange(all, Math.max(0, all.length - length), all.length));
        }
    }

    private static byte[] taken(Kept kept, byte[] all, Random random) {
        for (int at = 0, to; at < all.length; at = to) {
            to = Math.min(all.length, at + random.nextInt(80));
            ByteBuffer piece = ByteBuffer.wrap(all, at, to - at).slice();
            kept.take(random.nextBoolean() ? piece : piece.asReadOnlyBuffer());
            assertThat(piece.hasRemaining() && kept.seen() < to).isFalse();
        }
        return kept.bytes();
    }

    @Example
    void whatNoArrayHoldsIsToldAtOnce() {
        assertThat(Kept.all(1L << 40).isTooLong()).isTrue();
        assertThat(Kept.all(1L << 40).isFull()).isTrue();
        assertThat(Kept.all(-1).isTooLong()).isFalse();
    }

    @Property(tries = 1000, seed = "1")
    void anythingCanStandWhereARangeIsTold(@ForAll String text) {
        ContentRange.parse(text);
        ContentRange.parse("bytes " + text);
    }

    @Example
    void readsRanges() {
        assertThat(ContentRange.parse("bytes 2-9/10")).hasValue(new ContentRange(2, 10, 10));
        assertThat(ContentRange.parse("bytes 2-9/*")).hasValue(new ContentRange(2, 10, -1));
        assertThat(ContentRange.parse("bytes */10")).hasValue(new ContentRange(0, 0, 10));
        for (String wrong : new String[]{"", "bytes 9-2/10", "bytes 2-10/10", "items 2-9/10", "bytes 2-9",
            "bytes 2-99999999999999999999/*"}) {
            assertThat(ContentRange.parse(wrong)).as(wrong).isEqualTo(Optional.empty());
        }
    }
}
