package org.neuropil.phantom.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import org.neuropil.phantom.circuit.Cells;
import org.neuropil.phantom.circuit.Group;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Orientation;
import org.neuropil.phantom.circuit.Proofreading;
import org.neuropil.phantom.circuit.Tissue;
import org.neuropil.phantom.circuit.Vessels;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.published.PublicDataset.PublicTable;
import org.neuropil.tables.schema.Field;

import it.unimi.dsi.fastutil.ints.IntArrayList;

/// Tables of cells: nuclei, types, areas, proofreading; and of vessels.
final class CellTables {
    private static final int NEAREST = 10;
    private static final String VESSELS = "vessels";
    private static final String OTHER_TYPES = "nonneuronal_types";

    private final MadeTables to;
    private final MadeCircuit circuit;
    private final Cells cells;
    private final Tissue tissue;
    private final Orientation orientation;

    private CellTables(MadeTables to, MadeCircuit circuit) {
        this.to = to;
        this.circuit = circuit;
        cells = circuit.cells();
        tissue = circuit.plan().tissue();
        orientation = tissue.orientation();
    }

    /// Adds them.
    static void add(MadeTables to, MadeCircuit circuit) {
        CellTables tables = new CellTables(to, circuit);
        tables.nuclei();
        tables.types();
        tables.areas();
        tables.proofreading();
        tables.vessels();
    }

    private void nuclei() {
        PublicTable table = to.published(MadeTables.NUCLEI);
        to.add(table, new TableRows(table.tableSchema(), cells.count()).longs("id", cells.nucleus())
                .points("pt", orientation, table.info("", "").resolution(), cells.x(), cells.y(), cells.z(), 0, 0)
                .longs("pt_root_id", cells.root()).floats("volume", cells.volume()));
    }

    private void types() {
        boolean minnie = !tissue.plane();
        int[] all = range(0, cells.count());
        int[] neurons = range(0, cells.neurons());
        int[] others = range(cells.neurons(), cells.count());
        typed(to.published(minnie ? "aibs_metamodel_celltypes_v661" : "cell_type_multifeature_v1"),
                minnie ? all : neurons, this::system, cell -> tissue.types().get(cells.label()[cell]).name());
        typed(to.published(minnie ? "nucleus_ref_neuron_svm" : "neurons_soma_model"), minnie ? all : neurons,
                _ -> minnie ? "is_neuron" : "soma_model", cell -> cell < cells.neurons() ? "neuron" : "not-neuron");
        if (!minnie) {
            typed(to.own(OTHER_TYPES, "cell_type_reference", List.of(), "Types of cells that are no neurons",
                    MadeTables.NUCLEI),
                    others, _ -> "nonneuron", cell -> tissue.types().get(cells.label()[cell]).name());
        }
    }

    /// As the published tables call classes.
    private String system(int cell) {
        Group group = tissue.types().get(cells.label()[cell]).group();
        if (tissue.plane()) {
            return group == Group.EXCITATORY ? "E" : "I";
        }
        return group == Group.OTHER
                ? "nonneuron"
                : group == Group.EXCITATORY ? "excitatory_neuron" : "inhibitory_neuron";
    }

    private void typed(PublicTable table, int[] which, IntFunction<String> systems, IntFunction<String> names) {
        String[] system = new String[which.length];
        String[] type = new String[which.length];
        long[] ids = new long[which.length];
        for (int i = 0; i < which.length; i++) {
            ids[i] = cells.nucleus()[which[i]];
            system[i] = systems.apply(which[i]);
            type[i] = names.apply(which[i]);
        }
        to.add(table, new TableRows(table.tableSchema(), which.length).longs("id", ids).longs("target_id", ids.clone())
                .texts("classification_system", system).texts("cell_type", type));
    }

    private void areas() {
        if (tissue.plane()) {
            return;
        }
        PublicTable table = to.published("nucleus_functional_area_assignment");
        int n = cells.count();
        String[] area = new String[n];
        for (int i = 0; i < n; i++) {
            area[i] = circuit.area(i);
        }
        double[] distance = new double[n];
        for (int i = 0; i < n; i++) {
            distance[i] = toOthers(i, area);
        }
        to.add(table, new TableRows(table.tableSchema(), n).longs("id", cells.nucleus())
                .longs("target_id", cells.nucleus()).texts("tag", area).numbers("value", distance));
    }

    /// Mean distance to the ten nearest nuclei of another area, µm; to fewer if there are no more.
    private double toOthers(int cell, String[] area) {
        double[] nearest = new double[NEAREST];
        Arrays.fill(nearest, Double.MAX_VALUE);
        for (int i = 0; i < area.length; i++) {
            double lateral = cells.lateral(i, cell);
            double below = cells.y()[i] - cells.y()[cell];
            double squared = lateral * lateral + below * below;
            if (squared < nearest[NEAREST - 1] && !area[i].equals(area[cell])) {
                int at = NEAREST - 1;
                while (at > 0 && nearest[at - 1] > squared) {
                    nearest[at] = nearest[at - 1];
                    at--;
                }
                nearest[at] = squared;
            }
        }
        return Arrays.stream(nearest).filter(one -> one < Double.MAX_VALUE).map(Math::sqrt).average()
                .orElse(Double.NaN);
    }

    private void proofreading() {
        Proofreading proofread = circuit.proofreading();
        IntArrayList found = new IntArrayList();
        for (int i = 0; i < cells.neurons(); i++) {
            if (proofread.axon()[i] != 0 || proofread.dendrite()[i] != 0) {
                found.add(i);
            }
        }
        int[] which = found.toIntArray();
        int n = which.length;
        boolean[] axon = new boolean[n];
        boolean[] dendrite = new boolean[n];
        String[] axonHow = new String[n];
        String[] dendriteHow = new String[n];
        for (int i = 0; i < n; i++) {
            axon[i] = proofread.axon()[which[i]] != 0;
            dendrite[i] = proofread.dendrite()[which[i]] != 0;
            axonHow[i] = Proofreading.AXON.get(proofread.axon()[which[i]]);
            dendriteHow[i] = Proofreading.DENDRITE.get(proofread.dendrite()[which[i]]);
        }
        PublicTable table = to.published("proofreading_status_and_strategy");
        long[] roots = Take.taken(cells.root(), which);
        to.add(table, new TableRows(table.tableSchema(), n).longs("id", Take.counted(n))
                .points("pt", orientation, table.info("", "").resolution(), Take.taken(cells.x(), which),
                        Take.taken(cells.y(), which), Take.taken(cells.z(), which), 0, 0)
                .longs("pt_root_id", roots).longs("valid_id", roots.clone()).booleans("status_axon", axon)
                .booleans("status_dendrite", dendrite).texts("strategy_axon", axonHow)
                .texts("strategy_dendrite", dendriteHow));
    }

    private void vessels() {
        Vessels vessels = circuit.vessels();
        PublicTable table = to.own(VESSELS, "vessel_point",
                List.of(new Field.Point("pt", true, false, "A point on the vessel's axis"),
                        new Field.Value("vessel", true, ColumnType.INT32, false, List.of(), "", "Which vessel"),
                        new Field.Value("radius", true, ColumnType.FLOAT32, false, List.of(), "um", "Of the vessel")),
                "Points along blood vessels", "");
        to.add(table, new TableRows(table.tableSchema(), vessels.count()).longs("id", Take.counted(vessels.count()))
                .points("pt", orientation, table.info("", "").resolution(), vessels.x(), vessels.y(), vessels.z(), 0, 0)
                .ints("vessel", vessels.vessel()).floats("radius", vessels.radius()));
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = 0; i < range.length; i++) {
            range[i] = from + i;
        }
        return range;
    }
}
