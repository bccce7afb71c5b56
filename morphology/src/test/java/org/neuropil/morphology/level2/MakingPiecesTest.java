package org.neuropil.morphology.level2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.neuropil.morphology.level2.Level2World.PLAIN;
import static org.neuropil.morphology.level2.Level2World.ball;
import static org.neuropil.morphology.level2.Level2World.blocks;
import static org.neuropil.morphology.level2.Level2World.root;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.graph.Graph;
import org.neuropil.space.Int3;

/// Pieces are made when they are asked for, once, and kept; and what cannot be made is said.
class MakingPiecesTest {
    @TempDir
    Path folder;
    @Nullable
    private Level2Meshes shared;

    private Level2Meshes meshes(ToyGraph graph, MeshOptions options, String cache) throws IOException {
        return Level2Meshes.open(graph, blocks(graph, new AtomicInteger()), folder.resolve(cache), options);
    }

    @Test
    void bytesDoNotDependOnOrderOrCache() throws IOException {
        ToyGraph graph = ball();
        long root = root(graph, graph.at(115, -25, 21), Graph.NOW);
        Level2Meshes one = meshes(graph, MeshOptions.DEFAULTS, "one");
        Level2Meshes other = meshes(graph, new MeshOptions(300_000, 1, 2, 0, 9, 5, 0, 0), "other");
        List<Long> nodes = new ArrayList<>(new Manifest(one).nodes(root));
        nodes.add(root);
        Map<Long, byte[]> first = new HashMap<>();
        for (long node : nodes) {
            first.put(node, one.fragment(node));
        }
        for (long node : nodes.reversed()) {
            assertThat(other.fragment(node)).isEqualTo(first.get(node));
        }
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void thoseWhoAskAtOnceGetOnePieceAndTheChunkIsReadOnce() throws Exception {
        ToyGraph graph = ball();
        AtomicInteger reads = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(8);
        Level2Meshes meshes = Level2Meshes.open(graph, voxels -> blocks(graph, reads).read(voxels),
                folder.resolve("cache"), MeshOptions.DEFAULTS);
        long node = graph.roots(new long[]{graph.at(115, -25, 21)}, Graph.NOW, 2)[0];
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<byte[]> ask = () -> {
                all.countDown();
                all.await();
                return meshes.fragment(node);
            };
            List<Future<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(ask));
            }
            for (Future<byte[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(answers.getFirst().get());
            }
        }
        meshes.representativePoint(node);

        assertThat(reads).hasValue(1);
        assertThat(meshes.figures()).containsEntry("mesh_made", 1L).containsEntry("mesh_cache_failures", 0L);
    }

    @Test
    void aFailureOfTheSourceIsToldAndNotKept() throws IOException {
        ToyGraph graph = ball();
        AtomicInteger tries = new AtomicInteger();
        Level2Meshes meshes = Level2Meshes.open(graph, voxels -> {
            if (tries.incrementAndGet() == 1) {
                throw new IOException("the disk is gone");
            }
            return blocks(graph, tries).read(voxels);
        }, folder.resolve("cache"), PLAIN);
        long node = graph.roots(new long[]{graph.at(115, -25, 21)}, Graph.NOW, 2)[0];

        assertThatThrownBy(() -> meshes.fragment(node)).isInstanceOf(IOException.class)
                .hasMessageContaining("the disk is gone");
        assertThat(meshes.fragment(node)).isNotEmpty();
    }

    @Test
    void whatDoesNotExistIsSaid() throws IOException {
        ToyGraph graph = ball();
        Level2Meshes meshes = meshes(graph, PLAIN, "cache");
        long none = graph.info().ids().id(2, Int3.ZERO, 77);

        assertThatThrownBy(() -> meshes.fragment(none)).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(Long.toUnsignedString(none)).hasMessageContaining("no such node");
        assertThatThrownBy(() -> meshes.fragment(graph.at(115, -25, 21))).isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("layer 1");
        assertThatThrownBy(() -> new Manifest(meshes).nodes(none)).isInstanceOf(NoSuchFileException.class);
        assertThat(new Manifest(meshes).nodes(graph.at(115, -25, 21))).isEmpty();
        assertThatThrownBy(() -> meshes.representativePoint(graph.at(115, -25, 21)))
                .isInstanceOf(NoSuchFileException.class);
    }

    /// The first is held up until the second waits for it.
    @Test
    void whatDoesNotExistIsSaidToAllWhoAskAtOnce() throws Exception {
        ToyGraph toy = ball();
        long none = toy.info().ids().id(2, Int3.ZERO, 77);
        FutureTask<byte[]> second = new FutureTask<>(() -> asked(none));
        Thread waits = new Thread(second);
        Graph graph = (Graph) Proxy.newProxyInstance(Graph.class.getClassLoader(), new Class<?>[]{Graph.class},
                (_, method, arguments) -> {
                    if (method.getName().equals("created") && waits.getState() == Thread.State.NEW) {
                        waits.start();
                        while (waits.getState() != Thread.State.WAITING && waits.isAlive()) {
                            Thread.onSpinWait();
                        }
                    }
                    return method.invoke(toy, arguments);
                });
        shared = Level2Meshes.open(graph, blocks(toy, new AtomicInteger()), folder.resolve("cache"), PLAIN);

        assertThatThrownBy(() -> asked(none)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(second::get).cause().isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(Long.toUnsignedString(none)).hasMessageContaining("no such node");
    }

    private byte[] asked(long node) throws IOException {
        return Objects.requireNonNull(shared).fragment(node);
    }
}
