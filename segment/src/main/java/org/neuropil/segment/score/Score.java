package org.neuropil.segment.score;

/// How well a segmentation agrees with labels.
///
/// Background rule: voxels with label 0 are left out; segment 0 counts as one ordinary segment (CREMI's rule for
/// variation of information).
///
/// @param adaptedRandError 1 less the harmonic mean of `randPrecision` and `randRecall`; 0 is perfect
/// @param randPrecision sum of squared pair counts over that of squared segment sizes; low where segments merge cells
/// @param randRecall the same over squared label sizes; low where cells are split
/// @param viSplit H(segments | labels) in bits: how much cells are split
/// @param viMerge H(labels | segments) in bits: how much segments merge cells
/// @param labelCount number of labels, without 0
/// @param segmentCount number of segments on voxels that are counted
/// @param voxelsScored voxels with a label
/// @param voxelsIgnored voxels with label 0
public record Score(double adaptedRandError, double randPrecision, double randRecall, double viSplit, double viMerge,
        long labelCount, long segmentCount, long voxelsScored, long voxelsIgnored) {
    /// What is done with voxels that belong to nothing.
    public static final String RULE = "voxels with label 0 are left out; segment 0 counts as one segment";

    /// Variation of information in bits: split and merge together.
    public double viSum() {
        return viSplit + viMerge;
    }

    /// [#RULE].
    public String rule() {
        return RULE;
    }
}
