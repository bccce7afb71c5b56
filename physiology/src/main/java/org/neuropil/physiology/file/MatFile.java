package org.neuropil.physiology.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.neuropil.space.InputException;

import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

/// The variables of a MATLAB file of version 5 (also called 6 and 7), read whole.
final class MatFile {
    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int HEADER = 128;
    private static final int TAG = 8;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    /// Deflated bytes hold at most so many times their number.
    private static final long MOST_INFLATED = 1032;

    private final String file;
    private final Map<String, Array> variables;

    private MatFile(String file, Map<String, Array> variables) {
        this.file = file;
        this.variables = variables;
    }

    /// Refuses what is more than a file of its size can hold, before it is allocated.
    private static final class Allocator implements BufferAllocator {
        private long left;

        Allocator(long most) {
            left = most;
        }

        @Override
        public ByteBuffer allocate(int bytes) {
            left -= Math.max(bytes, 0);
            if (bytes < 0 || left < 0) {
                throw new IllegalArgumentException("it says that it holds more than a file of its size can");
            }
            return ByteBuffer.allocate(bytes);
        }

        @Override
        public void release(ByteBuffer buffer) {
            // The garbage collector's.
        }
    }

    /// @throws InputException if it is no such file, or damaged
    static MatFile read(Path path) throws IOException {
        String file = path.toString();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new InputException("cannot be read, or is not there", file, "");
        }
        if (Files.size(path) > MOST_BYTES) {
            throw new InputException("has 2 GiB or more, too many for a MATLAB file of version 5", file, "");
        }
        return parse(Files.readAllBytes(path), file);
    }

    /// @throws InputException if these are bytes of no such file
    static MatFile parse(byte[] bytes, String file) {
        String start = new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.ISO_8859_1);
        if (start.startsWith("MATLAB 7.3")) {
            throw new InputException("is a MATLAB file of version 7.3", file, "save it with -v7");
        }
        if (bytes.length < HEADER) {
            throw new InputException("is cut short: it has " + bytes.length + " bytes, fewer than a header of MATLAB",
                    file, "");
        }
        checkLengths(bytes, file);
        Map<String, Array> variables = new LinkedHashMap<>();
        try {
            Mat5.newReader(Sources.wrap(bytes)).disableSubsystemProcessing()
                    .setBufferAllocator(new Allocator(Math.min(MOST_BYTES, bytes.length * MOST_INFLATED))).readMat()
                    .getEntries().forEach(entry -> variables.put(entry.getName(), entry.getValue()));
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            // The library tells of damage with exceptions of all kinds, within each other.
            Throwable reason = e;
            for (int i = 0; reason.getCause() != null && i < 20; i++) {
                reason = reason.getCause();
            }
            String message = reason.getMessage() == null ? "" : reason.getMessage();
            throw new InputException("is no MATLAB file of version 5, or is damaged"
                    + message.lines().findFirst().map(line -> ": " + line).orElse(""), file, "", e);
        }
        return new MatFile(file, variables);
    }

    /// The library tells on stderr of variables that are too long, and goes on.
    private static void checkLengths(byte[] bytes, String file) {
        ByteBuffer in = ByteBuffer.wrap(bytes)
                .order(bytes[HEADER - 2] == 'M' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int at = HEADER;
        while (at < bytes.length) {
            int left = bytes.length - at - TAG;
            long length = left < 0 ? 0 : Integer.toUnsignedLong(in.getInt(at + 4));
            if (left < 0 || length > left) {
                throw new InputException("is cut short, or damaged: what begins at byte " + at + " has " + length
                        + " bytes, and the file " + Math.max(0, left) + " more", file, "");
            }
            int type = in.getInt(at);
            if (type != MATRIX && type != COMPRESSED) {
                throw new InputException("is no MATLAB file of version 5, or is damaged: what begins at byte " + at
                        + " is of kind " + Integer.toUnsignedString(type) + ", and no variable", file, "");
            }
            at += TAG + (int) length;
        }
    }

    String name() {
        return file;
    }

    /// Names of its variables, sorted.
    List<String> names() {
        return variables.keySet().stream().sorted().toList();
    }

    boolean has(String name) {
        return variables.containsKey(name);
    }

    /// A matrix of real numbers; a field of a structure by its name behind a point. Empty if there is none.
    Optional<Matrix> matrix(String name) {
        int point = name.indexOf('.');
        if (point < 0) {
            return variables.get(name) instanceof Matrix matrix && isPlain(matrix)
                    ? Optional.of(matrix)
                    : Optional.empty();
        }
        if (variables.get(name.substring(0, point)) instanceof Struct struct && struct.getNumElements() == 1
                && struct.getFieldNames().contains(name.substring(point + 1))) {
            Array field = struct.get(name.substring(point + 1));
            return field instanceof Matrix matrix && isPlain(matrix) ? Optional.of(matrix) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isPlain(Matrix matrix) {
        return !matrix.isComplex() && matrix.getNumDimensions() == 2;
    }

    /// A matrix that must be there.
    ///
    /// @throws InputException if it is not
    Matrix needed(String name) {
        return matrix(name).orElseThrow(() -> new InputException("has no matrix of real numbers named '" + name + "'",
                file, "there are " + String.join(", ", names())));
    }

    /// All numbers of a matrix, column by column.
    ///
    /// @throws InputException if it is not there
    double[] numbers(String name) {
        Matrix matrix = needed(name);
        double[] numbers = new double[matrix.getNumElements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = matrix.getDouble(i);
        }
        return numbers;
    }

    /// A text; empty if there is none.
    String text(String name) {
        if (!(variables.get(name) instanceof Char chars) || chars.getNumElements() == 0
                || chars.getNumDimensions() != 2) {
            return "";
        }
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < chars.getNumRows(); row++) {
            rows.add(chars.getRow(row).strip());
        }
        return String.join(" ", rows);
    }
}
