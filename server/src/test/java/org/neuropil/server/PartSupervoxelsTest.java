package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.voxels.PatchedSupervoxels;
import org.neuropil.graph.voxels.SupervoxelPatch;
import org.neuropil.graph.voxels.SupervoxelVolume;
import org.neuropil.pipeline.Dataset;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Volume;
import org.neuropil.volume.codec.CompressedSegmentation;

/// Chunks of a volume in which a supervoxel was cut.
class PartSupervoxelsTest {
    private static final Box FIRST = Box.of(TestDataset.BOUNDS.min(), new Int3(64, 64, 16));
    private static final Box SECOND = new Box(new Int3(128, 0, 32), new Int3(164, 64, 48));
    private static final long WHOLE = TestDataset.FIRST_ID;
    private static final long[] PARTS = {11, 12};

    @TempDir
    private Path temp = Path.of("");

    private static String name(Box box) {
        return "8_8_33/" + box.min().x() + "-" + box.max().x() + "_" + box.min().y() + "-" + box.max().y() + "_"
                + box.min().z() + "-" + box.max().z();
    }

    private static long[] decoded(Answer.Resource file, Box box) throws IOException {
        long[] labels = new long[box.voxels()];
        Body body = Objects.requireNonNull(file.plain());
        CompressedSegmentation.decode(body.read(), box.size(), CompressedSegmentation.BLOCK, labels);
        return labels;
    }

    /// A patch over the first chunk, as the format of patches has it.
    private static byte[] patch(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20).put((byte) 1).putLong(WHOLE).putInt(FIRST.min().x())
                .putInt(FIRST.min().y()).putInt(FIRST.min().z());
        for (int size : new int[]{FIRST.size().x(), FIRST.size().y(), FIRST.size().z(), PARTS.length}) {
            varint(bytes, size);
        }
        bytes.putLong(PARTS[0]).putLong(PARTS[1]);
        int from = 0;
        for (int i = 1; i <= numbers.length; i++) {
            if (i == numbers.length || numbers[i] != numbers[from]) {
                varint(bytes, (i - from - 1) * (PARTS.length + 1) + numbers[from]);
                from = i;
            }
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void varint(ByteBuffer bytes, int value) {
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            bytes.put((byte) (rest & 0x7f | 0x80));
        }
        bytes.put((byte) rest);
    }

    @Test
    void onlyChunksWithPatchesAreWrittenAnew() throws IOException {
        try (Dataset dataset = TestDataset.write(temp)) {
            Volume volume = dataset.volume("supervoxels");
            long[] plain = volume.read(0, FIRST).ids().data();
            int[] numbers = new int[plain.length];
            for (int i = 0; i < plain.length; i++) {
                numbers[i] = plain[i] != WHOLE ? 0 : i < plain.length / 2 ? 1 : 2;
            }
            SupervoxelPatch patch = SupervoxelPatch.parse(patch(numbers), "patch");
            Grid grid = new Grid(TestDataset.BOUNDS, new Int3(64, 64, 16));
            PatchedSupervoxels patched = new PatchedSupervoxels(SupervoxelVolume.of(volume), grid,
                    chunk -> chunk.equals(Int3.ZERO) ? List.of(patch) : List.of());
            PartSupervoxels served = new PartSupervoxels(new LiveDataset(temp), "supervoxels", volume, patched);

            long[] found = decoded(served.file(name(FIRST)).orElseThrow(), FIRST);
            long[] expected = new long[plain.length];
            Arrays.setAll(expected, i -> numbers[i] == 0 ? plain[i] : PARTS[numbers[i] - 1]);
            assertThat(found).isEqualTo(expected);
            assertThat(LongStream.of(found).anyMatch(id -> id == 11)).isTrue();

            Answer.Resource other = served.file(name(SECOND)).orElseThrow();
            assertThat(other.plain()).isInstanceOf(Body.Stored.class);
            assertThat(decoded(other, SECOND)).isEqualTo(volume.read(0, SECOND).ids().data());

            assertThat(served.ids(FIRST)).isEqualTo(LongStream.of(expected).distinct().sorted().toArray());
            Box outside = Box.of(new Int3(64, 0, 32), new Int3(10, 10, 10));
            assertThat(served.file(name(outside))).isEmpty();
            assertThat(served.file("../segmentation/info")).isEmpty();
            assertThat(served.info().path("scales").get(0).path("encoding").asString())
                    .isEqualTo("compressed_segmentation");
        }
    }
}
