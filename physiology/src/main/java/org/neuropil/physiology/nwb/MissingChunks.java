package org.neuropil.physiology.nwb;

/// What chunks that a folder of Zarr does not have stand for. Zarr says: the fill value; but a release that lost some
/// would so have zeros for traces and directions, and nobody would know.
public enum MissingChunks {
    /// The session is refused, unless the array says by a fill value that is not 0 what is meant.
    REFUSE("refuse"),
    /// Of traces, frames that are missing: NaN; of other arrays the fill value.
    NAN("nan"),
    /// The array's fill value, as Zarr has it.
    FILL("fill");

    private final String word;

    MissingChunks(String word) {
        this.word = word;
    }

    /// Its name on the command line.
    public String word() {
        return word;
    }
}
