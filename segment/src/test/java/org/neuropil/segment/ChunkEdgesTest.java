package org.neuropil.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Int3;

import com.github.luben.zstd.Zstd;

class ChunkEdgesTest {
    @Test
    void readsWhatItWrote() throws IOException {
        Random random = new Random(3);
        ChunkEdges edges = new ChunkEdges(list(random, 200, false), list(random, 30, true), list(random, 0, false));
        assertThat(ChunkEdges.parse(edges.toBytes(), "f")).isEqualTo(edges);
        assertThat(edges.all()).hasSize(230);
    }

    @Test
    void writesTheMessageThatTheProofreadingGraphIngests() {
        ChunkEdges edges = new ChunkEdges(List.of(new Edge(1, 2, 0.5f, 3)), List.of(), List.of());
        byte[] message = Zstd.decompress(edges.toBytes(), 1000);
        // Field 1, 36 bytes: first ids (field 1, 8 bytes), second ids, affinities (4 bytes), areas; then two empty fields.
        assertThat(message).startsWith(0x0a, 36, 0x0a, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0x12, 8, 2, 0, 0, 0, 0, 0, 0, 0, 0x1a,
                4, 0, 0, 0, 0x3f, 0x22, 8, 3, 0, 0, 0, 0, 0, 0, 0, 0x12);
        assertThat(ChunkEdges.fileName(new Int3(1, 20, 3))).isEqualTo("edges_1_20_3.proto.zst");
    }

    @Test
    void damagedFilesAreAnErrorThatNamesThem() {
        byte[] good = new ChunkEdges(list(new Random(1), 50, false), List.of(), List.of()).toBytes();
        byte[] message = Zstd.decompress(good, 1 << 20);
        Random random = new Random(2);
        for (int i = 0; i < 3000; i++) {
            byte[] bad = (i % 2 == 0 ? good : message).clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                bad[random.nextInt(Math.min(bad.length, i % 3 == 0 ? 40 : bad.length))] = (byte) random.nextInt();
            }
            byte[] file = i % 2 == 0 ? bad : Zstd.compress(bad);
            try {
                ChunkEdges.parse(file, "edges_0_0_0.proto.zst");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("edges_0_0_0.proto.zst is not a file of edges");
            }
        }
        assertThatThrownBy(() -> ChunkEdges.parse(new byte[0], "f")).isInstanceOf(IOException.class);
    }

    private static List<Edge> list(Random random, int n, boolean cut) {
        List<Edge> list = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            list.add(new Edge(random.nextLong(), random.nextLong(),
                    cut ? Float.POSITIVE_INFINITY : random.nextFloat(), 1 + random.nextInt(1000)));
        }
        return list;
    }
}
