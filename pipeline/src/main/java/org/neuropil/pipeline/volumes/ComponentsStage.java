package org.neuropil.pipeline.volumes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.Block;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.VolumeInfo.Scale;
import org.neuropil.volume.format.VolumeUri;
import org.neuropil.volume.kernel.BlockComponents;
import org.neuropil.volume.kernel.Components;
import org.neuropil.volume.kernel.Connectivity;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.kernel.UnionFind;
import org.neuropil.volume.store.FileStore;

/// The verb `components`: the connected components of a label volume of any size, numbered 1, 2, 3 … in the order of
/// their first voxels, x fastest, as if the whole had been in memory.
///
/// Each block finds its own components; where blocks meet, those that are parts of one are united; then each block finds
/// its own once more, which is faster than to read them, and gives them their final numbers. A block's memory is bounded
/// by the block; between the steps all components are in memory: 40 bytes for each one of a block, and 40 more for each
/// that was united.
public final class ComponentsStage {
    private static final String VERB = "components";
    /// A block has at most this many voxels, unless what is written at once has more.
    private static final long BLOCK_VOXELS = 1 << 22;

    private ComponentsStage() {}

    /// What to find, and where to put it.
    ///
    /// @param part the labels, of whole numbers; 0 is background
    /// @param target where the volume of components is to be; must not exist
    /// @param connectivity which voxels are neighbours
    /// @param minimum components of fewer voxels become background
    /// @param mips whether coarser mips are made
    /// @param sparse whether 0 counts only where all of what becomes one voxel of a coarser mip is 0
    /// @param layout of the target
    public record Parameters(VolumePart part, VolumeUri target, Connectivity connectivity, long minimum, boolean mips,
            boolean sparse, Layout layout) {
        /// @throws InputException if no mips are made that could be sparse
        public Parameters {
            if (sparse && !mips) {
                throw new InputException("says how mips are made, and none are", "--sparse", "leave it out");
            }
        }
    }

    /// What a run will do.
    ///
    /// @param blocks how many, in how many voxels each
    /// @param blockBytes of voxels that one thread holds at most
    /// @param bytes of all voxels that are written, before compression and if the components are less than 2^32
    public record Plan(Grid blocks, long blockBytes, long bytes) {}

    /// Works out what [#run] would do, without writing anything.
    ///
    /// @throws InputException if the source cannot be used
    public static Plan plan(Parameters parameters) throws IOException {
        Places.checkApart(parameters.part().uri(), parameters.target());
        Volume source = source(parameters);
        Grid blocks = blocks(source, parameters);
        long voxels = blocks.chunk().min(blocks.bounds().size()).volume();
        long bytes = info(source, parameters, 0).scales().stream()
                .mapToLong(scale -> scale.bounds().volume() * Integer.BYTES).sum();
        return new Plan(blocks, voxels * (source.info().type().bytes() + Integer.BYTES + Long.BYTES), bytes);
    }

    /// Writes the volume. Does nothing if the same run has done it before.
    ///
    /// @throws InputException if the source cannot be used or the target exists; names it
    /// @throws IOException if something cannot be read or written
    public static Provenance run(Parameters parameters, RunOptions options) throws IOException {
        Volume source = source(parameters);
        Grid blocks = blocks(source, parameters);
        try (TargetRun run = TargetRun.open(parameters.target(), parameters.part().uri(), recipe(source, parameters),
                options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            ComponentParts parts = new ComponentParts(blocks, new FileStore(run.scratch()));
            Blocks work = new Blocks(source, parameters.part().mip(), parameters.connectivity(), parts);
            run.run(work.job("components of blocks", work::find));
            long[] before = before(parts);
            parts.writeBefore(before);
            run.run(work.job("components across blocks", work::unite));
            Result result = number(parts, before, parameters.minimum());
            Volume target = run.create(info(source, parameters, result.count()), parameters.layout().write());
            run.run(work.job("components", position -> work.write(position, target)));
            for (BlockJob job : MipJobs.jobs("components", target, parameters.sparse())) {
                run.run(job);
            }
            return run.commit(Map.of("components", result.count(), "voxels", result.voxels(), "removed_components",
                    result.removed(), "removed_voxels", result.removedVoxels()));
        }
    }

    /// What all blocks do.
    private record Blocks(Volume source, int mip, Connectivity connectivity, ComponentParts parts)
            implements
                java.io.Serializable {
        BlockJob job(String name, Body body) {
            Grid grid = parts.grid();
            return BlockJob.of(name, grid.count(), block -> grid.box(block).toString(),
                    block -> body.run(grid.position(block)));
        }

        void find(Int3 position) throws IOException {
            Block labels = source.read(mip, parts.grid().box(position));
            parts.write(labels, Components.of(labels, connectivity, 1), position);
        }

        void unite(Int3 position) throws IOException {
            Grid grid = parts.grid();
            UnionFind united = new UnionFind();
            for (int axis = 0; axis < 3; axis++) {
                Optional<Box> seam = BlockComponents.seam(grid.box(position), grid.bounds(), axis);
                if (seam.isPresent()) {
                    Block.Longs labels = (Block.Longs) Block.zeros(DataType.UINT64, seam.get());
                    Block.Longs places = (Block.Longs) Block.zeros(DataType.UINT64, seam.get());
                    parts.readSeam(position, axis, labels, places);
                    united.uniteAll(BlockComponents.links(labels, places, connectivity));
                }
            }
            long[] others = united.others();
            long[] pairs = new long[2 * others.length];
            for (int i = 0; i < others.length; i++) {
                pairs[2 * i] = united.smallest(others[i]);
                pairs[2 * i + 1] = others[i];
            }
            parts.writeLinks(grid.index(position), pairs);
        }

        void write(Int3 position, Volume target) throws IOException {
            Block labels = source.read(mip, parts.grid().box(position));
            Block.Ints ids = Components.of(labels, connectivity, 1).ids();
            long[] numbers = parts.numbers(parts.grid().index(position));
            target.write(0, BlockComponents.numbered(ids, 0, numbers, target.info().type()));
        }
    }

    @FunctionalInterface
    private interface Body extends java.io.Serializable {
        void run(Int3 position) throws IOException;
    }

    /// What came out.
    ///
    /// @param count components that stay
    /// @param voxels of those
    /// @param removed components that were too small
    /// @param removedVoxels of those
    private record Result(long count, long voxels, long removed, long removedVoxels) {}

    /// By block: the number of components of the blocks before, and of all at the end.
    private static long[] before(ComponentParts parts) throws IOException {
        long[] before = new long[parts.grid().count() + 1];
        for (int block = 0; block < parts.grid().count(); block++) {
            before[block + 1] = before[block] + parts.found(block).firsts().length;
        }
        return before;
    }

    /// Gives all components their final numbers and leaves each block its own.
    private static Result number(ComponentParts parts, long[] before, long minimum) throws IOException {
        int blocks = parts.grid().count();
        if (before[blocks] > Integer.MAX_VALUE - 16) {
            throw new InputException("the blocks have " + before[blocks] + " components", VERB,
                    "that is more than can be united in one memory; find components of a coarser mip or of parts");
        }
        long[] firsts = new long[(int) before[blocks]];
        long[] sizes = new long[firsts.length];
        UnionFind united = new UnionFind();
        for (int block = 0; block < blocks; block++) {
            ComponentParts.Found found = parts.found(block);
            System.arraycopy(found.firsts(), 0, firsts, (int) before[block], found.firsts().length);
            System.arraycopy(found.sizes(), 0, sizes, (int) before[block], found.sizes().length);
            united.uniteAll(parts.links(block));
        }
        long[] numbers = BlockComponents.numbers(firsts, united);
        long[] totals = new long[(int) Arrays.stream(numbers).max().orElse(0) + 1];
        for (int place = 1; place < numbers.length; place++) {
            totals[(int) numbers[place]] += sizes[place - 1];
        }
        long[] kept = new long[totals.length];
        long voxels = 0;
        long removedVoxels = 0;
        int count = 0;
        for (int number = 1; number < totals.length; number++) {
            if (totals[number] < minimum) {
                removedVoxels += totals[number];
            } else {
                kept[number] = ++count;
                voxels += totals[number];
            }
        }
        for (int block = 0; block < blocks; block++) {
            long[] own = new long[(int) (before[block + 1] - before[block]) + 1];
            for (int i = 1; i < own.length; i++) {
                own[i] = kept[(int) numbers[(int) before[block] + i]];
            }
            parts.writeNumbers(block, own);
        }
        return new Result(count, voxels, totals.length - 1L - count, removedVoxels);
    }

    private static Volume source(Parameters parameters) throws IOException {
        Volume source = parameters.part().volume();
        if (source.info().type().isFloat()) {
            throw new InputException("has " + source.info().type().text() + " voxels, which are no labels",
                    parameters.part().uri().toString(), "components are of labels; threshold the volume first");
        }
        return source;
    }

    /// Whole units of the target, as many as are small enough.
    private static Grid blocks(Volume source, Parameters parameters) {
        Box box = parameters.part().box(source);
        Int3 unit = parameters.layout().scale(parameters.part().scale(source).voxelSize(), box, Layout.CHUNK).unit();
        Int3 units = Int3.all(1);
        Int3 most = box.size().ceilDiv(unit);
        for (int axis = 0, full = 0; full < 3; axis = (axis + 1) % 3) {
            Int3 more = units.with(axis, Math.min(2 * units.get(axis), most.get(axis)));
            boolean fits = !more.equals(units) && more.times(unit).volume() <= BLOCK_VOXELS;
            units = fits ? more : units;
            full = fits ? 0 : full + 1;
        }
        return new Grid(box, units.times(unit));
    }

    /// 32 bits suffice for most volumes, and take half of the memory of whoever reads it.
    private static VolumeInfo info(Volume source, Parameters parameters, long count) {
        Scale from = parameters.part().scale(source);
        Box box = parameters.part().box(source);
        Layout layout = parameters.layout();
        List<Scale> scales = new ArrayList<>();
        for (Mips.Level level : Mips.plan(from.voxelSize(), box, layout.chunk().orElse(Layout.CHUNK))) {
            if (scales.isEmpty() || parameters.mips()) {
                scales.add(layout.scale(level.voxelSize(), level.bounds(), Layout.CHUNK));
            }
        }
        return new VolumeInfo(VolumeInfo.Kind.SEGMENTATION,
                count >>> Integer.SIZE == 0 ? DataType.UINT32 : DataType.UINT64, scales);
    }

    private static Recipe recipe(Volume source, Parameters parameters) throws IOException {
        Map<String, Object> all = new TreeMap<>();
        all.put("target", parameters.target().format().map(f -> f.text()).orElse(""));
        all.put("mip", parameters.part().mip());
        all.put("box", parameters.part().box().map(Box::toString).orElse("all"));
        all.put("connectivity", parameters.connectivity().name());
        all.put("minimum", parameters.minimum());
        all.put("mips", parameters.mips());
        all.put("sparse", parameters.sparse());
        parameters.layout().describe(all);
        return new Recipe(VERB, Software.NAME, 0, all, List.of(parameters.part().input(source)));
    }
}
