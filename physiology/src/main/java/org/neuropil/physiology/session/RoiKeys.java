package org.neuropil.physiology.session;

import java.util.Comparator;

/// The order of keys: by kind, then by their parts.
final class RoiKeys {
    private static final Comparator<RoiKey.Column> COLUMNS = Comparator.comparingInt(RoiKey.Column::column)
            .thenComparingInt(RoiKey.Column::volume).thenComparingInt(RoiKey.Column::plane)
            .thenComparingInt(RoiKey.Column::roi);
    private static final Comparator<RoiKey.Scan> SCANS = Comparator.comparingInt(RoiKey.Scan::session)
            .thenComparingInt(RoiKey.Scan::scan).thenComparingInt(RoiKey.Scan::field)
            .thenComparing(RoiKey.Scan::unit, Long::compareUnsigned);
    private static final Comparator<RoiKey.Masked> MASKS = Comparator.comparingInt(RoiKey.Masked::session)
            .thenComparingInt(RoiKey.Masked::scan).thenComparingInt(RoiKey.Masked::field)
            .thenComparing(RoiKey.Masked::mask, Long::compareUnsigned);
    private static final Comparator<RoiKey.Recorded> RECORDED = Comparator.comparing(RoiKey.Recorded::recording)
            .thenComparingInt(RoiKey.Recorded::plane).thenComparing(RoiKey.Recorded::roi, Long::compareUnsigned);

    static final Comparator<RoiKey> ORDER = (a, b) -> {
        if (a instanceof RoiKey.Column one && b instanceof RoiKey.Column other) {
            return COLUMNS.compare(one, other);
        }
        if (a instanceof RoiKey.Scan one && b instanceof RoiKey.Scan other) {
            return SCANS.compare(one, other);
        }
        if (a instanceof RoiKey.Masked one && b instanceof RoiKey.Masked other) {
            return MASKS.compare(one, other);
        }
        if (a instanceof RoiKey.Recorded one && b instanceof RoiKey.Recorded other) {
            return RECORDED.compare(one, other);
        }
        return Integer.compare(kind(a), kind(b));
    };

    private RoiKeys() {}

    private static int kind(RoiKey key) {
        return switch (key) {
            case RoiKey.Column _ -> 0;
            case RoiKey.Scan _ -> 1;
            case RoiKey.Masked _ -> 2;
            case RoiKey.Recorded _ -> 3;
        };
    }
}
