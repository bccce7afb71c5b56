package org.neuropil.graph.ingest;

import java.io.IOException;

import org.neuropil.graph.GraphInfo;
import org.neuropil.graph.store.GraphStore;
import org.neuropil.space.Grid;
import org.neuropil.volume.store.MemoryStore;

/// Makes a graph's base in one go, in memory: for small worlds. It takes the same steps as the stage.
public final class BaseBuilder {
    private BaseBuilder() {}

    /// Writes the rows of a graph.
    ///
    /// @param source its chunks
    /// @param store where the rows go
    /// @throws org.neuropil.space.InputException if chunks do not agree on the edges between them, or ids have no room
    public static GraphInfo build(GraphPlan plan, ChunkSource source, GraphStore store) throws IOException {
        GraphSteps steps = new GraphSteps(plan, source, new MemoryStore());
        Grid chunks = plan.grid();
        for (int i = 0; i < chunks.count(); i++) {
            steps.level2(chunks.position(i));
        }
        for (int i = 0; i < chunks.count(); i++) {
            steps.borders(chunks.position(i));
        }
        GraphInfo info = steps.info();
        for (int layer = 3; layer <= info.layers(); layer++) {
            Grid cells = plan.cells(layer);
            for (int i = 0; i < cells.count(); i++) {
                steps.join(layer, info.anchorBits(), cells.position(i));
            }
        }
        for (int layer = info.layers(); layer >= 3; layer--) {
            Grid cells = plan.cells(layer);
            for (int i = 0; i < cells.count(); i++) {
                steps.roots(layer, cells.position(i));
            }
        }
        for (int i = 0; i < chunks.count(); i++) {
            steps.rows(info.anchorBits(), chunks.position(i));
        }
        steps.load(store);
        return info;
    }
}
