package org.neuropil.graph.ingest;

import java.io.IOException;

import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.store.Store;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/// The file `components_<x>_<y>_<z>.proto` of a chunk as PyChunkedGraph reads it: one repeated field of whole numbers, for
/// each component its size and then as many supervoxels, of the chunk and, where they touch it, of its neighbours.
final class ComponentFile {
    private static final int FIELD = 1;

    private final Long2IntOpenHashMap components = new Long2IntOpenHashMap();

    private ComponentFile() {}

    static String fileName(Int3 chunk) {
        return "components_" + chunk.x() + "_" + chunk.y() + "_" + chunk.z() + ".proto";
    }

    /// Reads the file of a chunk.
    ///
    /// @throws InputException if there is none, or it is none
    static ComponentFile read(Store folder, Int3 chunk) throws IOException {
        String name = fileName(chunk);
        byte[] bytes = folder.get(name).orElseThrow(() -> new InputException("is missing", folder.uri(name),
                "each chunk has a file of components, empty if it has no supervoxels"));
        return parse(bytes, folder.uri(name));
    }

    /// Reads a file's bytes.
    ///
    /// @param where the file, for the error
    static ComponentFile parse(byte[] bytes, String where) throws IOException {
        LongArrayList values = new LongArrayList();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            int tag;
            while ((tag = in.readTag()) != 0) {
                if (tag == FIELD << 3) {
                    values.add(in.readUInt64());
                } else if (tag == (FIELD << 3 | 2)) {
                    int limit = in.pushLimit(in.readRawVarint32());
                    while (in.getBytesUntilLimit() > 0) {
                        values.add(in.readUInt64());
                    }
                    in.popLimit(limit);
                } else if (!in.skipField(tag)) {
                    throw new InputException("is not a file of components: stray end of group", where, "");
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new InputException("is not a file of components: " + e.getMessage(), where, "", e);
        }
        return of(values, where);
    }

    private static ComponentFile of(LongArrayList values, String where) {
        ComponentFile file = new ComponentFile();
        int component = 0;
        for (int i = 0; i < values.size();) {
            long size = values.getLong(i++);
            if (size < 1 || size > values.size() - i) {
                throw new InputException("component " + (component + 1) + " has a size of "
                        + Long.toUnsignedString(size) + " where " + (values.size() - i) + " numbers are left", where,
                        "a component is its size and then as many supervoxels");
            }
            component++;
            for (int k = 0; k < size; k++) {
                long supervoxel = values.getLong(i++);
                int before = file.components.put(supervoxel, component);
                if (before != 0 && before != component) {
                    throw new InputException("supervoxel " + Long.toUnsignedString(supervoxel) + " is in components "
                            + before + " and " + component, where, "a supervoxel is in one component");
                }
            }
        }
        return file;
    }

    /// The component of a supervoxel, from 1; 0 if it is in none.
    int component(long supervoxel) {
        return components.get(supervoxel);
    }

    /// All supervoxels that are in a component.
    long[] supervoxels() {
        return components.keySet().toLongArray();
    }
}
