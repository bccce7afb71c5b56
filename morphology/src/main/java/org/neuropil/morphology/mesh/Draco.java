package org.neuropil.morphology.mesh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import com.openize.drako.AttributeType;
import com.openize.drako.DataType;
import com.openize.drako.DracoCompressionLevel;
import com.openize.drako.DracoEncodeOptions;
import com.openize.drako.DracoMesh;
import com.openize.drako.DrakoException;
import com.openize.drako.PointAttribute;

/// Meshes with whole coordinates as Draco bytes: one INT32 position attribute, without Draco's own quantisation, as
/// Neuroglancer wants it.
///
/// The library writes only the first component of an integer attribute (drako 1.4.5: `prepareValues` of its integer
/// encoder). Its quantising encoder writes all three, in the same layout but for a type byte in front and the
/// quantisation's parameters behind. So coordinates go in as floats with a quantisation that is the identity, and then
/// both are put right. Every part of the bytes that is touched is checked first.
final class Draco {
    /// Largest coordinate.
    static final int MAX = 0xFFFF;

    private static final int BITS = 16;
    /// The quantisation at the end: 0, 0, 0, 65535 as floats, 16 as a byte.
    private static final byte[] IDENTITY = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN).putFloat(12, MAX)
            .put(16, (byte) BITS).array();
    /// One attribute: position, of floats, three, not normalised, number 0, quantised.
    private static final byte[] FLOATS = {1, AttributeType.POSITION, DataType.FLOAT32, 3, 0, 0, 2};
    /// The same of integers, not quantised.
    private static final byte[] INTEGERS = {1, AttributeType.POSITION, DataType.INT32, 3, 0, 0, 1};
    /// In front of [#FLOATS]: one decoder, of the mesh's own corners (-1), then how the mesh is walked (2 bytes).
    private static final byte[] DECODER = {1, -1};

    private Draco() {}

    /// A position attribute that tells the library, when it asks for values to find their range, the whole range.
    private static final class Positions extends PointAttribute {
        Positions(int[] coordinates) {
            super(AttributeType.POSITION, DataType.FLOAT32, 3, false);
            reset(coordinates.length / 3);
            ByteBuffer bytes = ByteBuffer.allocate(4 * coordinates.length).order(ByteOrder.LITTLE_ENDIAN);
            for (int c : coordinates) {
                if (c < 0 || c > MAX) {
                    throw new IllegalArgumentException("coordinate " + c + " does not fit " + BITS + " bits");
                }
                bytes.putFloat(c);
            }
            getBuffer().write(0, bytes.array(), bytes.capacity());
            setIdentityMapping(true);
        }

        @Override
        public void getValue(int vertex, float[] into) {
            Arrays.fill(into, vertex == 0 ? 0 : MAX);
        }
    }

    /// @param mesh at least one triangle; coordinates 0 to 65535
    static byte[] encode(LatticeMesh mesh) {
        byte[] bytes = quantised(mesh);
        return integers(bytes, check(bytes));
    }

    /// The bytes of a mesh of 32-bit floats: what decodes is `origin + step * coordinate`.
    ///
    /// @param mesh at least one triangle; coordinates 0 to 65535
    /// @param step a power of two, so that nothing is rounded when it is multiplied
    static byte[] encode(LatticeMesh mesh, float[] origin, float step) {
        byte[] bytes = quantised(mesh);
        check(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(bytes.length - IDENTITY.length)
                .putFloat(origin[0]).putFloat(origin[1]).putFloat(origin[2]).putFloat(step * MAX);
        return bytes;
    }

    private static byte[] quantised(LatticeMesh mesh) {
        DracoMesh draco = new DracoMesh();
        draco.setNumPoints(mesh.vertexCount());
        draco.addAttribute(new Positions(mesh.vertices()));
        draco.setNumFaces(mesh.triangleCount());
        int[] face = new int[3];
        for (int t = 0; t < mesh.triangleCount(); t++) {
            System.arraycopy(mesh.triangles(), 3 * t, face, 0, 3);
            draco.setFace(t, face);
        }
        DracoEncodeOptions options = new DracoEncodeOptions();
        options.setCompressionLevel(DracoCompressionLevel.OPTIMAL);
        options.setPositionBits(BITS);
        try {
            return com.openize.drako.Draco.encode(draco, options);
        } catch (DrakoException e) {
            throw new IllegalStateException("a mesh of " + mesh.triangleCount() + " triangles cannot be encoded", e);
        }
    }

    static LatticeMesh decode(byte[] bytes) throws IOException {
        DracoMesh draco = mesh(bytes);
        PointAttribute positions = draco.getNamedAttribute(AttributeType.POSITION);
        int[] vertices = new int[3 * draco.getNumPoints()];
        int[] value = new int[3];
        for (int v = 0; v < draco.getNumPoints(); v++) {
            positions.getValue(positions.mappedIndex(v), value);
            System.arraycopy(value, 0, vertices, 3 * v, 3);
        }
        return new LatticeMesh(vertices, triangles(draco));
    }

    static TriangleMesh decodeFloats(byte[] bytes) throws IOException {
        DracoMesh draco = mesh(bytes);
        PointAttribute positions = draco.getNamedAttribute(AttributeType.POSITION);
        float[] vertices = new float[3 * draco.getNumPoints()];
        float[] value = new float[3];
        for (int v = 0; v < draco.getNumPoints(); v++) {
            positions.getValue(positions.mappedIndex(v), value);
            System.arraycopy(value, 0, vertices, 3 * v, 3);
        }
        return new TriangleMesh(vertices, triangles(draco));
    }

    private static DracoMesh mesh(byte[] bytes) throws IOException {
        try {
            if (com.openize.drako.Draco.decode(bytes) instanceof DracoMesh draco) {
                return draco;
            }
        } catch (DrakoException e) {
            throw new IOException("cannot decode Draco bytes: " + e.getMessage(), e);
        }
        throw new IOException("Draco bytes hold no mesh");
    }

    private static int[] triangles(DracoMesh draco) {
        int[] triangles = new int[3 * draco.getNumFaces()];
        for (int c = 0; c < triangles.length; c++) {
            triangles[c] = draco.readCorner(c);
        }
        return triangles;
    }

    /// Checks the layout of what the library wrote.
    ///
    /// @return where [#FLOATS] stands
    private static int check(byte[] floats) {
        int end = floats.length - IDENTITY.length;
        int found = -1;
        for (int i = DECODER.length + 2; i + FLOATS.length <= end; i++) {
            int decoder = i - DECODER.length - 2;
            if (Arrays.equals(floats, i, i + FLOATS.length, FLOATS, 0, FLOATS.length)
                    && Arrays.equals(floats, decoder, decoder + DECODER.length, DECODER, 0, DECODER.length)) {
                if (found >= 0) {
                    throw new IllegalStateException("two attributes in a Draco mesh");
                }
                found = i;
            }
        }
        if (found < 0 || !Arrays.equals(floats, end, floats.length, IDENTITY, 0, IDENTITY.length)) {
            throw new IllegalStateException("the Draco library writes another layout than was expected");
        }
        return found;
    }

    private static byte[] integers(byte[] floats, int found) {
        byte[] bytes = Arrays.copyOf(floats, floats.length - IDENTITY.length);
        System.arraycopy(INTEGERS, 0, bytes, found, INTEGERS.length);
        return bytes;
    }
}
