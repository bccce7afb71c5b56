package org.neuropil.volume.codec;

import java.io.IOException;

/// The directions of a [Crackle] section's cracks, from their bits.
///
/// A symbol is by how many quarters a direction is turned against the one before. Symbols are two bits each, lowest first;
/// or, with a model, the first is two bits, and each other is its rank in the order that the model has for the symbols
/// before it: 0, 10, 110 or 111, the first digit lowest.
final class CrackleMoves {
    static final int UP = 0;
    static final int RIGHT = 1;
    static final int DOWN = 2;
    static final int LEFT = 3;
    /// Most symbols that a model may look back on: its number has four bits.
    static final int MOST_ORDER = 15;
    private static final int ORDERS = 24;
    private static final int ROW_BITS = 5;

    private final byte[] bytes;
    private final int order;
    /// By the symbols before, the latest in the highest two bits of the index: four symbols of two bits, likeliest lowest.
    private final byte[] model;

    private long begin;
    private long bit;
    private long end;
    private int context;
    private int direction;

    /// @param in stands at the model, and is moved behind it
    /// @param order how many symbols the model looks back on, 0 for none
    CrackleMoves(byte[] bytes, NumberReader in, int order) throws IOException {
        this.bytes = bytes;
        this.order = order;
        if (order == 0) {
            model = new byte[0];
            return;
        }
        int rows = 1 << 2 * order;
        long size = (ROW_BITS * (long) rows + 7) / 8;
        int from = in.skip(size, 1);
        byte[] orders = orders();
        model = new byte[rows];
        for (int row = 0; row < rows; row++) {
            long at = ROW_BITS * (long) row;
            int number = bits(8L * from + at, 8L * (from + size)) & (1 << ROW_BITS) - 1;
            if (number >= ORDERS) {
                throw new IOException("has order " + number + " of directions in its model, and there are " + ORDERS);
            }
            model[row] = orders[number];
        }
    }

    /// The orders of four symbols, as words over 0 to 3 in the order of a dictionary.
    private static byte[] orders() {
        byte[] orders = new byte[ORDERS];
        for (int word = 0, n = 0; word < 1 << 8; word++) {
            int seen = 0;
            int packed = 0;
            for (int i = 0; i < 4; i++) {
                int symbol = word >> 6 - 2 * i & 3;
                seen |= 1 << symbol;
                packed |= symbol << 2 * i;
            }
            if (seen == 0b1111) {
                orders[n++] = (byte) packed;
            }
        }
        return orders;
    }

    /// Goes to the symbols of a section.
    void open(int from, int to) {
        begin = 8L * from;
        bit = begin;
        end = 8L * to;
        context = 0;
        direction = UP;
    }

    /// The next direction.
    int next() throws IOException {
        if (bit >= end) {
            throw new IOException("ends within a crack");
        }
        if (order == 0) {
            direction = direction + (bytes[(int) (bit >>> 3)] >> (bit & 7)) & 3;
            bit += 2;
        } else {
            direction = direction + coded() & 3;
        }
        return direction;
    }

    private int coded() throws IOException {
        int ahead = bits(bit, end);
        int symbol;
        if (bit == begin) {
            symbol = ahead & 3;
            bit += 2;
        } else {
            int rank = Math.min(Integer.numberOfTrailingZeros(~ahead), 3);
            symbol = model[context] >> 2 * rank & 3;
            bit += Math.min(rank + 1, 3);
            if (bit > end) {
                throw new IOException("ends within a crack");
            }
        }
        context = (context >> 2) + (symbol << 2 * (order - 1));
        return symbol;
    }

    /// At least eight bits; those from the end on are 0.
    private int bits(long from, long end) {
        int at = (int) (from >>> 3);
        int two = bytes[at] & 0xff | (8L * (at + 1) < end ? (bytes[at + 1] & 0xff) << 8 : 0);
        return two >> (from & 7);
    }
}
