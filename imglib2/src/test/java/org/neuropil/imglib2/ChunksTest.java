package org.neuropil.imglib2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.neuropil.space.Box;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Kind;
import org.neuropil.volume.VolumeInfo.Scale;

class ChunksTest {
    @Test
    void nothingIsLeftOfChunksThatMemoryHadNoRoomFor() {
        Counted volume = new Counted();
        Chunks chunks = new Chunks(volume, 0, new Room(1 << 20));
        for (int i = 0; i < 8; i++) {
            chunks.get(i);
        }
        assertThat(chunks.references()).hasSize(8);
        chunks.references().forEach(Reference::enqueue); // as the collector does
        chunks.get(3);
        assertThat(chunks.references()).hasSize(1);
        chunks.get(3);
        assertThat(volume.reads).hasValue(9);
    }

    @Test
    void noMoreIsKeptThanThereIsRoomForAndTheLeastUsedGoFirst() {
        Counted volume = new Counted();
        // Room for three chunks of 64 bytes, of two images together.
        Room room = new Room(3 * 64 + 10);
        Chunks chunks = new Chunks(volume, 0, room);
        Chunks others = new Chunks(volume, 0, room);
        for (int i = 0; i < 3; i++) {
            chunks.get(i);
        }
        chunks.get(0);
        assertThat(volume.reads).hasValue(3);
        others.get(7); // for which chunk 1 goes
        assertThat(chunks.references().size() + others.references().size()).isEqualTo(3);
        chunks.get(0);
        assertThat(volume.reads).hasValue(4);
        chunks.get(1);
        assertThat(volume.reads).hasValue(5);
        for (int scan = 0; scan < 100; scan++) {
            for (int i = 0; i < 8; i++) {
                chunks.get(i);
                assertThat(chunks.references().size() + others.references().size()).isLessThanOrEqualTo(3);
            }
        }
        // Less than a chunk: each is read, and none is kept.
        Chunks none = new Chunks(volume, 0, new Room(10));
        assertThat(none.get(2).min(1)).isEqualTo(4);
        assertThat(none.references()).isEmpty();
    }

    @Test
    void manyThreadsShareALittleRoom() throws Exception {
        Counted volume = new Counted();
        Chunks chunks = new Chunks(volume, 0, new Room(2 * 64));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int step = 2 * thread + 1;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 5000; i++) {
                        int index = i * step % 8;
                        assertThat(chunks.get(index).min(0)).isEqualTo(index % 2 * 4);
                        assertThat(chunks.get(index).min(2)).isEqualTo(index / 4 * 4);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(chunks.references()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void threadsThatWantOneChunkReadItOnceAndOthersDoNotWait() throws Exception {
        Counted volume = new Counted();
        volume.hold = new CountDownLatch(1);
        Chunks chunks = new Chunks(volume, 0, new Room(1 << 20));
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            // All chunks at a time: each is held until the last one is being read.
            for (int i = 0; i < 24; i++) {
                int index = i % 8;
                all.add(threads.submit((Callable<?>) () -> chunks.get(index)));
            }
            boolean allAtATime = volume.all.await(1, TimeUnit.MINUTES);
            volume.hold.countDown();
            assertThat(allAtATime).isTrue();
            for (int i = 0; i < 24; i++) {
                assertThat(all.get(i).get()).isSameAs(all.get(i % 8).get());
            }
        }
        assertThat(volume.reads).hasValue(8);
    }

    @Test
    void aChunkThatCouldNotBeReadIsTriedAgain() {
        Counted volume = new Counted();
        Chunks chunks = new Chunks(volume, 0, new Room(1 << 20));
        volume.broken = true;
        assertThatThrownBy(() -> chunks.get(2)).isInstanceOf(UncheckedIOException.class);
        assertThat(chunks.references()).isEmpty();
        volume.broken = false;
        assertThat(chunks.get(2).min(1)).isEqualTo(4);
    }

    /// A volume of 2 x 2 x 2 chunks.
    private static final class Counted implements Volume {
        private static final long serialVersionUID = 1;
        private final AtomicInteger reads = new AtomicInteger();
        private final transient CountDownLatch all = new CountDownLatch(8);
        private transient CountDownLatch hold = new CountDownLatch(0);
        private boolean broken;

        @Override
        public VolumeInfo info() {
            return new VolumeInfo(Kind.IMAGE, DataType.UINT8,
                    List.of(new Scale(new VoxelSize(8, 8, 8), Box.ofSize(8, 8, 8), Int3.all(4))));
        }

        @Override
        public Block read(int mip, Box box) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            reads.incrementAndGet();
            all.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Block.zeros(DataType.UINT8, box);
        }

        @Override
        public void write(int mip, Block block) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String storage(int mip) {
            return "made";
        }

        @Override
        public String uri() {
            return "made";
        }
    }
}
