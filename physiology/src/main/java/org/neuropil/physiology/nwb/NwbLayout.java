package org.neuropil.physiology.nwb;

/// Whose file it is.
enum NwbLayout {
    /// Tables of ROIs with columns column, volume, plane and roi.
    V1DD("nwb-v1dd"),
    /// Fields of a scan, `PlaneSegmentation1` and so on.
    MICRONS("nwb-microns"),
    /// Somebody else's.
    OTHER("nwb");

    private final String word;

    NwbLayout(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
