package org.neuropil.volume;

import org.neuropil.space.InputException;

/// What a voxel holds. Unsigned numbers live in Java's signed primitives of the same width.
public enum DataType {
    /// Unsigned 8-bit, in `byte`.
    UINT8(1, "uint8"),
    /// Signed 8-bit, in `byte`.
    INT8(1, "int8"),
    /// Unsigned 16-bit, in `short`.
    UINT16(2, "uint16"),
    /// Signed 16-bit, in `short`.
    INT16(2, "int16"),
    /// Unsigned 32-bit, in `int`.
    UINT32(4, "uint32"),
    /// Signed 32-bit, in `int`.
    INT32(4, "int32"),
    /// Unsigned 64-bit, in `long`; never passes through a double.
    UINT64(8, "uint64"),
    /// Signed 64-bit, in `long`; never passes through a double.
    INT64(8, "int64"),
    /// IEEE 754 single precision.
    FLOAT32(4, "float32"),
    /// IEEE 754 double precision.
    FLOAT64(8, "float64");

    private final int bytes;
    private final String text;

    DataType(int bytes, String text) {
        this.bytes = bytes;
        this.text = text;
    }

    /// Bytes of one voxel.
    public int bytes() {
        return bytes;
    }

    /// The name that Neuroglancer, Zarr and numpy use.
    public String text() {
        return text;
    }

    /// True for fractions.
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /// True for whole numbers that may be negative.
    public boolean isSigned() {
        return !isFloat() && this == signed();
    }

    /// The signed type that lives in the same primitive; a float's own.
    DataType signed() {
        return switch (this) {
            case UINT8 -> INT8;
            case UINT16 -> INT16;
            case UINT32 -> INT32;
            case UINT64 -> INT64;
            default -> this;
        };
    }

    /// The type of a name such as `uint8`.
    ///
    /// @param field where the name stands, for the error
    /// @throws InputException if there is no such type
    public static DataType parse(String text, String field) {
        for (DataType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new InputException("data type '" + text + "' is not supported", field,
                "use one of uint8, int8, uint16, int16, uint32, int32, uint64, int64, float32, float64");
    }
}
