package org.neuropil.cli;

/// How a result is written to stdout; named as on the command line.
enum Format {
    /// Aligned columns with units.
    text,
    /// One JSON value.
    json,
    /// RFC 4180 with a header.
    csv,
    /// An Arrow stream; of rows of tables only.
    arrow,
    /// Parquet; of rows of tables only.
    parquet
}
