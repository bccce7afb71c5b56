package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.morphology.MeshStage;
import org.neuropil.pipeline.Dataset;
import org.neuropil.volume.VolumeInfo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `neuropil mesh`: segments get surfaces.
@Command(name = "mesh", header = "Makes a surface of each segment.", description = "Makes the part meshes, in Neuroglancer's multi-resolution format.", footer = {
    "  neuropil mesh neuropil-demo", "  neuropil mesh neuropil-demo --mip 1 --max-error 20 --force"})
final class MeshVerb extends DatasetVerb {
    @Option(names = "--segmentation", paramLabel = "PART", defaultValue = "segmentation", description = "The segments; segmentation if left out.")
    private String segmentation = "segmentation";

    @Option(names = "--mip", paramLabel = "MIP", description = "0 is the finest; or a voxel size, 16x16x40nm. The finest near isotropic one if left out.")
    private @Nullable Mip mip;

    @Option(names = "--min-voxels", paramLabel = "N", description = "Smaller segments get no mesh; 100 if left out.")
    private @Nullable Long minVoxels;

    @Option(names = "--max-error", paramLabel = "NM", description = "How far simplification may move a surface, nm; two voxels if left out.")
    private @Nullable Double maxError;

    @Override
    void run() throws IOException {
        try (Dataset dataset = Dataset.open(folder())) {
            MeshStage.Parameters parameters = parameters(dataset);
            new Stage(this, false).runAndPrint("mesh", options -> MeshStage.run(dataset, parameters, options));
        }
    }

    private MeshStage.Parameters parameters(Dataset dataset) throws IOException {
        MeshStage.Parameters usual = MeshStage.Parameters.defaults(dataset, segmentation);
        List<VolumeInfo.Scale> scales = dataset.volume(segmentation).info().scales();
        int at = mip == null ? usual.mip() : mip.among(scales);
        double error = maxError != null
                ? maxError
                : at < scales.size()
                        ? MeshStage.Parameters.defaultError(scales.get(at).voxelSize())
                        : usual.maxErrorNm();
        return new MeshStage.Parameters(segmentation, usual.part(), at, minVoxels != null
                ? minVoxels
                : usual.minVoxels(), error, usual.smoothing(), usual.levelTriangles());
    }
}
