package org.neuropil.volume;

import org.neuropil.space.InputException;

/// What a voxel holds. Unsigned numbers live in Java's signed primitives of the same width.
public enum DataType {
    /// Unsigned 8-bit, in `byte`.
    UINT8(1, "uint8"),
    /// Unsigned 16-bit, in `short`.
    UINT16(2, "uint16"),
    /// Unsigned 32-bit, in `int`.
    UINT32(4, "uint32"),
    /// Unsigned 64-bit, in `long`; never passes through a double.
    UINT64(8, "uint64"),
    /// IEEE 754 single precision.
    FLOAT32(4, "float32");

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
                "use one of uint8, uint16, uint32, uint64, float32");
    }
}
