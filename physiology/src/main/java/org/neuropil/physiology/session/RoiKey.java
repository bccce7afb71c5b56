package org.neuropil.physiology.session;

/// What tells an ROI from all others of a release. The short numbers that files also hold (`roi_unique_id` of V1DD lacks the
/// column, `unit_id` of MICrONS repeats in each scan) are no keys.
public sealed interface RoiKey extends Comparable<RoiKey> {
    /// The key in a few letters, parts in order, as tables of text hold it.
    String label();

    @Override
    default int compareTo(RoiKey other) {
        return RoiKeys.ORDER.compare(this, other);
    }

    /// V1DD's key.
    ///
    /// @param column 1 to 5
    /// @param volume 1 to 9, and 10 to 15 for those that files call a to f
    /// @param plane of the volume, from 0
    /// @param roi of the plane, from 0
    record Column(int column, int volume, int plane, int roi) implements RoiKey {
        @Override
        public String label() {
            return "c" + column + "v" + volume + "p" + plane + "r" + roi;
        }
    }

    /// MICrONS' key.
    ///
    /// @param session number of the session
    /// @param scan `scan_idx` in the session
    /// @param field of the scan
    /// @param unit `unit_id` in the scan; unsigned
    record Scan(int session, int scan, int field, long unit) implements RoiKey {
        @Override
        public String label() {
            return session + "_" + scan + "_" + field + "_" + Long.toUnsignedString(unit);
        }
    }

    /// The key of an ROI of MICrONS whose unit is not known: that of its mask. It is no `unit_id`: a field numbers its masks on
    /// its own, and units are those of a scan.
    ///
    /// @param session number of the session
    /// @param scan `scan_idx` in the session
    /// @param field of the scan
    /// @param mask the mask's id in the field; unsigned
    record Masked(int session, int scan, int field, long mask) implements RoiKey {
        @Override
        public String label() {
            return session + "_" + scan + "_" + field + "_m" + Long.toUnsignedString(mask);
        }
    }

    /// The key of an ROI of a laboratory's own recording.
    ///
    /// @param recording its name
    /// @param plane of the recording, from 0
    /// @param roi number that the recording gives it
    record Recorded(String recording, int plane, long roi) implements RoiKey {
        @Override
        public String label() {
            return recording + "_" + plane + "_" + Long.toUnsignedString(roi);
        }
    }
}
