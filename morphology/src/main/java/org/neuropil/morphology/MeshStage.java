package org.neuropil.morphology;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.neuropil.morphology.mesh.LatticeMesh;
import org.neuropil.morphology.mesh.MarchingCubes;
import org.neuropil.morphology.mesh.MultilodDraco;
import org.neuropil.morphology.mesh.Simplify;
import org.neuropil.morphology.mesh.Smooth;
import org.neuropil.morphology.mesh.TriangleMesh;
import org.neuropil.pipeline.BlockJob;
import org.neuropil.pipeline.Dataset;
import org.neuropil.pipeline.Json;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.Recipe;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.pipeline.Software;
import org.neuropil.pipeline.StageRun;
import org.neuropil.space.Box;
import org.neuropil.space.Grid;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.volume.Block;
import org.neuropil.volume.Volume;
import org.neuropil.volume.VolumeInfo;
import org.neuropil.volume.store.FileStore;

/// The verb `mesh`: a closed surface of each segment of a volume, as Neuroglancer's multi-resolution Draco meshes
/// ([MultilodDraco]) in nanometres.
///
/// Two jobs. `surfaces` makes the surfaces of all segments within a block; `meshes` joins, smooths, simplifies and
/// writes the segments of a bucket, one after the other. Memory is bounded by a block and by the surface of the largest
/// segment, for each thread.
public final class MeshStage {
    /// The verb.
    public static final String VERB = "mesh";

    /// Voxels are near isotropic if the longest edge is at most this many times the shortest.
    private static final double NEAR_ISOTROPIC = 2.5;
    private static final int MAX_BUCKETS = 512;
    private static final int MAX_LEVELS = 6;

    private MeshStage() {}

    /// What decides the meshes.
    ///
    /// @param segmentation part that holds the segments
    /// @param part name of the part to make
    /// @param mip resolution to mesh at, 0 is the finest
    /// @param minVoxels segments of fewer voxels get no mesh; counted at the mip, in voxels of mip 0; 0 or 1 keeps all
    /// @param maxErrorNm how far simplification may move a surface, in nanometres ([Simplify]); 0 simplifies nothing
    /// @param smoothing steps of smoothing before it ([Smooth#taubin]), 0 to 100; 0 leaves the stairs
    /// @param levelTriangles a mesh of more triangles than this gets a coarser level of detail beside it, with twice the
    ///        error, and so does that level in turn; at least 1
    public record Parameters(String segmentation, String part, int mip, long minVoxels, double maxErrorNm,
            int smoothing, int levelTriangles) implements Serializable {
        /// Part made if nothing else is said.
        public static final String PART = "meshes";
        /// Fewest voxels if nothing else is said.
        public static final long MIN_VOXELS = 100;
        /// Steps of smoothing if nothing else is said.
        public static final int SMOOTHING = 3;
        /// Triangles above which there is a coarser level, if nothing else is said.
        public static final int LEVEL_TRIANGLES = 20_000;

        /// @throws InputException if a number is out of its range; names the field
        public Parameters {
            require(mip >= 0, "mip", mip, "0 is the finest");
            require(minVoxels >= 0, "min-voxels", minVoxels, "give 0 to keep all segments");
            require(maxErrorNm >= 0 && maxErrorNm < Double.POSITIVE_INFINITY, "max-error", maxErrorNm,
                    "give nanometres, 0 to simplify nothing");
            require(smoothing >= 0 && smoothing <= 100, "smoothing", smoothing, "give 0 to 100 steps");
            require(levelTriangles >= 1, "level-triangles", levelTriangles, "give at least 1");
        }

        /// The defaults for a part of a dataset: the finest mip whose voxels are near isotropic (longest edge at most
        /// 2.5 times the shortest; if none is, the one nearest to it), an error of two of its voxels (edge of the cube
        /// of the same volume), 100 voxels, 3 steps of smoothing.
        ///
        /// @throws InputException if there is no such part or it is no segmentation
        public static Parameters defaults(Dataset dataset, String segmentation) throws IOException {
            VolumeInfo info = open(dataset, segmentation).info();
            int mip = defaultMip(info);
            return new Parameters(segmentation, PART, mip, MIN_VOXELS, defaultError(info.scale(mip).voxelSize()),
                    SMOOTHING, LEVEL_TRIANGLES);
        }

        /// The finest mip whose voxels are near isotropic, or the one nearest to it.
        public static int defaultMip(VolumeInfo info) {
            int best = 0;
            for (int mip = 0; mip < info.scales().size(); mip++) {
                double ratio = elongation(info.scale(mip).voxelSize());
                if (ratio <= NEAR_ISOTROPIC) {
                    return mip;
                }
                if (ratio < elongation(info.scale(best).voxelSize())) {
                    best = mip;
                }
            }
            return best;
        }

        /// Two voxels, in nanometres, where a voxel is the cube of the same volume; rounded to a tenth.
        public static double defaultError(VoxelSize voxel) {
            return Math.max(1, Math.round(20 * Math.cbrt(voxel.volume()))) / 10.0;
        }

        private Map<String, Object> asMap() {
            return Map.of("segmentation", segmentation, "part", part, "mip", mip, "min_voxels", minVoxels,
                    "max_error_nm", maxErrorNm, "smoothing", smoothing, "level_triangles", levelTriangles);
        }

        private static double elongation(VoxelSize v) {
            return Math.max(v.x(), Math.max(v.y(), v.z())) / Math.min(v.x(), Math.min(v.y(), v.z()));
        }

        private static void require(boolean holds, String field, Object value, String hint) {
            if (!holds) {
                throw new InputException(field + " " + value + " is out of range", field, hint);
            }
        }
    }

    /// Makes the meshes, or goes on making them, or finds that they are made.
    ///
    /// Figures: `segments` in the volume, `segments_meshed`, `triangles_before` simplification, `triangles` of the
    /// finest levels, `triangles_all_levels`, `bytes` of all meshes, `levels` at most.
    ///
    /// @throws InputException if the part is no segmentation or has no such mip
    /// @throws IOException if a block fails; the run can be started again
    public static Provenance run(Dataset dataset, Parameters parameters, RunOptions options) throws IOException {
        Volume volume = open(dataset, parameters.segmentation());
        int mips = volume.info().scales().size();
        Parameters.require(parameters.mip() < mips, "mip", parameters.mip(),
                "'" + parameters.segmentation() + "' has mips 0 to " + (mips - 1));
        Recipe recipe = new Recipe(VERB, Software.NAME, 0, parameters.asMap(),
                List.of(dataset.input("segmentation", parameters.segmentation())));
        try (StageRun run = StageRun.open(dataset, recipe, Map.of(parameters.part(), Dataset.Kind.MESH), options)) {
            Optional<Provenance> finished = run.finished();
            if (finished.isPresent()) {
                return finished.get();
            }
            Work work = new Work(volume, parameters, run);
            run.run(work.surfaceJob());
            run.run(work.meshJob());
            return run.commit(work.finish());
        }
    }

    private static Volume open(Dataset dataset, String part) throws IOException {
        Volume volume = dataset.volume(part);
        if (volume.info().kind() != VolumeInfo.Kind.SEGMENTATION) {
            throw new InputException("part '" + part + "' is not a segmentation", "segmentation",
                    "name a part that holds ids");
        }
        return volume;
    }

    /// What a bucket counted.
    private record Figures(long segments, long meshed, long trianglesBefore, long triangles, long trianglesAllLevels,
            long bytes, int levels) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);

        Figures plus(Figures o) {
            return new Figures(segments + o.segments, meshed + o.meshed, trianglesBefore + o.trianglesBefore,
                    triangles + o.triangles, trianglesAllLevels + o.trianglesAllLevels, bytes + o.bytes,
                    Math.max(levels, o.levels));
        }
    }

    /// What is done with a block and with a bucket. Serializable, as its jobs are.
    private static final class Work implements Serializable {
        private final Volume volume;
        private final Parameters parameters;
        private final VolumeInfo.Scale scale;
        private final Grid grid;
        private final SurfacePieces pieces;
        private final FileStore meshes;
        private final FileStore figures;

        Work(Volume volume, Parameters parameters, StageRun run) {
            this.volume = volume;
            this.parameters = parameters;
            scale = volume.info().scale(parameters.mip());
            grid = scale.grid();
            pieces = new SurfacePieces(new FileStore(run.scratch()), Math.clamp(grid.count(), 1, MAX_BUCKETS));
            meshes = new FileStore(run.folder(parameters.part()));
            figures = new FileStore(run.scratch().resolve("figures"));
        }

        BlockJob surfaceJob() {
            return BlockJob.of("surfaces", grid.count(), block -> grid.box(block).toString(), this::surfaces);
        }

        BlockJob meshJob() {
            return BlockJob.of("meshes", pieces.buckets(), bucket -> "bucket " + bucket, this::bucket);
        }

        /// What is left once the jobs have run.
        ///
        /// @return the figures
        Map<String, Object> finish() throws IOException {
            MultilodDraco.writeInfo(meshes);
            Figures sum = Figures.NONE;
            for (int bucket = 0; bucket < pieces.buckets(); bucket++) {
                sum = sum.plus(Json.read(figures(bucket), Figures.class));
            }
            Map<String, Object> named = new TreeMap<>();
            named.put("segments", sum.segments);
            named.put("segments_meshed", sum.meshed);
            named.put("triangles_before", sum.trianglesBefore);
            named.put("triangles", sum.triangles);
            named.put("triangles_all_levels", sum.trianglesAllLevels);
            named.put("bytes", sum.bytes);
            named.put("levels", sum.levels);
            return named;
        }

        private void surfaces(int block) throws IOException {
            Box box = grid.box(block);
            Box cubes = MarchingCubes.cubes(box, grid.bounds());
            Block.Longs labels = volume.read(parameters.mip(), MarchingCubes.voxels(cubes)).ids();
            pieces.write(block, MarchingCubes.run(labels, cubes, box));
        }

        private void bucket(int bucket) throws IOException {
            List<SurfacePieces.Entry> entries = new ArrayList<>();
            for (int block = 0; block < grid.count(); block++) {
                entries.addAll(pieces.entries(block, bucket));
            }
            entries.sort(SurfacePieces.Entry.ORDER);
            double voxels = scale.voxelSize().volume() / volume.info().scale(0).voxelSize().volume();
            Figures sum = Figures.NONE;
            for (int from = 0; from < entries.size();) {
                long label = entries.get(from).label();
                long count = 0;
                int to = from;
                while (to < entries.size() && entries.get(to).label() == label) {
                    count += entries.get(to).voxels();
                    to++;
                }
                Figures one = count * voxels < parameters.minVoxels()
                        ? new Figures(1, 0, 0, 0, 0, 0, 0)
                        : segment(label, entries.subList(from, to));
                sum = sum.plus(one);
                from = to;
            }
            Json.write(figures(bucket), sum, false);
        }

        private Figures segment(long label, List<SurfacePieces.Entry> entries) throws IOException {
            List<LatticeMesh> parts = new ArrayList<>();
            for (SurfacePieces.Entry entry : entries) {
                parts.add(pieces.read(entry));
            }
            TriangleMesh surface = LatticeMesh.weld(parts).toNanometres(scale.voxelSize());
            parts.clear();
            List<TriangleMesh> levels = levels(Smooth.taubin(surface, parameters.smoothing(), scale.voxelSize()));
            MultilodDraco.Encoded encoded = MultilodDraco.encode(levels);
            MultilodDraco.write(meshes, label, encoded);
            return new Figures(1, 1, surface.triangleCount(), levels.getFirst().triangleCount(),
                    levels.stream().mapToLong(TriangleMesh::triangleCount).sum(),
                    (long) encoded.manifest().length + encoded.fragments().length, levels.size());
        }

        private List<TriangleMesh> levels(TriangleMesh surface) {
            List<TriangleMesh> levels = new ArrayList<>();
            double error = parameters.maxErrorNm();
            levels.add(Simplify.run(surface, error));
            while (error > 0 && levels.size() < MAX_LEVELS
                    && levels.getLast().triangleCount() > parameters.levelTriangles()) {
                error *= 2;
                TriangleMesh coarser = Simplify.run(levels.getLast(), error);
                if (coarser.triangleCount() > 0.8 * levels.getLast().triangleCount()) {
                    break;
                }
                levels.add(coarser);
            }
            return levels;
        }

        private Path figures(int bucket) {
            return figures.root().resolve(bucket + ".json");
        }
    }
}
