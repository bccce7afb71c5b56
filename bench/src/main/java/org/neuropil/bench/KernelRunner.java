package org.neuropil.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;

/// Does benchmark work by command, one line each on stdin, one line of answer each on stdout:
///
/// - `load TYPE X,Y,Z FILE`: makes the voxels of a raw file (little-endian, x fastest) the input; answers `loaded`;
/// - `run WORK THREADS [ARGUMENT]`: does a piece of work once; answers `done SECONDS`;
/// - `save FILE`: writes the last result, a block or contacts, to a raw file; answers `saved TYPE X,Y,Z`;
/// - `quit`.
///
/// An error is answered by `error` and its words.
public final class KernelRunner {
    private final Works works = new Works();
    private @Nullable Block input;
    private @Nullable Object result;

    private KernelRunner() {}

    /// Runs until `quit` or the end of stdin.
    @SuppressWarnings("SystemOut") // stdout is the protocol
    public static void main(String[] args) throws IOException {
        KernelRunner runner = new KernelRunner();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            out.println(runner.answer(line.split(" ", 4)));
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "load" -> {
                    result = null;
                    input = null;
                    input = load(DataType.parse(words[1], "type"), Box.of(Int3.ZERO, Int3.parse(words[2], "size")),
                            Path.of(words[3]));
                    yield "loaded";
                }
                case "run" -> {
                    result = null;
                    if (input == null) {
                        throw new InputException("nothing is loaded", "run", "");
                    }
                    int threads = Integer.parseInt(words[2]);
                    String argument = words.length > 3 ? words[3] : "";
                    works.prepare(words[1], input, argument);
                    long start = System.nanoTime();
                    result = works.run(words[1], input, threads, argument);
                    yield "done " + (System.nanoTime() - start) / 1e9;
                }
                case "save" -> {
                    Block block = Works.block(result);
                    save(block, Path.of(words[1]));
                    yield "saved " + block.type().text() + " " + block.box().size();
                }
                default -> throw new InputException("unknown command", words[0], "");
            };
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            return "error " + (e instanceof InputException bad ? bad.sentence() : e.toString()).replace('\n', ' ')
                    + " " + Arrays.stream(e.getStackTrace()).limit(3).toList();
        }
    }

    private static Block load(DataType type, Box box, Path file) throws IOException {
        Block block = Block.zeros(type, box);
        ByteBuffer part = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            if (in.size() != box.volume() * type.bytes()) {
                throw new InputException("has " + in.size() + " bytes", file.toString(), "");
            }
            int at = 0;
            while (at < box.voxels()) {
                part.clear().limit(Math.min(part.capacity(), (box.voxels() - at) * (long) type.bytes() > part.capacity()
                        ? part.capacity()
                        : (box.voxels() - at) * type.bytes()));
                while (part.hasRemaining()) {
                    in.read(part);
                }
                part.flip();
                int n = part.limit() / type.bytes();
                switch (block) {
                    case Block.Bytes b -> part.get(b.data(), at, n);
                    case Block.Shorts b -> part.asShortBuffer().get(b.data(), at, n);
                    case Block.Ints b -> part.asIntBuffer().get(b.data(), at, n);
                    case Block.Longs b -> part.asLongBuffer().get(b.data(), at, n);
                    case Block.Floats b -> part.asFloatBuffer().get(b.data(), at, n);
                    case Block.Doubles b -> part.asDoubleBuffer().get(b.data(), at, n);
                }
                at += n;
            }
        }
        return block;
    }

    private static void save(Block block, Path file) throws IOException {
        ByteBuffer part = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        int most = part.capacity() / block.type().bytes();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int at = 0; at < block.box().voxels(); at += most) {
                int n = Math.min(most, block.box().voxels() - at);
                part.clear();
                switch (block) {
                    case Block.Bytes b -> part.put(b.data(), at, n);
                    case Block.Shorts b -> part.asShortBuffer().put(b.data(), at, n);
                    case Block.Ints b -> part.asIntBuffer().put(b.data(), at, n);
                    case Block.Longs b -> part.asLongBuffer().put(b.data(), at, n);
                    case Block.Floats b -> part.asFloatBuffer().put(b.data(), at, n);
                    case Block.Doubles b -> part.asDoubleBuffer().put(b.data(), at, n);
                }
                part.position(0).limit(n * block.type().bytes());
                while (part.hasRemaining()) {
                    out.write(part);
                }
            }
        }
    }
}
