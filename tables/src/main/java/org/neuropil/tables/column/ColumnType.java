package org.neuropil.tables.column;

/// What the values of a column are.
public enum ColumnType {
    /// An id: unsigned in 64 bits. Files and databases hold it as a signed integer, as all readers of Parquet know it; so
    /// ids from 2^63 on are refused where rows come in.
    ID,
    /// A whole number of 64 bits.
    INT64,
    /// A whole number of 32 bits.
    INT32,
    /// A number of single precision.
    FLOAT32,
    /// A number of double precision.
    FLOAT64,
    /// True or false.
    BOOLEAN,
    /// Text.
    TEXT,
    /// A moment, in microseconds since 1970, UTC.
    TIMESTAMP
}
