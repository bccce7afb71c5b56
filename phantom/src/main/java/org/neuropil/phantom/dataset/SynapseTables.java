package org.neuropil.phantom.dataset;

import java.util.Optional;

import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Orientation;
import org.neuropil.phantom.circuit.Synapses;
import org.neuropil.phantom.circuit.Tissue;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.published.PublicDataset.PublicTable;

/// Tables of synapses and of what they sit on, piece by piece.
final class SynapseTables {
    private static final int PIECE = 1 << 19;
    private static final double HALF_CLEFT = 0.1;
    private static final String TARGET_LABELS = "synapse_target_predictions_ssa";

    private final MadeTables to;
    private final MadeCircuit circuit;
    private final Tissue tissue;
    private final Orientation orientation;

    private SynapseTables(MadeTables to, MadeCircuit circuit) {
        this.to = to;
        this.circuit = circuit;
        tissue = circuit.plan().tissue();
        orientation = tissue.orientation();
    }

    /// Adds them.
    static void add(MadeTables to, MadeCircuit circuit) {
        SynapseTables tables = new SynapseTables(to, circuit);
        tables.synapses();
    }

    private void synapses() {
        Synapses all = circuit.synapses();
        PublicTable table = to.published(tissue.plane() ? "synapses_v1dd" : "synapses_pni_2");
        to.add(table, all.count(), number -> piece(table, all, number));
        int[] labelled = new int[all.count()];
        int count = 0;
        for (int i = 0; i < labelled.length; i++) {
            if (all.label()[i] >= 0) {
                labelled[count++] = i;
            }
        }
        int labels = count;
        PublicTable targets = to.published(TARGET_LABELS);
        to.add(targets, labels, number -> labels(targets, all, labelled, labels, number));
    }

    private Optional<Rows> piece(PublicTable table, Synapses all, int number) {
        int from = number * PIECE;
        int n = Math.min(PIECE, all.count() - from);
        if (from >= all.count() || n <= 0) {
            return Optional.empty();
        }
        long[] ids = new long[n];
        long[] before = new long[n];
        long[] behind = new long[n];
        double[] size = new double[n];
        for (int i = 0; i < n; i++) {
            ids[i] = from + i + 1L;
            before[i] = all.preRoot()[from + i];
            behind[i] = all.postRoot()[from + i];
            size[i] = Math.rint(all.size()[from + i]);
        }
        VoxelSize voxel = table.info("", "").resolution();
        return Optional.of(new TableRows(table.tableSchema(), n).longs("id", ids)
                .points("pre_pt", orientation, voxel, all.x(), all.y(), all.z(), from, -HALF_CLEFT)
                .points("ctr_pt", orientation, voxel, all.x(), all.y(), all.z(), from, 0)
                .points("post_pt", orientation, voxel, all.x(), all.y(), all.z(), from, HALF_CLEFT)
                .longs("pre_pt_root_id", before).longs("post_pt_root_id", behind).numbers("size", size).rows());
    }

    private static Optional<Rows> labels(PublicTable table, Synapses all, int[] labelled, int count, int number) {
        int from = number * PIECE;
        int n = Math.min(PIECE, count - from);
        if (from >= count || n <= 0) {
            return Optional.empty();
        }
        long[] ids = new long[n];
        String[] tags = new String[n];
        for (int i = 0; i < n; i++) {
            ids[i] = labelled[from + i] + 1L;
            tags[i] = Synapses.TARGETS.get(all.label()[labelled[from + i]]);
        }
        return Optional.of(new TableRows(table.tableSchema(), n).longs("id", ids).longs("target_id", ids.clone())
                .texts("tag", tags).rows());
    }
}
