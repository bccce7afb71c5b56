package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.Box;
import org.neuropil.space.InputException;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.stack.SlabWriter;
import org.neuropil.volume.store.FileStore;

/// The verb `cutout`: a box of a volume as a file that everybody opens. Sections are read some at a time, as many threads
/// as there are at once, and written in order; beside the file lies `<file>.provenance.json`. What a run has left that was
/// killed is swept up by the next one of the same file.
public final class CutoutStage {
    private static final String VERB = "cutout";
    /// A slab has at most this many bytes, unless a section has more.
    private static final long SLAB_BYTES = 1 << 26;

    private CutoutStage() {}

    /// Writes the file. Does nothing if the same run has done it before.
    ///
    /// @param part what to write
    /// @param file whose name tells the kind; see [SlabWriter#begin]
    /// @throws InputException if the volume or the box cannot be used, or the file exists; names it
    /// @throws IOException if something cannot be read or written; nothing is left then
    public static Provenance run(VolumePart part, Path file, RunOptions options) throws IOException {
        Instant started = Instant.now();
        long nanos = System.nanoTime();
        Volume volume = part.volume();
        Box box = part.box(volume);
        Scale scale = part.scale(volume);
        Recipe recipe = recipe(volume, part, box);
        Path provenanceFile = file.resolveSibling(file.getFileName() + ".provenance.json");
        if (!options.force() && Files.exists(file) && Files.exists(provenanceFile)) {
            Provenance there = Json.read(provenanceFile, Provenance.class);
            if (there.recipeSha256().equals(recipe.digest())) {
                return there;
            }
        }
        long section = (long) box.size().x() * box.size().y();
        if (section * volume.info().type().bytes() > Integer.MAX_VALUE - 8) {
            throw new InputException("a section of " + box.size().x() + "x" + box.size().y()
                    + " voxels is more than can be in memory at a time", "--box",
                    "cut out a smaller part, or a coarser mip");
        }
        List<Integer> cuts = cuts(box, scale, section * volume.info().type().bytes());
        try (WorkRun.Alone _ = WorkRun.alone(VERB, TargetRun.workFolder(file))) {
            FileStore.sweepBeside(file);
            FileStore.sweepBeside(provenanceFile);
            try (SlabWriter writer = SlabWriter.begin(file, box, volume.info().type(), scale.voxelSize(),
                    options.force())) {
                write(volume, part.mip(), box, cuts, writer, options);
                Provenance provenance = Provenance.of(recipe,
                        Map.of("voxels", box.volume(), "box", box.toString()), started, nanos, false, options);
                if (Files.exists(file)) {
                    // It must never be told of the old file that it is the new one.
                    Files.deleteIfExists(provenanceFile);
                    writer.commit();
                    FileStore.replace(provenanceFile, Json.bytes(provenance), false);
                } else {
                    // First, so that no file is without it.
                    FileStore.replace(provenanceFile, Json.bytes(provenance), false);
                    writer.commit();
                }
                return provenance;
            }
        }
    }

    private static void write(Volume volume, int mip, Box box, List<Integer> cuts, SlabWriter writer,
            RunOptions options) throws IOException {
        try (Progress.Task task = options.progress().begin("sections", cuts.size() - 1, 0);
                ExecutorService pool = Executors.newFixedThreadPool(options.threads())) {
            Deque<Future<Block>> slabs = new ArrayDeque<>();
            int begun = 0;
            try {
                for (int done = 0; done < cuts.size() - 1; done++) {
                    for (; begun < cuts.size() - 1 && slabs.size() < options.threads(); begun++) {
                        Box slab = new Box(box.min().with(2, cuts.get(begun)), box.max().with(2, cuts.get(begun + 1)));
                        slabs.add(pool.submit(() -> volume.read(mip, slab)));
                    }
                    writer.append(await(slabs.removeFirst()));
                    task.step();
                }
            } finally {
                slabs.forEach(slab -> slab.cancel(true));
            }
        }
    }

    /// Where slabs begin and end: at the ends of chunks, or more often if those are too large.
    private static List<Integer> cuts(Box box, Scale scale, long sectionBytes) {
        int chunk = scale.chunk().z();
        int most = Math.clamp(SLAB_BYTES / sectionBytes, 1, 1 << 20);
        int step = most >= chunk ? most / chunk * chunk : most;
        List<Integer> cuts = new java.util.ArrayList<>(List.of(box.min().z()));
        int origin = scale.bounds().min().z();
        while (cuts.getLast() < box.max().z()) {
            int last = cuts.getLast();
            int next = origin + (Math.floorDiv(last - origin, step) + 1) * step;
            cuts.add(Math.min(next, box.max().z()));
        }
        return cuts;
    }

    private static Block await(Future<Block> slab) throws IOException {
        try {
            return slab.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the cutout was interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private static Recipe recipe(Volume volume, VolumePart part, Box box) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("mip", part.mip());
        all.put("box", box.toString());
        return new Recipe(VERB, Software.NAME, 0, all, List.of(part.input(volume)));
    }
}
