package org.neuropil.graph;

import java.io.IOException;
import java.util.Arrays;

import org.neuropil.graph.voxels.SupervoxelPatch;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Gives bytes to all of this module that reads bytes from a store: whatever they are, nothing but a declared error may
/// come out, in bounded memory. As a test it tries the inputs beside it; `interop/fuzz` looks for others.
class ParsersFuzzTest {
    private static final int PARSERS = 1;
    private static final int MOST_VOXELS = 1 << 16;

    @FuzzTest
    void nothingButDeclaredErrors(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        try {
            parse((input[0] & 0xFF) % PARSERS, bytes);
        } catch (IOException | InputException e) {
            // Declared: it names what is wrong.
        }
    }

    private static void parse(int parser, byte[] bytes) throws IOException {
        if (parser == 0) {
            SupervoxelPatch patch = SupervoxelPatch.parse(bytes, "row");
            if (!Arrays.equals(patch.toBytes(), bytes)) {
                throw new IllegalStateException("the same patch has other bytes");
            }
            if (patch.box().volume() < MOST_VOXELS) {
                apply(patch);
            }
        }
    }

    private static void apply(SupervoxelPatch patch) {
        for (Int3 factor : new Int3[]{Int3.all(1), new Int3(2, 3, 1)}) {
            Box box = new Box(patch.box().min().floorDiv(factor), patch.box().max().floorDiv(factor));
            Block.Longs labels = new Block.Longs(box, new long[box.voxels()]);
            Arrays.fill(labels.data(), patch.whole());
            patch.apply(labels, factor, new VoxelSize(4, 4, 40));
        }
    }
}
