package org.neuropil.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.codec.CompressedSegmentation;
import org.neuropil.volume.kernel.Components;
import org.neuropil.volume.kernel.Connectivity;
import org.neuropil.volume.kernel.Contacts;
import org.neuropil.volume.kernel.DistanceTransform;
import org.neuropil.volume.kernel.Downsample;
import org.neuropil.volume.kernel.LabelStatistics;
import org.neuropil.volume.kernel.LabelTable;
import org.neuropil.volume.kernel.Remap;
import org.neuropil.volume.kernel.Renumber;
import org.neuropil.volume.kernel.SmallComponents;
import org.neuropil.volume.kernel.Unique;
import org.neuropil.volume.precomputed.ChunkCompression;
import org.neuropil.volume.precomputed.Encoding;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

/// The pieces of work by name; each as `bench/volumes` calls the peer of the same name.
final class Works {
    private static final Int3 CHUNK = Int3.all(64);

    private List<byte[]> encoded = List.of();
    private @Nullable LabelTable table;
    private int largest;

    /// Makes what a piece of work needs and what is not to be timed.
    void prepare(String work, Block input, String argument) throws IOException {
        if (work.equals("cseg_decode") && encoded.isEmpty()) {
            encoded = encode(input, 1);
        }
        if (work.equals("statistics") && largest == 0) {
            long[] labels = Unique.labels(input, 1);
            largest = (int) labels[labels.length - 1];
        }
        if (work.equals("remap") && table == null) {
            long[] labels = Unique.labels(input, 1);
            table = LabelTable.of(labels, Arrays.stream(labels).map(label -> 3 * label + 1).toArray());
        }
        if (argument.isEmpty() && (work.equals("read") || work.equals("write"))) {
            throw new InputException(work + " wants FOLDER ENCODING COMPRESSION CHUNK", work, "");
        }
    }

    /// Does a piece of work.
    ///
    /// @return its result; a block where the peer's is an array, so that the two can be compared
    Object run(String work, Block input, int threads, String argument) throws IOException {
        return switch (work) {
            case "components26" -> Components.of(input, Connectivity.CORNERS, threads).ids();
            case "components18" -> Components.of(input, Connectivity.EDGES, threads).ids();
            case "components6" -> Components.of(input, Connectivity.FACES, threads).ids();
            case "edt" -> DistanceTransform.of(input, new VoxelSize(16, 16, 40), false, threads);
            case "average2x2x2" -> average(input, Int3.all(2), threads);
            case "average2x2x1" -> average(input, new Int3(2, 2, 1), threads);
            case "mode2x2x2" -> Downsample.mode(input, Int3.all(2), false, threads);
            case "mode2x2x1" -> Downsample.mode(input, new Int3(2, 2, 1), false, threads);
            case "unique" -> row(Unique.labels(input, threads));
            case "renumber" -> Renumber.renumber(input, true, threads).block();
            case "remap" -> Remap.remap(input, Objects.requireNonNull(table), Remap.Missing.REFUSE, threads);
            case "dust" -> SmallComponents.erased(input, 100, Connectivity.CORNERS, threads);
            case "statistics" -> LabelStatistics.of(input, largest, threads);
            case "contacts" -> Contacts.of(input, Connectivity.FACES, threads);
            case "copy" -> copy((Block.Longs) input, threads);
            case "cseg_encode" -> encode(input, threads);
            case "cseg_decode" -> decode(input.box(), threads);
            case "write" -> write(input, argument);
            case "read" -> PrecomputedVolume.open(new FileStore(Path.of(argument.split(" ", 2)[0]))).read(0,
                    input.box());
            default -> throw new InputException("there is no such work", work, "");
        };
    }

    /// A result as voxels, so that it can be compared: of contacts a row of lower label, higher label and count for each
    /// pair.
    static Block block(@Nullable Object result) {
        return switch (result) {
            case Block block -> block;
            case Contacts contacts -> {
                long[] rows = new long[3 * contacts.size()];
                for (int pair = 0; pair < contacts.size(); pair++) {
                    rows[3 * pair] = contacts.lower(pair);
                    rows[3 * pair + 1] = contacts.higher(pair);
                    rows[3 * pair + 2] = contacts.count(pair);
                }
                yield new Block.Longs(Box.ofSize(3, contacts.size(), 1), rows);
            }
            case null, default -> throw new InputException("the last result is no block", "save", "");
        };
    }

    /// A list of labels as a row of voxels.
    private static Block row(long[] labels) {
        return new Block.Longs(Box.ofSize(labels.length, 1, 1), labels);
    }

    /// Rounded as the peer does, so that the results can be equal.
    private static Block average(Block input, Int3 factor, int threads) {
        return Downsample.average(input, factor, Downsample.Rounding.TOWARDS_ZERO, false, threads);
    }

    /// Copies all voxels and does nothing else: what the memory allows.
    private static Block copy(Block.Longs input, int threads) throws IOException {
        long[] from = input.data();
        long[] to = new long[from.length];
        int part = 1 << 20;
        int parts = (from.length + part - 1) / part;
        onThreads(threads, parts, next -> {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
                System.arraycopy(from, i * part, to, i * part, Math.min(part, from.length - i * part));
            }
        });
        return new Block.Longs(input.box(), to);
    }

    private static List<byte[]> encode(Block input, int threads) throws IOException {
        Grid grid = new Grid(input.box(), CHUNK);
        byte[][] chunks = new byte[grid.count()][];
        onThreads(threads, grid.count(), next -> {
            for (int i = next.getAndIncrement(); i < chunks.length; i = next.getAndIncrement()) {
                Block chunk = input.crop(grid.box(i));
                chunks[i] = CompressedSegmentation.encode(((Block.Longs) chunk).data(), chunk.box().size(),
                        CompressedSegmentation.BLOCK);
            }
        });
        return List.of(chunks);
    }

    /// Decodes all chunks, each thread one after the other into the same array; returns the volume's last.
    private Object decode(Box box, int threads) throws IOException {
        Grid grid = new Grid(box, CHUNK);
        AtomicReference<Block> last = new AtomicReference<>();
        onThreads(threads, grid.count(), next -> {
            Block.Longs chunk = (Block.Longs) Block.zeros(DataType.UINT64, grid.box(0));
            for (int i = next.getAndIncrement(); i < grid.count(); i = next.getAndIncrement()) {
                if (!chunk.box().size().equals(grid.box(i).size())) {
                    chunk = (Block.Longs) Block.zeros(DataType.UINT64, grid.box(i));
                }
                CompressedSegmentation.decode(encoded.get(i), chunk.box().size(), CompressedSegmentation.BLOCK,
                        chunk.data());
                if (i == grid.count() - 1) {
                    last.set(chunk);
                }
            }
        });
        return Objects.requireNonNull(last.get());
    }

    /// What a thread does with parts of the work: it takes the next number until there are no more.
    private interface Worker {
        void work(AtomicInteger next) throws IOException;
    }

    private static void onThreads(int threads, int count, Worker worker) throws IOException {
        AtomicInteger next = new AtomicInteger();
        if (threads == 1) {
            worker.work(next);
            return;
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, count))) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.min(threads, count); i++) {
                running.add(pool.submit(() -> {
                    worker.work(next);
                    return null;
                }));
            }
            for (Future<?> thread : running) {
                thread.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException("a thread has failed: " + e.getMessage(), e);
        }
    }

    private static Object write(Block input, String argument) throws IOException {
        String[] words = argument.split(" ", -1);
        VolumeInfo.Kind kind = input.type().bytes() >= 4 ? VolumeInfo.Kind.SEGMENTATION : VolumeInfo.Kind.IMAGE;
        VolumeInfo info = new VolumeInfo(kind, input.type(), List
                .of(new VolumeInfo.Scale(new VoxelSize(16, 16, 40), input.box(), Int3.parse(words[3], "chunk"))));
        Volume volume = PrecomputedVolume.create(new FileStore(Path.of(words[0])), info,
                new PrecomputedOptions(
                        words[1].equals("raw") ? Encoding.RAW : Encoding.COMPRESSED_SEGMENTATION,
                        words[2].equals("gzip") ? ChunkCompression.GZIP : ChunkCompression.NONE));
        volume.write(0, input);
        return volume;
    }
}
