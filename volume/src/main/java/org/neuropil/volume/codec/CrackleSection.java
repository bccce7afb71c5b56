package org.neuropil.volume.codec;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds the connected components of a [Crackle] section from the cracks between its pixels, one section after the other.
///
/// Cracks are drawn as chains of steps from corner to corner of pixels. A step that takes back the one before counts for
/// nothing, but the two are a sign: up and down, or left and right, that there is a branch here, which is returned to; down
/// and up, or right and left, that a branch ends: the chain goes on from the latest branch, or ends if there is none.
final class CrackleSection {
    /// Bits of a corner: a crack drawn from it down, which is left of its pixel, and one to the right, above its pixel.
    private static final int DOWN = 1;
    private static final int RIGHT = 2;
    /// Corners that are looked at in one go.
    private static final int WORD = Long.BYTES;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// Fits to no direction.
    private static final int NO_MOVE = 4;

    private final byte[] bytes;
    private final CrackleMoves moves;
    private final int width;
    private final int height;
    /// Corners of a row, one more than pixels.
    private final int row;
    private final boolean ways;
    private final byte[] corners;
    private final int[] components;
    private int[] branches = new int[64];

    // Runs: pixels of a row without a wall between.
    private int runs;
    /// The pixel behind each run.
    private final int[] ends;
    /// For each run, one of the same component that is not behind it, itself if none is known; in the end, the component.
    private final int[] names;
    /// The first run of the row that was cut last.
    private int rowFirst;

    /// @param ways true if cracks are drawn where pixels are connected, false if where they are not
    CrackleSection(byte[] bytes, CrackleMoves moves, int width, int height, boolean ways) {
        this.bytes = bytes;
        this.moves = moves;
        this.width = width;
        this.height = height;
        this.row = width + 1;
        this.ways = ways;
        this.corners = new byte[row * (height + 1)];
        this.components = new int[width * height];
        this.ends = new int[width * height];
        this.names = new int[width * height];
    }

    /// The number of each pixel's component, x fastest; changed by the next [#find].
    int[] components() {
        return components;
    }

    /// How many runs of pixels the section has, each of one component.
    int runs() {
        return runs;
    }

    /// The pixel behind each run.
    int[] ends() {
        return ends;
    }

    /// The component of each run.
    int[] names() {
        return names;
    }

    /// Finds the components of a section. They are numbered from 0 in the order in which they begin.
    ///
    /// @param from where the section's bytes begin
    /// @return how many there are
    int find(int from, int to) throws IOException {
        Arrays.fill(corners, (byte) 0);
        if (from < to) {
            draw(from, to);
        }
        wallOff();
        connect();
        return number();
    }

    private void draw(int from, int to) throws IOException {
        NumberReader in = new NumberReader(bytes, from, to, "cracks");
        long listed = in.next(4);
        int begin = in.skip(listed, 1);
        NumberReader starts = new NumberReader(bytes, begin, in.position(), "list of cracks");
        moves.open(in.position(), to);
        int xBytes = NumberReader.width(row);
        int yBytes = NumberReader.width(height + 1L);
        long rows = starts.next(yBytes);
        long y = 0;
        for (long i = 0; i < rows; i++) {
            y += starts.next(yBytes);
            long chains = starts.next(xBytes);
            long x = 0;
            for (long j = 0; j < chains; j++) {
                x += starts.next(xBytes);
                if (x > width || y > height) {
                    throw new IOException("has a crack that begins outside, at " + x + "," + y);
                }
                drawChain((int) x, (int) y * row + (int) x);
            }
        }
    }

    private void drawChain(int startX, int start) throws IOException {
        int x = startX;
        int corner = start;
        int depth = 0;
        int last = NO_MOVE;
        while (true) {
            int move = moves.next();
            if ((move ^ last) != 2) {
                // Only now is it known that the move before is a step.
                switch (last) {
                    case CrackleMoves.UP -> {
                        corner -= row;
                        check(corner >= 0);
                        corners[corner] |= DOWN;
                    }
                    case CrackleMoves.DOWN -> {
                        corners[corner] |= DOWN;
                        corner += row;
                        check(corner < corners.length);
                    }
                    case CrackleMoves.LEFT -> {
                        check(--x >= 0);
                        corners[--corner] |= RIGHT;
                    }
                    case CrackleMoves.RIGHT -> {
                        corners[corner++] |= RIGHT;
                        check(++x <= width);
                    }
                    default -> {
                    }
                }
                last = move;
                continue;
            }
            last = NO_MOVE;
            if (move == CrackleMoves.DOWN || move == CrackleMoves.RIGHT) {
                if (depth == branches.length) {
                    branches = Arrays.copyOf(branches, 2 * depth);
                }
                branches[depth++] = corner;
            } else if (depth == 0) {
                return;
            } else {
                corner = branches[--depth];
                x = corner % row;
            }
        }
    }

    private static void check(boolean inside) throws IOException {
        if (!inside) {
            throw new IOException("has a crack that leaves its section");
        }
    }

    /// Makes what is drawn walls, also at the border.
    private void wallOff() {
        if (ways) {
            for (int i = 0; i < corners.length; i++) {
                corners[i] ^= DOWN | RIGHT;
            }
        }
        for (int y = 0; y < height; y++) {
            corners[y * row] |= DOWN;
        }
        for (int x = 0; x < width; x++) {
            corners[x] |= RIGHT;
        }
    }

    /// Cuts the rows into runs at the walls, and joins runs that touch where there is none.
    private void connect() {
        runs = 0;
        for (int y = 0; y < height; y++) {
            connectRow(y);
        }
    }

    private void connectRow(int y) {
        int end = (y + 1) * width;
        int wall = y * row;
        int run = 0;
        // The run above, the end of what is below it, and the run above that is already joined with this one.
        int above = rowFirst;
        int aboveEnd = y == 0 ? end : ends[above] + width;
        int joined = -1;
        rowFirst = runs;
        for (int i = y * width; i < end; i++, wall++) {
            if (i == aboveEnd) {
                aboveEnd = ends[++above] + width;
            }
            int around = corners[wall];
            if ((around & DOWN) != 0) {
                run = runs++;
                names[run] = run;
                joined = -1;
            }
            ends[run] = i + 1;
            if ((around & RIGHT) == 0 && joined != above) {
                join(above, run);
                joined = above;
            }
            // Most of a section is far from walls.
            int skipped = 0;
            while (joined == above && i + skipped + WORD < Math.min(end, aboveEnd)
                    && (long) LONG.get(corners, wall + 1 + skipped) == 0) {
                skipped += WORD;
            }
            i += skipped;
            wall += skipped;
            ends[run] += skipped;
        }
    }

    private void join(int a, int b) {
        int one = root(a);
        int other = root(b);
        names[Math.max(one, other)] = Math.min(one, other);
    }

    private int root(int run) {
        int at = run;
        while (names[at] != at) {
            names[at] = names[names[at]];
            at = names[at];
        }
        return at;
    }

    /// Of the runs of a component the first is the root, so components are met in their order.
    private int number() {
        int count = 0;
        for (int run = 0, from = 0; run < runs; from = ends[run++]) {
            names[run] = names[run] == run ? count++ : names[names[run]];
            Arrays.fill(components, from, ends[run], names[run]);
        }
        return count;
    }
}
