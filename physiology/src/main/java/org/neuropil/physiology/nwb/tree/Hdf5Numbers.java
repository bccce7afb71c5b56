package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.volume.hdf5.Hdf5Array;

import io.jhdf.api.Dataset;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;

/// A dataset of HDF5.
final class Hdf5Numbers implements Array {
    private static final long MOST_TEXTS = 1L << 22;

    private final Hdf5Tree tree;
    private final Dataset dataset;
    private final int[] shape;
    private final List<Part> parts;
    private final @Nullable Hdf5Array elements;

    private Hdf5Numbers(Hdf5Tree tree, Dataset dataset, int[] shape, List<Part> parts, @Nullable Hdf5Array elements) {
        this.tree = tree;
        this.dataset = dataset;
        this.shape = shape;
        this.parts = parts;
        this.elements = elements;
    }

    static Hdf5Numbers of(Hdf5Tree tree, Dataset dataset) {
        String where = tree.source() + ":" + Hdf5Tree.path(dataset);
        return tree.file().ask(_ -> {
            List<Part> parts = parts(dataset.getDataType());
            int[] shape = dataset.isEmpty() ? new int[]{0} : dataset.getDimensions();
            boolean none = parts.isEmpty() || Arrays.stream(shape).anyMatch(n -> n == 0);
            return new Hdf5Numbers(tree, dataset, shape, parts, none ? null : Hdf5Array.of(dataset, where));
        });
    }

    private static List<Part> parts(DataType type) {
        if (type instanceof CompoundDataType record) {
            List<Part> parts = new ArrayList<>();
            record.getMembers().forEach(member -> parts.addAll(part(member.getDataType(), member.getName(),
                    member.getOffset(), type.getSize())));
            return parts;
        }
        return part(type, "", 0, type.getSize());
    }

    /// A number of a type; none if it is no number.
    private static List<Part> part(DataType given, String name, int offset, int width) {
        // As which h5py writes true and false.
        DataType type = given instanceof EnumDataType names ? names.getBaseType() : given;
        int bytes = type.getSize();
        boolean usual = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        if (!usual || offset < 0 || offset > width - bytes) {
            return List.of();
        }
        boolean big = type instanceof OrderedDataType ordered && ordered.getByteOrder() == ByteOrder.BIG_ENDIAN;
        if (type instanceof FixedPoint whole && whole.getBitPrecision() == 8 * bytes) {
            return List.of(new Part(name, whole.isSigned() ? Part.Kind.SIGNED : Part.Kind.UNSIGNED, bytes, offset,
                    big));
        }
        return type instanceof FloatingPoint && bytes > 1
                ? List.of(new Part(name, Part.Kind.FLOAT, bytes, offset, big))
                : List.of();
    }

    @Override
    public String path() {
        return Hdf5Tree.path(dataset);
    }

    @Override
    public String where() {
        return tree.source() + ":" + path();
    }

    @Override
    public Optional<Value> attribute(String name) {
        return tree.attribute(dataset, name);
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    @Override
    public int width() {
        return parts.isEmpty() ? 0 : dataset.getDataType().getSize();
    }

    @Override
    public int[] chunk() {
        return elements == null ? shape.clone() : elements.chunk();
    }

    @Override
    public boolean isFirstFastest() {
        return false;
    }

    @Override
    public Optional<byte[]> read(int[] corner) throws IOException {
        if (elements == null) {
            return Optional.empty();
        }
        try {
            return elements.read(corner);
        } catch (IOException e) {
            throw new IOException("chunk " + Arrays.toString(corner) + " of " + where() + " " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] fill() {
        byte[] fill = new byte[Math.max(1, width())];
        Optional<Object> value = tree.file().ask(_ -> Optional.ofNullable(dataset.getFillValue()));
        if (value.isPresent() && value.get() instanceof Number number) {
            plain().ifPresent(part -> part.put(number, fill));
        }
        return fill;
    }

    @Override
    public List<String> texts() {
        if (size() > MOST_TEXTS) {
            throw new InputException("has " + size() + " texts, and at most " + MOST_TEXTS + " are read", where(), "");
        }
        if (size() == 0) {
            return List.of();
        }
        Object data = tree.file().ask(_ -> dataset.getData());
        List<Object> all = new ArrayList<>();
        Hdf5Tree.flatten(data, all);
        if (all.size() != size() || !all.stream().allMatch(String.class::isInstance)) {
            throw new InputException("has no texts for elements", where(), "");
        }
        return all.stream().map(String.class::cast).toList();
    }
}
