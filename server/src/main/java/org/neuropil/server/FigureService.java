package org.neuropil.server;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.neuropil.pipeline.Dataset;
import org.neuropil.server.api.Parts;
import org.neuropil.server.figure.SectionFigure;
import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;
import org.neuropil.space.Box;
import org.neuropil.volume.Volume;

/// Draws sections, one at a time so that memory stays bounded, and keeps the last few.
final class FigureService {
    private static final int KEPT = 8;
    private static final int SMALLEST = 16;
    private static final int LARGEST = 4096;

    private final LiveDataset dataset;
    private final Map<Key, byte[]> drawn = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
            return size() > KEPT;
        }
    };

    FigureService(LiveDataset dataset) {
        this.dataset = dataset;
    }

    private record Key(String state, int z, int size, boolean overlay) {}

    /// Answers `/api/v1/figure/section.png`.
    Answer section(Call call) throws IOException {
        LiveDataset.Snapshot now = dataset.now();
        String image = Parts.main(now.dataset(), Dataset.Kind.IMAGE, Parts.IMAGE).orElseThrow(() -> Problem
                .notFound("the dataset has no image", "/api/v1/dataset", "make one with 'neuropil import'"));
        Volume em = now.dataset().volume(image);
        Box bounds = em.info().scale(0).bounds();
        int z = call.integer("z", bounds.min().z(), bounds.max().z() - 1).orElse(SectionFigure.middleZ(em));
        int size = call.integer("size", SMALLEST, LARGEST).orElse(SectionFigure.SIZE);
        Optional<String> segments = call.flag("overlay", true)
                ? Parts.main(now.dataset(), Dataset.Kind.SEGMENTATION, Parts.SEGMENTATION)
                : Optional.empty();
        Key key = new Key(now.stamp(), z, size, segments.isPresent());
        synchronized (drawn) {
            byte[] png = drawn.get(key);
            if (png == null) {
                SectionFigure figure = SectionFigure.at(z).withSize(size);
                png = SectionFigure.png(segments.isPresent()
                        ? figure.draw(em, now.dataset().volume(segments.get()))
                        : figure.draw(em));
                drawn.put(key, png);
            }
            return Answer.bytes(MediaTypes.PNG, png, Answer.REVALIDATE);
        }
    }
}
