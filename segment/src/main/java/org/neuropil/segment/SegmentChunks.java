package org.neuropil.segment;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.store.FileStore;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// What [SegmentStage] does with one chunk, step by step, and the jobs of each step. Serializable, as its jobs are: it
/// holds where volumes and files lie, and nothing of the run.
///
/// @param grid the chunks
/// @param layout of the ids
/// @param edges folder of the edge files
/// @param scratch folder of what steps hand to each other
record SegmentChunks(Grid grid, SupervoxelIds layout, Volume image, Volume boundary, Volume supervoxels,
        Volume segmentation, AgglomerationTree tree, FileStore edges, FileStore scratch) implements Serializable {
    /// Counts the grey levels of each chunk, for [#contrast].
    BlockJob contrastJob() {
        return job("contrast", this::countGreyLevels);
    }

    /// Finds the boundary evidence.
    BlockJob boundaryJob(BoundaryDetector detector) {
        return job("boundaries", position -> detectBoundaries(detector, position));
    }

    /// Finds the supervoxels in the evidence.
    BlockJob supervoxelJob() {
        return job("watershed", this::findSupervoxels);
    }

    /// Finds the edges between supervoxels.
    BlockJob edgeJob() {
        return job("edges", this::findEdges);
    }

    /// Writes the segments that the tree has found, and counts their voxels, for [#sizes].
    BlockJob segmentJob() {
        return job("segments", this::writeSegments);
    }

    private void countGreyLevels(Int3 position) throws IOException {
        long[] histogram = new long[1 << 16];
        switch (image.read(0, grid.box(position))) {
            case Block.Bytes b -> {
                for (byte value : b.data()) {
                    histogram[value & 0xFF]++;
                }
            }
            case Block.Shorts b -> {
                for (short value : b.data()) {
                    histogram[value & 0xFFFF]++;
                }
            }
            case Block other -> throw new IllegalArgumentException("image of " + other.type());
        }
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        for (int value = 0; value < histogram.length; value++) {
            if (histogram[value] > 0) {
                counts.put(value, histogram[value]);
            }
        }
        LongTable.write(file("levels", position), counts);
    }

    /// The contrast of the volume, once its job has run.
    Contrast contrast() throws IOException {
        long[] histogram = new long[1 << 16];
        for (int i = 0; i < grid.count(); i++) {
            for (Long2LongMap.Entry entry : LongTable.read(file("levels", grid.position(i))).long2LongEntrySet()) {
                histogram[(int) entry.getLongKey()] += entry.getLongValue();
            }
        }
        return Contrast.of(histogram);
    }

    /// Voxels of each segment in a chunk, once its job has run.
    Long2LongOpenHashMap sizes(Int3 position) throws IOException {
        return LongTable.read(file("sizes", position));
    }

    /// The file of a chunk's edges.
    Path edgeFile(Int3 position) {
        return edges.root().resolve(ChunkEdges.fileName(position));
    }

    private void detectBoundaries(BoundaryDetector detector, Int3 position) throws IOException {
        Box box = grid.box(position);
        Block source = image.read(0, box.grow(detector.context()).intersect(grid.bounds()));
        boundary.write(0, detector.detect(source, box, grid.bounds()));
    }

    private void findSupervoxels(Int3 position) throws IOException {
        Box box = grid.box(position);
        int context = Watershed.MARGIN + Watershed.context();
        Block.Ints basins = Watershed.basins(evidence(box, context), box, grid.bounds());
        long[] ids = new long[basins.data().length];
        int most = 0;
        for (int i = 0; i < ids.length; i++) {
            ids[i] = layout.id(position, basins.data()[i]);
            most = Math.max(most, basins.data()[i]);
        }
        supervoxels.write(0, new Block.Longs(box, ids));
        long[] all = new long[most];
        for (int i = 0; i < most; i++) {
            all[i] = layout.id(position, i + 1);
        }
        tree.putSupervoxels(position, all);
    }

    private void findEdges(Int3 position) throws IOException {
        Box box = grid.box(position);
        Box near = box.grow(Int3.all(1)).intersect(grid.bounds());
        ChunkEdges found = EdgeFinder.find(grid, position, (Block.Longs) supervoxels.read(0, near),
                evidence(near, Watershed.context()));
        FileStore.replace(edgeFile(position), found.toBytes(), false);
    }

    private Block.Bytes evidence(Box box, int context) throws IOException {
        return (Block.Bytes) boundary.read(0, box.grow(Int3.all(context)).intersect(grid.bounds()));
    }

    private void writeSegments(Int3 position) throws IOException {
        Long2LongOpenHashMap segments = tree.segments(position);
        Block.Longs block = (Block.Longs) supervoxels.read(0, grid.box(position));
        long[] ids = block.data();
        Long2LongOpenHashMap counts = new Long2LongOpenHashMap();
        for (int i = 0; i < ids.length; i++) {
            ids[i] = segments.get(ids[i]);
            counts.addTo(ids[i], 1);
        }
        segmentation.write(0, block);
        LongTable.write(file("sizes", position), counts);
    }

    private BlockJob job(String name, ChunkBody body) {
        return BlockJob.of(name, grid.count(), chunk -> "chunk " + grid.position(chunk) + " at " + grid.box(chunk),
                chunk -> body.run(grid.position(chunk)));
    }

    @FunctionalInterface
    private interface ChunkBody extends Serializable {
        void run(Int3 position) throws IOException;
    }

    private Path file(String what, Int3 position) {
        return scratch.root().resolve(what + "_" + position.x() + "_" + position.y() + "_" + position.z());
    }
}
