package org.neuropil.physiology.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.neuropil.physiology.file.SessionFolder;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.trial.Cuts;

/// Films of a mouse's retina with moving bars, whose cells somebody sorted into types; type 6 is direction-selective.
class RetinaFilmsTest {
    /// Films that may not stand in the project.
    private static final Path FILMS = Path.of("..", "..", "shared", "data", "retina-calcium");
    private static final String SELECTIVE = "6";

    @Test
    void theDirectionSelectiveTypeComesOutOnTop() throws IOException {
        assumeTrue(Files.isDirectory(FILMS), "films of a retina are not there: " + FILMS);
        Map<String, List<Double>> selective = new HashMap<>();
        Map<String, List<Double>> others = new HashMap<>();
        SessionChoice choice = new SessionChoice(Set.of("dsi", "dsi_cv", "gdsi", "direction_vector_ratio"), Set.of(),
                Optional.empty(), Cuts.PUBLISHED, Optional.empty(), Optional.empty(), 0, 2);
        for (SessionFolder.Found film : SessionFolder.scan(FILMS).sessions()) {
            try (Session session = SessionFolder.open(film.path())) {
                String[] types = session.info().properties().getOrDefault("roi_types", "").split(",");
                List<Roi> rois = session.planes().getFirst().rois();
                SessionMetrics.compute(session, choice, value -> value.roi().ifPresent(key -> {
                    int at = rois.indexOf(rois.stream().filter(roi -> roi.key().equals(key)).findFirst().orElseThrow());
                    if (!Double.isNaN(value.value())) {
                        (types[at].equals(SELECTIVE) ? selective : others)
                                .computeIfAbsent(value.metric(), _ -> new ArrayList<>()).add(value.value());
                    }
                }), () -> {});
            }
        }
        // Each cell of the type is in one or two of the films.
        assertThat(selective.getOrDefault("dsi", List.of())).hasSize(23);
        assertThat(above(selective, others, "direction_vector_ratio")).isGreaterThan(0.98);
        assertThat(above(selective, others, "gdsi")).isGreaterThan(0.97);
        assertThat(above(selective, others, "dsi_cv")).isGreaterThan(0.95);
        assertThat(above(selective, others, "dsi")).isGreaterThan(0.95);
    }

    /// How often one of the first is above one of the others.
    private static double above(Map<String, List<Double>> some, Map<String, List<Double>> others, String metric) {
        List<Double> first = some.getOrDefault(metric, List.of());
        List<Double> second = others.getOrDefault(metric, List.of());
        long above = first.stream().mapToLong(x -> second.stream().filter(y -> x > y).count()).sum();
        return above / (double) (first.size() * second.size());
    }
}
