package org.neuropil.volume.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What is kept of a body that comes piece by piece. What a server says of its length is a hint and no more: memory grows
/// with what really comes.
final class Kept {
    /// The most bytes that an array can have.
    static final int MOST = Integer.MAX_VALUE - 8;
    private static final int MOST_BELIEVED = 16 << 20;

    private final long skip;
    private final int most;
    private final boolean last;
    private boolean tooLong;
    private byte[] bytes;
    private int length;
    private long seen;

    private Kept(long skip, int most, boolean last, long stated) {
        this.skip = skip;
        this.most = most;
        this.last = last;
        bytes = new byte[Math.clamp(stated, 0, Math.min(most, MOST_BELIEVED))];
    }

    /// Everything.
    ///
    /// @param stated how much it is said to be; any number if that is not known
    static Kept all(long stated) {
        Kept kept = new Kept(0, MOST, false, stated > MOST ? 0 : stated);
        kept.tooLong = stated > MOST;
        return kept;
    }

    /// Some bytes, or those of them that there are.
    static Kept part(long skip, int length) {
        return new Kept(skip, length, false, length);
    }

    /// The last bytes, or all if there are fewer.
    static Kept last(int length) {
        return new Kept(0, length, true, 0);
    }

    /// Takes the next piece; its position moves to its end.
    void take(ByteBuffer piece) {
        int size = piece.remaining();
        if (last) {
            takeLast(piece);
        } else {
            int before = Math.clamp(skip - seen, 0, size);
            int taken = Math.min(size - before, most - length);
            if (taken > 0) {
                grow(taken);
                piece.get(piece.position() + before, bytes, length, taken);
                length += taken;
            }
            tooLong |= most == MOST && before + taken < size;
        }
        seen += size;
        piece.position(piece.limit());
    }

    /// Keeps the byte number n of those that are left in place n modulo `most`.
    private void takeLast(ByteBuffer piece) {
        int taken = Math.min(piece.remaining(), most);
        int from = piece.limit() - taken;
        long first = seen + piece.remaining() - taken;
        grow(Math.min(taken, most - length));
        length = (int) Math.min(most, seen + piece.remaining());
        while (taken > 0) {
            int place = (int) (first % most);
            int step = Math.min(taken, most - place);
            piece.get(from, bytes, place, step);
            from += step;
            first += step;
            taken -= step;
        }
    }

    private void grow(int more) {
        if (more > bytes.length - length) {
            int least = length + more;
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(least, 2L * bytes.length)));
        }
    }

    /// True if what follows makes no difference.
    boolean isFull() {
        return tooLong || !last && length == most;
    }

    /// True if everything was to be kept and no array can hold it.
    boolean isTooLong() {
        return tooLong;
    }

    /// True if everything that came is here.
    boolean isWhole() {
        return length == seen;
    }

    /// How many bytes have come.
    long seen() {
        return seen;
    }

    /// What was kept.
    byte[] bytes() {
        if (last && seen > most) {
            byte[] turned = new byte[most];
            int oldest = (int) (seen % most);
            System.arraycopy(bytes, oldest, turned, 0, most - oldest);
            System.arraycopy(bytes, 0, turned, most - oldest, oldest);
            return turned;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
