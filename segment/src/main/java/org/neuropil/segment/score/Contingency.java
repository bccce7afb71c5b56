package org.neuropil.segment.score;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// How many voxels each pair of a label and a segment shares. Voxels of label 0 are not counted; segment 0 is a segment
/// like any other. Tables add up, so a volume can be counted in parts. Not safe for use by several threads.
public final class Contingency {
    private final Map<Long, Long2LongOpenHashMap> rows = new HashMap<>();
    private long ignored;

    /// Counts the voxels of two arrays of equal length.
    public void add(long[] labels, long[] segments) {
        if (labels.length != segments.length) {
            throw new IllegalArgumentException(labels.length + " labels and " + segments.length + " segments");
        }
        // Neighbouring voxels mostly repeat: count a run at once.
        for (int i = 0; i < labels.length;) {
            int end = i + 1;
            while (end < labels.length && labels[end] == labels[i] && segments[end] == segments[i]) {
                end++;
            }
            add(labels[i], segments[i], end - i);
            i = end;
        }
    }

    /// Counts voxels of one pair.
    public void add(long label, long segment, long voxels) {
        if (label == 0) {
            ignored += voxels;
        } else {
            rows.computeIfAbsent(label, _ -> new Long2LongOpenHashMap()).addTo(segment, voxels);
        }
    }

    /// Adds another table.
    public void add(Contingency other) {
        ignored += other.ignored;
        other.rows.forEach((label, row) -> row.long2LongEntrySet()
                .forEach(entry -> add(label, entry.getLongKey(), entry.getLongValue())));
    }

    /// The table as bytes, for a scratch file: ignored voxels, number of pairs, then label, segment and voxels of each.
    byte[] toBytes() {
        int pairs = rows.values().stream().mapToInt(Long2LongOpenHashMap::size).sum();
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 + 24 * pairs).putLong(ignored).putInt(pairs);
        rows.forEach((label, row) -> row.long2LongEntrySet().forEach(
                entry -> bytes.putLong(label).putLong(entry.getLongKey()).putLong(entry.getLongValue())));
        return bytes.array();
    }

    /// The table that [#toBytes] wrote.
    static Contingency of(byte[] array) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        Contingency table = new Contingency();
        table.ignored = bytes.getLong();
        for (int n = bytes.getInt(); n > 0; n--) {
            table.add(bytes.getLong(), bytes.getLong(), bytes.getLong());
        }
        return table;
    }

    /// The scores. Sums run over the pairs in ascending order of ids, so that they are the same to the last bit however
    /// the table was put together.
    public Score score() {
        Long2LongOpenHashMap labelSizes = new Long2LongOpenHashMap();
        Long2LongOpenHashMap segmentSizes = new Long2LongOpenHashMap();
        rows.forEach((label, row) -> {
            for (Long2LongMap.Entry entry : row.long2LongEntrySet()) {
                labelSizes.addTo(label, entry.getLongValue());
                segmentSizes.addTo(entry.getLongKey(), entry.getLongValue());
            }
        });
        long total = labelSizes.values().longStream().sum();
        if (total == 0) {
            return new Score(0, 0, 0, 0, 0, 0, 0, 0, ignored);
        }
        double split = 0;
        double merge = 0;
        double pairs = 0;
        for (long label : rows.keySet().stream().sorted(Long::compareUnsigned).toList()) {
            Long2LongOpenHashMap row = Objects.requireNonNull(rows.get(label));
            long[] segments = row.keySet().longStream().boxed().sorted(Long::compareUnsigned).mapToLong(s -> s)
                    .toArray();
            for (long segment : segments) {
                double n = row.get(segment);
                split -= n / total * log2(n / labelSizes.get(label));
                merge -= n / total * log2(n / segmentSizes.get(segment));
                pairs += n * n;
            }
        }
        double precision = pairs / squares(segmentSizes);
        double recall = pairs / squares(labelSizes);
        // Rounding can leave a perfect score a hair below zero.
        return new Score(Math.max(0, 1 - 2 * precision * recall / (precision + recall)), precision, recall,
                Math.max(0, split), Math.max(0, merge), labelSizes.size(), segmentSizes.size(), total, ignored);
    }

    private static double squares(Long2LongOpenHashMap sizes) {
        // Whole numbers below 2^53 each; their sum does not depend on the order up to there, sorted beyond.
        return sizes.values().longStream().sorted().mapToDouble(n -> (double) n * n).sum();
    }

    private static double log2(double x) {
        return StrictMath.log(x) / StrictMath.log(2);
    }
}
