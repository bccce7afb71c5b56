package org.neuropil.physiology.nwb.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An array of numbers, of records of numbers, or of texts. Safe for use by several threads.
public non-sealed interface Array extends Item {
    /// Elements along each dimension; empty for a single element.
    int[] shape();

    /// The numbers in an element: one without a name, or those of a record. None if elements are texts or something else.
    List<Part> parts();

    /// Bytes of an element; 0 if it has no parts.
    int width();

    /// Elements along each dimension of what is read at once.
    int[] chunk();

    /// Whether the first dimension is the fastest within a chunk.
    boolean isFirstFastest();

    /// The bytes of a chunk; empty if it was never written. Where an array of HDF5 has no chunks, the last one ends with it.
    ///
    /// @param corner its first element
    /// @throws IOException if they are damaged; names array and chunk
    Optional<byte[]> read(int[] corner) throws IOException;

    /// The bytes of an element that was never written.
    byte[] fill();

    /// How many of its chunks are not there, of those that a folder has one by one; 0 of files, which know what they hold.
    default long missingChunks() throws IOException {
        return 0;
    }

    /// Whether what chunks that are not there hold is said by more than a number of 0: by NaN, or by another number.
    default boolean isFillMeant() {
        return plain().filter(part -> part.number(ByteBuffer.wrap(fill()).order(part.order()), part.offset()) != 0)
                .isPresent();
    }

    /// The same, but that chunks that are not there hold NaN; empty if its elements cannot be NaN.
    default Optional<Array> withoutFill() {
        return plain().filter(part -> part.kind() == Part.Kind.FLOAT).map(part -> {
            byte[] element = fill();
            part.put(Double.NaN, element);
            return new Refilled(this, element);
        });
    }

    /// All its elements as texts, the last dimension fastest.
    ///
    /// @throws org.neuropil.space.InputException if they are no texts, or too many
    List<String> texts() throws IOException;

    /// How many elements there are.
    default long size() {
        long size = 1;
        for (int n : shape()) {
            size *= n;
        }
        return size;
    }

    /// The only number of an element.
    default Optional<Part> plain() {
        return parts().size() == 1 && parts().getFirst().name().isEmpty()
                ? Optional.of(parts().getFirst())
                : Optional.empty();
    }

    /// A number of a record.
    default Optional<Part> part(String name) {
        return parts().stream().filter(part -> part.name().equals(name)).findFirst();
    }
}
