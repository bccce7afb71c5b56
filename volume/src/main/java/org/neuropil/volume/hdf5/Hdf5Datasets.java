package org.neuropil.volume.hdf5;

import java.lang.reflect.Array;
import java.nio.ByteOrder;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.DataType;

import io.jhdf.api.Dataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;

/// What is asked of jhdf.
final class Hdf5Datasets {
    private Hdf5Datasets() {}

    /// What an element is.
    record Element(DataType type, boolean bigEndian) {}

    /// The type of a dataset's elements.
    ///
    /// @throws InputException if voxels cannot be of it
    static Element element(Dataset dataset, String where) {
        io.jhdf.object.datatype.DataType type = dataset.getDataType();
        // As which h5py writes true and false.
        type = type instanceof EnumDataType names ? names.getBaseType() : type;
        int bits = 8 * type.getSize();
        if (type instanceof FixedPoint whole && whole.getBitPrecision() == bits && Integer.bitCount(bits) == 1
                && bits <= 64) {
            return new Element(DataType.parse((whole.isSigned() ? "int" : "uint") + bits, where),
                    whole.getByteOrder() == ByteOrder.BIG_ENDIAN);
        }
        if (type instanceof FloatingPoint number && (bits == 32 || bits == 64)) {
            return new Element(bits == 32 ? DataType.FLOAT32 : DataType.FLOAT64,
                    number.getByteOrder() == ByteOrder.BIG_ENDIAN);
        }
        throw new InputException("has elements of type " + type.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                + " of " + bits + " bits", where, "whole numbers of 8 to 64 bits and floats of 32 and 64 are read");
    }

    /// An attribute's numbers; none if it is something else.
    static double[] numbers(Object data) {
        if (data instanceof Number number) {
            return new double[]{number.doubleValue()};
        }
        if (!data.getClass().isArray()) {
            return new double[0];
        }
        double[] numbers = new double[Array.getLength(data)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Array.get(data, i) instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return numbers;
    }

    /// True if jhdf says that a chunk is not in the file, which is no damage; it has no other word for it than this.
    static boolean isUnwritten(Throwable e) {
        return e instanceof HdfException && String.valueOf(e.getMessage()).startsWith("No chunk with offset");
    }

    /// What to say of an error of jhdf's: it tells of damage with exceptions of all kinds, and takes as much memory as damaged
    /// lengths ask for.
    static InputException damage(String file, Throwable e) {
        Throwable reason = reason(e);
        if (reason instanceof UnsupportedHdfException) {
            return new InputException("has what is not supported: " + reason.getMessage(), file,
                    "write it anew with h5repack, for HDF5 1.10 if it is of a later version", e);
        }
        return new InputException("is no HDF5 file, or is damaged: " + text(reason), file, "", e);
    }

    /// What is at the bottom of an error of jhdf's.
    static Throwable reason(Throwable e) {
        Throwable cause = e;
        for (int i = 0; cause.getCause() != null && i < 20; i++) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// An error's message, or else its name.
    static String text(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /// A fill value as a voxel's bits; 0 if there is none.
    static long bits(@Nullable Object fill, DataType type) {
        return switch (fill) {
            case Number number when type == DataType.FLOAT32 -> Float.floatToRawIntBits(number.floatValue());
            case Number number when type == DataType.FLOAT64 -> Double.doubleToRawLongBits(number.doubleValue());
            case Number number -> number.longValue();
            case null, default -> 0;
        };
    }
}
