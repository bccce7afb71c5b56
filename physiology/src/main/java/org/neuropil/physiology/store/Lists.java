package org.neuropil.physiology.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/// Lists of numbers in batches of Arrow, moved by whole arrays.
final class Lists {
    static final ArrowType INT = new ArrowType.Int(32, true);
    static final ArrowType BYTE = new ArrowType.Int(8, true);
    static final ArrowType FLOAT = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
    static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

    private Lists() {}

    /// A column of numbers that are never absent.
    static Field field(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), List.of());
    }

    /// A column of lists.
    static Field list(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(ArrowType.List.INSTANCE), List.of(field("element", type)));
    }

    /// A column of texts.
    static Field text(String name) {
        return field(name, ArrowType.Utf8.INSTANCE);
    }

    /// Fills a column of texts.
    static void fill(VectorSchemaRoot rows, String name, List<String> values) {
        VarCharVector vector = (VarCharVector) rows.getVector(name);
        vector.allocateNew(values.size());
        for (int i = 0; i < values.size(); i++) {
            vector.setSafe(i, values.get(i).getBytes(StandardCharsets.UTF_8));
        }
        vector.setValueCount(values.size());
    }

    /// Fills a column of numbers of double precision.
    static void fill(VectorSchemaRoot rows, String name, double[] values) {
        Float8Vector vector = (Float8Vector) rows.getVector(name);
        vector.allocateNew(values.length);
        for (int i = 0; i < values.length; i++) {
            vector.set(i, values[i]);
        }
        vector.setValueCount(values.length);
    }

    /// Fills a column of whole numbers.
    static void fill(VectorSchemaRoot rows, String name, int[] values) {
        IntVector vector = (IntVector) rows.getVector(name);
        vector.allocateNew(values.length);
        for (int i = 0; i < values.length; i++) {
            vector.set(i, values[i]);
        }
        vector.setValueCount(values.length);
    }

    /// Fills a column of lists.
    ///
    /// @param lengths of the lists
    /// @param values of all lists one after the other, in the machine's order of bytes
    /// @param width bytes of a value
    static void fill(VectorSchemaRoot rows, String name, int[] lengths, ByteBuffer values, int width) {
        ListVector vector = (ListVector) rows.getVector(name);
        int count = values.remaining() / width;
        vector.setInitialCapacity(lengths.length);
        vector.allocateNew();
        BaseFixedWidthVector elements = (BaseFixedWidthVector) vector.getDataVector();
        elements.allocateNew(count);
        elements.getDataBuffer().setBytes(0, values);
        elements.getValidityBuffer().setOne(0, elements.getValidityBuffer().capacity());
        elements.setValueCount(count);
        ArrowBuf offsets = vector.getOffsetBuffer();
        int at = 0;
        offsets.setInt(0, 0);
        for (int i = 0; i < lengths.length; i++) {
            at += lengths[i];
            offsets.setInt(4L * (i + 1), at);
            BitVectorHelper.setBit(vector.getValidityBuffer(), i);
        }
        vector.setLastSet(lengths.length - 1);
        vector.setValueCount(lengths.length);
        elements.setValueCount(count);
    }

    /// Room for values in the machine's order of bytes.
    static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
    }

    /// The bytes of a row's list.
    static ByteBuffer bytes(VectorSchemaRoot rows, String name, int row, int width) {
        ListVector vector = (ListVector) rows.getVector(name);
        long from = vector.getElementStartIndex(row);
        int length = vector.getElementEndIndex(row) - (int) from;
        return ((BaseFixedWidthVector) vector.getDataVector()).getDataBuffer()
                .nioBuffer(from * width, length * width).order(ByteOrder.nativeOrder());
    }
}
