package org.neuropil.server.cave;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.Problem;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.published.PublicDataset;

/// The info service: how clients find what belongs to a dataset. A datastack is a graph of it: the one that is edited,
/// under the dataset's name, and its past states under theirs. A dataset without a graph is a datastack too.
final class DiscoveryEndpoints {
    /// The CAVE services whose contract is kept, for clients that decide by it what they may ask.
    static final String INFO_VERSION = "4.3.3";

    private static final int VOLUME_ID = 1;

    private final GraphTables tables;
    private final DatasetFacts.Source facts;

    DiscoveryEndpoints(GraphTables tables, DatasetFacts.Source facts) {
        this.tables = tables;
        this.facts = facts;
    }

    record AlignedVolume(int id, String name, String displayName, String description, @Nullable String imageSource) {}

    record Datastack(AlignedVolume alignedVolume, @Nullable String segmentationSource,
            @Nullable String skeletonSource, @Nullable String analysisDatabase, @Nullable String viewerSite,
            @Nullable String synapseTable, @Nullable String somaTable, String localServer, String description,
            @Nullable Double viewerResolutionX, @Nullable Double viewerResolutionY,
            @Nullable Double viewerResolutionZ, @Nullable String proofreadingStatusTable,
            @Nullable String cellIdentificationTable, @Nullable String proofreadingReviewTable) {}

    record ImageSource(String name, @Nullable String imageSource) {}

    /// `GET datastacks`.
    Answer datastacks(Call call) throws IOException {
        return CaveJson.answer(call, names());
    }

    /// `GET datastack/full/{datastack}`, and the same without `full`.
    Answer datastack(Call call) throws IOException {
        String name = datastackName(call);
        DatasetFacts now = facts.now();
        String source = tables.names().contains(name)
                ? "graphene://" + call.origin() + "/segmentation/table/" + name
                : segmentation(now, call);
        VoxelSize voxel = now.voxelSize();
        PublicDataset elsewhere = now.published();
        String skeletons = elsewhere == null ? null : given(elsewhere.places().skeletons());
        return CaveJson.answer(call,
                new Datastack(volume(now, call), source, skeletons, null, call.origin() + "/viewer/",
                        now.role("synapses"), now.role("nuclei"), call.origin(), now.title(),
                        voxel == null ? null : voxel.x(), voxel == null ? null : voxel.y(),
                        voxel == null ? null : voxel.z(), now.role("proofreading"), now.role("cell_types"), null));
    }

    /// `GET datastack/{datastack}/image_sources`.
    Answer imageSources(Call call) throws IOException {
        datastackName(call);
        DatasetFacts now = facts.now();
        List<ImageSource> all = new ArrayList<>(List.of(new ImageSource(now.name(), image(now, call))));
        PublicDataset elsewhere = now.published();
        if (elsewhere != null) {
            for (String mirror : elsewhere.places().imageryMirrors()) {
                all.add(new ImageSource("mirror " + all.size(), mirror));
            }
        }
        return CaveJson.answer(call, all);
    }

    /// `GET aligned_volume`.
    Answer volumes(Call call) throws IOException {
        return CaveJson.answer(call, List.of(facts.now().name()));
    }

    /// `GET aligned_volume/{volume}`.
    Answer volume(Call call) throws IOException {
        return CaveJson.answer(call, volume(volume(call.variable("volume")), call));
    }

    /// `GET aligned_volume/id/{id}`.
    Answer volumeById(Call call) throws IOException {
        if (!call.variable("id").equals(Integer.toString(VOLUME_ID))) {
            throw noVolume(call.variable("id"));
        }
        return CaveJson.answer(call, volume(facts.now(), call));
    }

    /// `GET aligned_volume/{volume}/datastacks`.
    Answer datastacksOf(Call call) throws IOException {
        volume(call.variable("volume"));
        return CaveJson.answer(call, names());
    }

    /// `GET ngl_info`: the layers that a viewer can be given.
    Answer layers(Call call) throws IOException {
        DatasetFacts now = facts.now();
        Map<String, Object> menu = new LinkedHashMap<>();
        String image = image(now, call);
        for (String name : names()) {
            List<Object> segmentations = new ArrayList<>();
            if (tables.names().contains(name)) {
                segmentations.add(Map.of("name", name, "type", "segmentation", "source",
                        "graphene://" + call.origin() + "/segmentation/table/" + name));
            }
            menu.put(name, Map.of("description", now.title(), "image_layers",
                    image == null ? List.of() : List.of(Map.of("name", "em", "type", "image", "source", image)),
                    "segmentation_layers", segmentations));
        }
        return CaveJson.answer(call, menu);
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>(tables.names());
        String dataset = facts.now().name();
        if (!names.contains(dataset)) {
            names.add(dataset);
        }
        return names;
    }

    /// The datastack that the path names.
    ///
    /// @throws Problem 404 if there is none of the name
    String datastackName(Call call) throws IOException {
        String name = call.variable("datastack");
        if (!names().contains(name)) {
            throw Problem.notFound("there is no datastack '" + name + "'", "",
                    "there are " + String.join(", ", names()));
        }
        return name;
    }

    private DatasetFacts volume(String name) throws IOException {
        DatasetFacts now = facts.now();
        if (!now.name().equals(name)) {
            throw noVolume(name);
        }
        return now;
    }

    private static Problem noVolume(String name) {
        return Problem.notFound("there is no aligned volume '" + name + "'", "",
                "/info/api/v2/aligned_volume lists what there is");
    }

    private static AlignedVolume volume(DatasetFacts facts, Call call) {
        return new AlignedVolume(VOLUME_ID, facts.name(), facts.title().isEmpty() ? facts.name() : facts.title(),
                facts.title(), image(facts, call));
    }

    /// Images of the dataset's own, or else those of the published one.
    private static @Nullable String image(DatasetFacts facts, Call call) {
        PublicDataset elsewhere = facts.published();
        return facts.image() != null || elsewhere == null
                ? precomputed(facts.image(), call)
                : given(elsewhere.places().imagery());
    }

    /// The segmentation of the dataset's own, or else that of the published one.
    private static @Nullable String segmentation(DatasetFacts facts, Call call) {
        PublicDataset elsewhere = facts.published();
        return facts.segmentation() != null || elsewhere == null
                ? precomputed(facts.segmentation(), call)
                : given(elsewhere.places().segmentation());
    }

    private static @Nullable String given(String address) {
        return address.isEmpty() ? null : address;
    }

    private static @Nullable String precomputed(@Nullable String part, Call call) {
        return part == null ? null : "precomputed://" + call.origin() + "/data/" + part;
    }
}
