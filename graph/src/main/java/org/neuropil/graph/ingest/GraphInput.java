package org.neuropil.graph.ingest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.neuropil.pipeline.volumes.VolumePart;
import org.neuropil.space.InputException;
import org.neuropil.space.Int3;

/// What a graph is made from.
public sealed interface GraphInput {
    /// Which edges join supervoxels.
    sealed interface Joined {}

    /// Edges between supervoxels of one segment.
    ///
    /// @param part of the dataset that holds the volume of segments; 0 is none
    record BySegmentation(String part) implements Joined {}

    /// Edges of at least an affinity; those of infinite affinity in any case.
    ///
    /// @param least 0 or more
    record ByAffinity(float least) implements Joined {
        /// @throws InputException if it is less
        public ByAffinity {
            if (!(least >= 0)) {
                throw new InputException("threshold " + least + " is not 0 or more", "--threshold", "");
            }
        }
    }

    /// Edges within a component of a chunk, as PyChunkedGraph's files `components_x_y_z.proto` list them.
    ///
    /// @param folder of the files
    record ByComponents(Path folder) implements Joined {}

    /// Supervoxels whose ids are those of a graph already, as the verb `segment` leaves them.
    ///
    /// @param supervoxels part of the dataset that holds their volume
    /// @param edges part that holds the files of their edges, or a folder of PyChunkedGraph's `edges_x_y_z.proto.zst`
    /// @param joined which edges are active
    /// @param fromEdges true to take for supervoxels those that have edges, without a look at the voxels
    /// @param chunk of the graph, in voxels; empty for the chunk of the volume
    /// @param spatialBits of the ids; empty for what [org.neuropil.segment.SupervoxelIds] gives such a grid
    record Segmented(String supervoxels, String edges, Joined joined, boolean fromEdges, Optional<Int3> chunk,
            OptionalInt spatialBits) implements GraphInput {
        /// @throws InputException if the chunk has an edge of less than a voxel
        public Segmented {
            if (chunk.isPresent() && Math.min(chunk.get().x(), Math.min(chunk.get().y(), chunk.get().z())) < 1) {
                throw new InputException("chunk " + chunk.get() + " is not at least 1 an edge", "--chunk",
                        "leave it out, or use for example 64,64,64");
            }
        }

        /// What the verb `segment` leaves.
        public static Segmented usual() {
            return of(new BySegmentation("segmentation"));
        }

        /// What the verb `segment` leaves, joined in another way.
        public static Segmented of(Joined joined) {
            return new Segmented("supervoxels", "edges", joined, false, Optional.empty(), OptionalInt.empty());
        }
    }

    /// Labels of any kind, which are cut at the borders of chunks.
    ///
    /// @param labels the volume; 0 is background
    /// @param chunk of the graph, in voxels
    /// @param supervoxels name of the part to be made that holds the volume of supervoxels
    /// @param edges file of `sv1,sv2,affinity` with or without `area` in each row, where sv are labels
    /// @param mapping file of `sv,segment` in each row: labels of one segment that touch are joined
    /// @param threshold affinity from which on labels are joined that have no mapping
    record Labelled(VolumePart labels, Int3 chunk, String supervoxels, Optional<Path> edges, Optional<Path> mapping,
            Optional<Float> threshold) implements GraphInput {
        /// @throws InputException if there are a mapping and a threshold, or a threshold and no edges
        public Labelled {
            if (threshold.isPresent() && mapping.isPresent()) {
                throw new InputException("says what is joined, and so does the mapping", "--threshold",
                        "leave one of them out");
            }
            if (threshold.isPresent() && edges.isEmpty()) {
                throw new InputException("is of affinities, and no edges are given", "--threshold", "give --edges");
            }
            if (threshold.isPresent() && !(threshold.get() >= 0)) {
                throw new InputException("threshold " + threshold.get() + " is not 0 or more", "--threshold", "");
            }
            if (Math.min(chunk.x(), Math.min(chunk.y(), chunk.z())) < 1 || chunk.volume() > 1 << 24) {
                throw new InputException("chunk " + chunk + " is not at least 1 an edge with at most 2^24 voxels",
                        "--chunk", "use for example 64,64,64");
            }
        }
    }
}
