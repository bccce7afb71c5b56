package org.neuropil.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.pipeline.volumes.MipJobs;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;
import org.neuropil.volume.DataType;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.kernel.Mips;
import org.neuropil.volume.precomputed.PrecomputedOptions;
import org.neuropil.volume.precomputed.PrecomputedVolume;
import org.neuropil.volume.store.FileStore;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/// The verb `segment`: an image becomes boundary evidence, supervoxels, edges and a flat segmentation, chunk by chunk.
///
/// Parts: `boundary` (uint8 image), `supervoxels` (uint64, ids of [SupervoxelIds], none crosses a chunk), `edges`
/// (one file of [ChunkEdges] per chunk) and `segmentation` (uint64, multi-resolution; a segment has the id of its
/// smallest supervoxel). The chunks are those of the proofreading graph.
public final class SegmentStage {
    private static final String BOUNDARY = "boundary";
    private static final String SUPERVOXELS = "supervoxels";
    private static final String EDGES = "edges";
    private static final String SEGMENTATION = "segmentation";

    private final Parameters parameters;
    private final StageRun run;
    private final Volume image;
    private final PrecomputedVolume segmentation;
    private final SegmentChunks chunks;

    /// What to segment, and how.
    ///
    /// @param image part that is an 8 or 16 bit image
    /// @param chunk of the proofreading graph, in voxels
    /// @param threshold mean affinity from which on boundaries are kept, 0 (one segment) to 1 (all supervoxels)
    /// @param minVoxels smallest segment that is listed in the segment properties
    /// @param filter of the boundary evidence
    public record Parameters(String image, Int3 chunk, double threshold, long minVoxels,
            ValleyFilter.Settings filter) {
        /// @throws InputException if a number is out of range
        public Parameters {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new InputException("threshold " + threshold + " is not between 0 and 1", "--threshold",
                        "the default is 0.47");
            }
            if (minVoxels < 1) {
                throw new InputException(minVoxels + " voxels is not a size", "--min-voxels", "give 1 or more");
            }
            if (Math.min(chunk.x(), Math.min(chunk.y(), chunk.z())) < 8 || chunk.volume() > 1 << 24) {
                throw new InputException("chunk " + chunk + " is not at least 8 an edge with at most 2^24 voxels",
                        "--chunk", "use for example 64,64,64");
            }
        }

        /// Image `em`, chunks of 64 voxels an edge, threshold 0.47, segments of 1,000 voxels listed.
        public static Parameters defaults() {
            return new Parameters("em", Int3.all(64), 0.47, 1000, ValleyFilter.Settings.defaults());
        }

        /// These with another image.
        public Parameters withImage(String other) {
            return new Parameters(other, chunk, threshold, minVoxels, filter);
        }

        /// These with another chunk.
        public Parameters withChunk(Int3 other) {
            return new Parameters(image, other, threshold, minVoxels, filter);
        }

        /// These with another threshold.
        public Parameters withThreshold(double other) {
            return new Parameters(image, chunk, other, minVoxels, filter);
        }

        /// These with another smallest segment.
        public Parameters withMinVoxels(long other) {
            return new Parameters(image, chunk, threshold, other, filter);
        }
    }

    private SegmentStage(Dataset dataset, Parameters parameters, StageRun run) throws IOException {
        this.parameters = parameters;
        this.run = run;
        this.image = dataset.volume(parameters.image());
        VolumeInfo.Scale scale = image.info().scale(0);
        Grid grid = new Grid(scale.bounds(), parameters.chunk());
        SupervoxelIds layout = SupervoxelIds.forGrid(grid.shape());
        Volume boundary = create(BOUNDARY, Mips.volume(VolumeInfo.Kind.IMAGE, DataType.UINT8, scale.voxelSize(),
                scale.bounds(), parameters.chunk()));
        Volume supervoxels = create(SUPERVOXELS,
                new VolumeInfo(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                        List.of(new VolumeInfo.Scale(scale.voxelSize(), scale.bounds(), parameters.chunk()))));
        this.segmentation = create(SEGMENTATION, Mips.volume(VolumeInfo.Kind.SEGMENTATION, DataType.UINT64,
                scale.voxelSize(), scale.bounds(), parameters.chunk()));
        this.chunks = new SegmentChunks(grid, layout, image, boundary, supervoxels, segmentation,
                new AgglomerationTree(grid, layout, parameters.threshold(), run.folder(EDGES), run.scratch()),
                new FileStore(run.folder(EDGES)), new FileStore(run.scratch()));
    }

    /// Segments an image. Does nothing if the parts exist and the same image and parameters made them.
    ///
    /// @throws InputException if there is no such image, or it is not 8 or 16 bit
    /// @throws IOException if a volume cannot be read or written
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        VolumeInfo info = dataset.volume(parameters.image()).info();
        if (info.kind() != VolumeInfo.Kind.IMAGE
                || (info.type() != DataType.UINT8 && info.type() != DataType.UINT16)) {
            throw new InputException("part '" + parameters.image() + "' is a " + info.type().text() + " "
                    + info.kind().name().toLowerCase(java.util.Locale.ROOT) + ", not an 8 or 16 bit image", "--image",
                    "name an image, as 'neuropil info' lists them");
        }
        Map<String, Object> map = new TreeMap<>(
                new ValleyFilter(parameters.filter(), new Contrast(0, 1), info.scale(0).voxelSize()).parameters());
        map.put("chunk", List.of(parameters.chunk().x(), parameters.chunk().y(), parameters.chunk().z()));
        map.put("threshold", parameters.threshold());
        map.put("min_voxels", parameters.minVoxels());
        map.put("watershed_sigma_voxels", Watershed.SIGMA);
        map.put("watershed_margin_voxels", Watershed.MARGIN);
        Recipe recipe = new Recipe("segment", Software.NAME, 0, map,
                List.of(dataset.input("image", parameters.image())));
        try (StageRun run = StageRun.open(dataset, recipe,
                Map.of(BOUNDARY, Dataset.Kind.IMAGE, SUPERVOXELS, Dataset.Kind.SEGMENTATION, EDGES,
                        Dataset.Kind.EDGES, SEGMENTATION, Dataset.Kind.SEGMENTATION),
                options)) {
            if (run.finished().isPresent()) {
                return run.finished().get();
            }
            return new SegmentStage(dataset, parameters, run).run();
        }
    }

    private Provenance run() throws IOException {
        run.run(chunks.contrastJob());
        Contrast contrast = chunks.contrast();
        run.run(chunks.boundaryJob(
                new ValleyFilter(parameters.filter(), contrast, image.info().scale(0).voxelSize())));
        run.run(chunks.supervoxelJob());
        run.run(chunks.edgeJob());
        for (BlockJob job : chunks.tree().jobs()) {
            run.run(job);
        }
        run.run(chunks.segmentJob());
        MipJobs.run(run, SEGMENTATION, segmentation);
        MipJobs.run(run, BOUNDARY, chunks.boundary());
        return run.commit(summarise(contrast));
    }

    private Map<String, Object> summarise(Contrast contrast) throws IOException {
        Grid grid = chunks.grid();
        Long2LongOpenHashMap sizes = new Long2LongOpenHashMap();
        long supervoxelCount = 0;
        long edgeCount = 0;
        for (int i = 0; i < grid.count(); i++) {
            Int3 position = grid.position(i);
            supervoxelCount += chunks.tree().segments(position).size();
            Path file = chunks.edgeFile(position);
            ChunkEdges edges = ChunkEdges.parse(Files.readAllBytes(file), file.toString());
            // An edge across a border stands in two files.
            edgeCount += 2L * edges.inside().size() + edges.cut().size() + edges.between().size();
            chunks.sizes(position).long2LongEntrySet()
                    .forEach(entry -> sizes.addTo(entry.getLongKey(), entry.getLongValue()));
        }
        int listed = SegmentProperties.write(new FileStore(run.folder(SEGMENTATION)), sizes, parameters.minVoxels(),
                image.info().scale(0).voxelSize());
        segmentation.precomputedInfo().withSegmentProperties(SegmentProperties.FOLDER)
                .write(new FileStore(run.folder(SEGMENTATION)));
        return Map.of("chunks", grid.count(), "graph_layers", SupervoxelIds.layers(grid.shape()), "spatial_bits",
                chunks.layout().bits(), "grey_dark", contrast.dark(), "grey_bright", contrast.bright(), "supervoxels",
                supervoxelCount, "edges", edgeCount / 2, "segments", sizes.size(), "segments_listed", listed);
    }

    private PrecomputedVolume create(String part, VolumeInfo info) throws IOException {
        return PrecomputedVolume.create(new FileStore(run.folder(part)), info,
                info.kind() == VolumeInfo.Kind.IMAGE ? PrecomputedOptions.RAW : PrecomputedOptions.LABELS);
    }
}
