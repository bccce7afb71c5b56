package org.neuropil.cli;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.neuropil.morphology.MeshStage;
import org.neuropil.pipeline.Dataset;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
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
    private @Nullable String mip;

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
        int at = mip == null ? usual.mip() : mip(mip, scales);
        double error = maxError != null
                ? maxError
                : at < scales.size()
                        ? MeshStage.Parameters.defaultError(scales.get(at).voxelSize())
                        : usual.maxErrorNm();
        return new MeshStage.Parameters(segmentation, usual.part(), at, minVoxels != null
                ? minVoxels
                : usual.minVoxels(), error, usual.smoothing(), usual.levelTriangles());
    }

    private static int mip(String text, List<VolumeInfo.Scale> scales) {
        if (text.matches("\\d{1,3}")) {
            return Integer.parseInt(text);
        }
        VoxelSize size = VoxelSize.parse(text, "--mip");
        for (int i = 0; i < scales.size(); i++) {
            if (scales.get(i).voxelSize().equals(size)) {
                return i;
            }
        }
        throw new InputException("there is no mip of " + size, "--mip",
                "there are " + String.join(", ", scales.stream().map(s -> s.voxelSize().toString()).toList()));
    }
}
