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
        Chunks chunks = new Chunks(volume, 0);
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
    void threadsThatWantOneChunkReadItOnceAndOthersDoNotWait() throws Exception {
        Counted volume = new Counted();
        volume.hold = new CountDownLatch(1);
        Chunks chunks = new Chunks(volume, 0);
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
        Chunks chunks = new Chunks(volume, 0);
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
