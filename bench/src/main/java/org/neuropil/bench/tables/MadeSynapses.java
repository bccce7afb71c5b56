package org.neuropil.bench.tables;

import java.util.SplittableRandom;

import org.neuropil.space.Int3;

/// A made-up table of synapses, from a seed, of the size and shape of a cubic millimetre's: 337 million rows at most a few
/// of which belong to each other. Cells lie in blocks of 100 µm, 80 in each; how many inputs and outputs they have is
/// log-normal. A synapse's sides belong to cells of its block or the blocks around it, each as often as its share, or to
/// fragments that have few synapses. Rows come block by block, as detection numbers them.
///
/// Positions are in voxels of 4 x 4 x 40 nm.
final class MadeSynapses {
    /// Inputs that a cell has on average.
    static final int ROWS_PER_CELL = 3_750;
    private static final int CELLS_PER_BLOCK = 80;
    private static final Int3 BLOCK = new Int3(25_000, 25_000, 2_500);
    private static final Int3 ORIGIN = new Int3(60_000, 70_000, 14_900);
    /// Share of all synapses whose sides belong to cells; others are of fragments.
    private static final double ONTO_CELLS = 0.8;
    private static final double FROM_CELLS = 0.3;
    /// Synapses that a fragment has on average.
    private static final int ROWS_PER_FRAGMENT = 25;
    private static final double SPREAD_IN = 0.5;
    private static final double SPREAD_OUT = 1.0;
    private static final long CELL_ROOTS = 864_691_135_000_000_000L;
    private static final long FRAGMENT_ROOTS = 864_691_137_000_000_000L;
    /// Odd, so that numbers times it are others again, in as many bits; roots tell nothing of the place, as those of a graph
    /// whose nodes are numbered by many at once.
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
    private static final int CELL_BITS = 30;
    private static final int FRAGMENT_BITS = 36;
    private static final int REACH = 120;
    private static final int CLEFT = 60;

    final long rows;
    final long seed;
    /// In blocks.
    final Int3 shape;

    /// @param rows how many there are to be
    MadeSynapses(long rows, long seed) {
        this.rows = rows;
        this.seed = seed;
        int blocks = (int) Math.max(1, rows / ((long) ROWS_PER_CELL * CELLS_PER_BLOCK));
        // As 1.4 x 0.87 x 0.84 mm.
        int z = (int) Math.max(1, Math.round(Math.cbrt(blocks / 1.73) * 0.98));
        int x = (int) Math.max(1, Math.round(Math.sqrt((double) blocks / z * 1.6)));
        this.shape = new Int3(x, Math.max(1, blocks / (x * z)), z);
    }

    int blocks() {
        return Math.toIntExact(shape.volume());
    }

    int cells() {
        return blocks() * CELLS_PER_BLOCK;
    }

    long firstRow(int block) {
        return rows * block / blocks();
    }

    /// The root of a cell.
    static long root(int cell) {
        return CELL_ROOTS + ((cell + 1) * MIX & (1L << CELL_BITS) - 1);
    }

    /// Where a cell's nucleus is.
    Int3 nucleus(int cell) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL * (cell + 1L));
        Int3 block = place(cell / CELLS_PER_BLOCK);
        return new Int3(block.x() + random.nextInt(BLOCK.x()), block.y() + random.nextInt(BLOCK.y()),
                block.z() + random.nextInt(BLOCK.z()));
    }

    private Int3 place(int block) {
        Int3 at = new Int3(block % shape.x(), block / shape.x() % shape.y(), block / shape.x() / shape.y());
        return ORIGIN.plus(at.times(BLOCK));
    }

    /// One synapse.
    static final class Row {
        long id;
        long preRoot;
        long postRoot;
        int size;
        /// Of the middle, and of both sides, x, y, z.
        final int[] at = new int[9];

        /// The supervoxel of a side: a number within its chunk of 256 x 256 x 512 voxels.
        ///
        /// @param side 0 for pre, 1 for post
        long supervoxel(int side) {
            int i = 3 * side;
            long chunk = (long) (at[i] >> 8) << 19 | (long) (at[i + 1] >> 8) << 7 | at[i + 2] >> 9;
            long within = (side == 0 ? preRoot : postRoot) * 0x9E3779B97F4A7C15L >>> 42;
            return 1L << 56 | chunk << 22 | within + 1;
        }
    }

    /// Takes rows; the object is used again for the next one.
    @FunctionalInterface
    interface Use {
        void take(Row row);
    }

    /// Tells the rows of a block. Blocks may be made at the same time.
    void block(int block, Use use) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (block + 1));
        Choice inputs = new Choice(block, SPREAD_IN, 1);
        Choice outputs = new Choice(block, SPREAD_OUT, 2);
        Int3 place = place(block);
        long from = firstRow(block);
        long to = firstRow(block + 1);
        int fragments = (int) Math.max(1, (to - from) / ROWS_PER_FRAGMENT);
        Row row = new Row();
        for (long i = from; i < to; i++) {
            row.id = 1 + i + i / 3;
            row.postRoot = random.nextDouble() < ONTO_CELLS ? inputs.root(random) : fragment(block, fragments, random);
            row.preRoot = random.nextDouble() < FROM_CELLS ? outputs.root(random) : fragment(block, fragments, random);
            row.size = (int) Math.max(10, Math.exp(6.6 + 1.1 * gaussian(random)));
            row.at[6] = place.x() + random.nextInt(BLOCK.x());
            row.at[7] = place.y() + random.nextInt(BLOCK.y());
            row.at[8] = place.z() + random.nextInt(BLOCK.z());
            for (int k = 0; k < 3; k++) {
                int away = k == 2 ? REACH / 20 : REACH;
                int cleft = k == 2 ? CLEFT / 20 : CLEFT;
                row.at[k] = row.at[6 + k] + random.nextInt(away) - cleft;
                row.at[3 + k] = row.at[6 + k] + random.nextInt(away) - cleft;
            }
            use.take(row);
        }
    }

    /// A fragment of a block, the first ones more often.
    private static long fragment(int block, int fragments, SplittableRandom random) {
        double u = random.nextDouble();
        long number = (long) block * 1_000_003 + (long) (fragments * u * u);
        return FRAGMENT_ROOTS + ((number * MIX & (1L << FRAGMENT_BITS) - 1));
    }

    private static double gaussian(SplittableRandom random) {
        return random.nextGaussian();
    }

    /// The cells of a block and those around it, each with its share.
    private final class Choice {
        private final int[] cells;
        private final double[] upTo;

        private Choice(int block, double spread, int salt) {
            Int3 at = new Int3(block % shape.x(), block / shape.x() % shape.y(), block / shape.x() / shape.y());
            int[] found = new int[27 * CELLS_PER_BLOCK];
            int count = 0;
            for (int z = Math.max(0, at.z() - 1); z <= Math.min(shape.z() - 1, at.z() + 1); z++) {
                for (int y = Math.max(0, at.y() - 1); y <= Math.min(shape.y() - 1, at.y() + 1); y++) {
                    for (int x = Math.max(0, at.x() - 1); x <= Math.min(shape.x() - 1, at.x() + 1); x++) {
                        int first = ((z * shape.y() + y) * shape.x() + x) * CELLS_PER_BLOCK;
                        for (int i = 0; i < CELLS_PER_BLOCK; i++) {
                            found[count++] = first + i;
                        }
                    }
                }
            }
            cells = java.util.Arrays.copyOf(found, count);
            upTo = new double[count];
            double sum = 0;
            for (int i = 0; i < count; i++) {
                SplittableRandom own = new SplittableRandom(seed ^ salt * 0x2545F4914F6CDD1DL ^ cells[i]);
                sum += Math.exp(spread * own.nextGaussian());
                upTo[i] = sum;
            }
        }

        private long root(SplittableRandom random) {
            double at = random.nextDouble() * upTo[upTo.length - 1];
            int found = java.util.Arrays.binarySearch(upTo, at);
            return MadeSynapses.root(cells[Math.min(found < 0 ? -found - 1 : found, cells.length - 1)]);
        }
    }
}
