package org.neuropil.server.api;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.neuropil.pipeline.Json;

import tools.jackson.databind.JsonNode;

/// The largest segments of a segmentation, from its segment properties.
final class LargestSegments {
    private static final int LEAST = 5;
    private static final int MOST = 12;
    /// After the first few, a segment smaller than this share of the largest is none of the large ones.
    private static final double SHARE = 0.2;

    private LargestSegments() {}

    private record Segment(String id, double voxels) {}

    /// Ids, the largest first; none if the properties do not say how large segments are.
    ///
    /// @param dataset its folder; nothing outside is read
    /// @param folder of the segmentation
    /// @param properties folder of the properties relative to it, as its info file says
    static List<String> of(Path dataset, Path folder, Optional<String> properties) throws IOException {
        Path inside = folder.resolve(properties.orElse("segment_properties")).resolve("info").normalize();
        if (!inside.startsWith(dataset.normalize())) {
            return List.of();
        }
        List<Segment> all;
        try {
            all = segments(Json.read(inside, JsonNode.class).path("inline"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        all.sort(Comparator.comparingDouble(Segment::voxels).reversed().thenComparing(Segment::id));
        List<String> chosen = new ArrayList<>();
        for (Segment segment : all.subList(0, Math.min(MOST, all.size()))) {
            if (chosen.size() < LEAST || segment.voxels() >= SHARE * all.getFirst().voxels()) {
                chosen.add(segment.id());
            }
        }
        return chosen;
    }

    private static List<Segment> segments(JsonNode inline) {
        List<Segment> all = new ArrayList<>();
        JsonNode ids = inline.path("ids");
        for (JsonNode property : inline.path("properties")) {
            JsonNode values = property.path("values");
            if (property.path("id").asString("").equals("voxels") && values.size() == ids.size()) {
                for (int i = 0; i < ids.size(); i++) {
                    String id = ids.get(i).asString("0");
                    if (!id.equals("0")) {
                        all.add(new Segment(id, values.get(i).asDouble(0)));
                    }
                }
            }
        }
        return all;
    }
}
