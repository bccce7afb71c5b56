package org.neuropil.coregister.match;

/// Points in a balanced k-d tree: finds the nearest ones. Of points as far off the one with the lower number comes first,
/// so answers do not depend on the tree. Safe for use by several threads.
public final class PointTree {
    private static final int LEAF = 8;

    // x, y, z of each, in the order of the tree: the middle of each range parts it, along its axis.
    private final double[] points;
    private final int[] numbers;
    private final byte[] axes;

    private PointTree(double[] points, int[] numbers, byte[] axes) {
        this.points = points;
        this.numbers = numbers;
        this.axes = axes;
    }

    /// @param points x, y, z of each; number i is that at 3 i
    public static PointTree of(double[] points) {
        int n = points.length / 3;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        byte[] axes = new byte[n];
        build(points, order, axes, 0, n);
        double[] sorted = new double[3 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(points, 3 * order[i], sorted, 3 * i, 3);
        }
        return new PointTree(sorted, order, axes);
    }

    /// How many points there are.
    public int size() {
        return numbers.length;
    }

    private static void build(double[] points, int[] order, byte[] axes, int from, int to) {
        if (to - from <= LEAF) {
            return;
        }
        int axis = widest(points, order, from, to);
        int middle = (from + to) >>> 1;
        select(points, order, axis, from, to - 1, middle);
        axes[middle] = (byte) axis;
        build(points, order, axes, from, middle);
        build(points, order, axes, middle + 1, to);
    }

    private static int widest(double[] points, int[] order, int from, int to) {
        int widest = 0;
        double most = -1;
        for (int axis = 0; axis < 3; axis++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                double value = points[3 * order[i] + axis];
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            if (high - low > most) {
                most = high - low;
                widest = axis;
            }
        }
        return widest;
    }

    /// Puts the one that belongs there into the place `middle`, lower ones before it and higher ones behind.
    private static void select(double[] points, int[] order, int axis, int first, int last, int middle) {
        int low = first;
        int high = last;
        while (low < high) {
            int pivot = order[(low + high) >>> 1];
            int i = low;
            int k = high;
            while (i <= k) {
                while (before(points, axis, order[i], pivot)) {
                    i++;
                }
                while (before(points, axis, pivot, order[k])) {
                    k--;
                }
                if (i <= k) {
                    int kept = order[i];
                    order[i++] = order[k];
                    order[k--] = kept;
                }
            }
            if (middle <= k) {
                high = k;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static boolean before(double[] points, int axis, int one, int other) {
        double a = points[3 * one + axis];
        double b = points[3 * other + axis];
        return a < b || a == b && one < other;
    }

    /// What a search has found, nearest first; used again for the next one, by one thread.
    public static final class Found {
        private final int[] numbers;
        private final double[] squares;
        private int size;

        /// @param most how many are looked for
        public Found(int most) {
            numbers = new int[most];
            squares = new double[most];
        }

        /// How many there are.
        public int size() {
            return size;
        }

        /// Number of a point.
        public int number(int rank) {
            return numbers[rank];
        }

        /// Its distance.
        public double distance(int rank) {
            return Math.sqrt(squares[rank]);
        }

        private double worst() {
            return size < numbers.length ? Double.POSITIVE_INFINITY : squares[size - 1];
        }

        private void offer(int number, double square) {
            int at = size;
            while (at > 0 && (squares[at - 1] > square || squares[at - 1] == square && numbers[at - 1] > number)) {
                at--;
            }
            if (at == numbers.length) {
                return;
            }
            size = Math.min(size + 1, numbers.length);
            System.arraycopy(numbers, at, numbers, at + 1, size - at - 1);
            System.arraycopy(squares, at, squares, at + 1, size - at - 1);
            numbers[at] = number;
            squares[at] = square;
        }
    }

    /// Finds the nearest ones, as many as `found` takes, or all.
    public void nearest(double x, double y, double z, Found found) {
        found.size = 0;
        search(x, y, z, found, 0, numbers.length);
    }

    private void search(double x, double y, double z, Found found, int from, int to) {
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                found.offer(numbers[i], square(x, y, z, i));
            }
            return;
        }
        int middle = (from + to) >>> 1;
        int axis = axes[middle];
        double off = (axis == 0 ? x : axis == 1 ? y : z) - points[3 * middle + axis];
        found.offer(numbers[middle], square(x, y, z, middle));
        search(x, y, z, found, off < 0 ? from : middle + 1, off < 0 ? middle : to);
        if (off * off <= found.worst()) {
            search(x, y, z, found, off < 0 ? middle + 1 : from, off < 0 ? to : middle);
        }
    }

    private double square(double x, double y, double z, int i) {
        double dx = x - points[3 * i];
        double dy = y - points[3 * i + 1];
        double dz = z - points[3 * i + 2];
        return dx * dx + dy * dy + dz * dz;
    }

    /// How many lie within a distance.
    public int within(double x, double y, double z, double radius) {
        return count(x, y, z, radius * radius, 0, numbers.length);
    }

    private int count(double x, double y, double z, double square, int from, int to) {
        int count = 0;
        if (to - from <= LEAF) {
            for (int i = from; i < to; i++) {
                count += square(x, y, z, i) <= square ? 1 : 0;
            }
            return count;
        }
        int middle = (from + to) >>> 1;
        int axis = axes[middle];
        double off = (axis == 0 ? x : axis == 1 ? y : z) - points[3 * middle + axis];
        count += square(x, y, z, middle) <= square ? 1 : 0;
        if (off < 0 || off * off <= square) {
            count += count(x, y, z, square, from, middle);
        }
        if (off >= 0 || off * off <= square) {
            count += count(x, y, z, square, middle + 1, to);
        }
        return count;
    }
}
