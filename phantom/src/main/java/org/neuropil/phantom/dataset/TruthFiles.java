package org.neuropil.phantom.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.neuropil.phantom.circuit.Cells;
import org.neuropil.phantom.circuit.CellType;
import org.neuropil.phantom.circuit.CircuitPlan;
import org.neuropil.phantom.circuit.MadeCircuit;
import org.neuropil.phantom.circuit.Proximity;
import org.neuropil.phantom.circuit.Rule;
import org.neuropil.phantom.circuit.Synapses;
import org.neuropil.phantom.circuit.Tuning;
import org.neuropil.phantom.circuit.Units;
import org.neuropil.pipeline.Json;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.GivenRows;

/// Writes what was dosed and what came of it, so that answers of questions can be held against it.
final class TruthFiles {
    private final MadeCircuit circuit;
    private final Engine engine;
    private final Path folder;

    TruthFiles(MadeCircuit circuit, Engine engine, Path folder) {
        this.circuit = circuit;
        this.engine = engine;
        this.folder = folder;
    }

    void write() throws IOException {
        Files.createDirectories(folder);
        Json.write(folder.resolve("plan.json"), plan(circuit.plan(), circuit.seed()), true);
        write("cells", cells());
        write("tuning", tuning());
        write("signals", signals());
        write("pairs", pairs());
        write("synapses", synapses());
        write("units", units());
        write("responses", responses());
    }

    /// All that decides the circuit, with what each dose means.
    static Map<String, Object> plan(CircuitPlan plan, long seed) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("like", plan.tissue().name());
        all.put("seed", seed);
        all.put("neurons", plan.neurons());
        all.put("side_um", plan.side());
        all.put("proofread_axons", plan.proofread());
        all.put("imaged_neurons", plan.imaged());
        all.put("outside", plan.outside());
        all.put("image_repeats", plan.imageRepeats());
        all.put("grating_repeats", plan.gratingRepeats());
        Map<String, Object> rules = new LinkedHashMap<>();
        for (Rule rule : Rule.values()) {
            rules.put(rule.word(), Map.of("dose", plan.dose(rule), "meaning", rule.meaning()));
        }
        all.put("rules", rules);
        return all;
    }

    private void write(String name, Table table) throws IOException {
        try (Answer answer = GivenRows.answer(engine, new Rows(table.columns, table.data))) {
            answer.writeParquet(folder.resolve(name + ".parquet"));
        }
    }

    /// Columns, one after the other.
    private static final class Table {
        private final List<Column> columns = new ArrayList<>();
        private final List<ColumnData> data = new ArrayList<>();

        private Table add(String name, ColumnType type, ColumnData values) {
            columns.add(new Column(name, type, values.absent() != null));
            data.add(values);
            return this;
        }

        Table ids(String name, long[] values) {
            return add(name, ColumnType.ID, new ColumnData.Longs(values, null));
        }

        /// @param values 0 for what is absent
        Table given(String name, long[] values) {
            BitSet absent = new BitSet();
            for (int i = 0; i < values.length; i++) {
                absent.set(i, values[i] == 0);
            }
            return add(name, ColumnType.ID, new ColumnData.Longs(values, absent));
        }

        Table ints(String name, int[] values) {
            return add(name, ColumnType.INT32, new ColumnData.Ints(values, null));
        }

        Table floats(String name, float[] values) {
            return add(name, ColumnType.FLOAT32, new ColumnData.Floats(values, null));
        }

        Table booleans(String name, boolean[] values) {
            return add(name, ColumnType.BOOLEAN, new ColumnData.Booleans(values, null));
        }

        Table texts(String name, @Nullable String[] values) {
            return add(name, ColumnType.TEXT, new ColumnData.Texts(values, null));
        }
    }

    private Table cells() {
        Cells cells = circuit.cells();
        int n = cells.count();
        String[] type = new String[n];
        String[] group = new String[n];
        String[] area = new String[n];
        for (int i = 0; i < n; i++) {
            CellType of = circuit.type(i);
            type[i] = of.name();
            area[i] = circuit.area(i);
            group[i] = of.group().name().toLowerCase(Locale.ROOT);
        }
        return new Table().ids("nucleus_id", cells.nucleus()).ids("root_id", cells.root()).texts("cell_type", type)
                .texts("group", group).texts("area", area).floats("x_um", cells.x()).floats("y_um", cells.y())
                .floats("z_um", cells.z())
                .floats("axon_weight", cells.weight());
    }

    private Table tuning() {
        Tuning tuning = circuit.tuning();
        return new Table().ids("nucleus_id", nuclei(circuit.cells().neurons())).floats("direction", tuning.direction())
                .floats("width", tuning.width()).floats("opposite", tuning.opposite()).floats("peak", tuning.peak())
                .floats("suppression", tuning.suppression()).floats("running", tuning.running())
                .floats("exposure", tuning.exposure()).floats("azimuth", tuning.azimuth())
                .floats("elevation", tuning.elevation());
    }

    private long[] nuclei(int count) {
        return Arrays.copyOf(circuit.cells().nucleus(), count);
    }

    private Table signals() {
        Tuning tuning = circuit.tuning();
        int n = tuning.signals().length;
        long[] nucleus = new long[n];
        int[] image = new int[n];
        for (int i = 0; i < n; i++) {
            nucleus[i] = circuit.cells().nucleus()[i / tuning.images()];
            image[i] = i % tuning.images();
        }
        return new Table().ids("nucleus_id", nucleus).ints("image", image).floats("response", tuning.signals());
    }

    private Table pairs() {
        Proximity proximity = circuit.proximity();
        int n = Math.toIntExact(proximity.pairs());
        long[] pre = new long[n];
        long[] post = new long[n];
        float[] length = new float[n];
        float[] like = new float[n];
        int[] made = new int[n];
        int[] seen = new int[n];
        int at = 0;
        for (int row = 0; row < proximity.axons().length; row++) {
            int axon = proximity.axons()[row];
            for (int k = 0; k < proximity.targets()[row].length; k++, at++) {
                int target = proximity.targets()[row][k];
                pre[at] = circuit.cells().nucleus()[axon];
                post[at] = circuit.cells().nucleus()[target];
                length[at] = proximity.length()[row][k];
                like[at] = (float) circuit.tuning().similarity(axon, target);
                made[at] = proximity.made()[row][k];
                seen[at] = proximity.seen()[row][k];
            }
        }
        return new Table().ids("pre_nucleus_id", pre).ids("post_nucleus_id", post).floats("l_d_um", length)
                .floats("signal_correlation", like).ints("synapses", made).ints("synapses_seen", seen);
    }

    private Table synapses() {
        Synapses all = circuit.synapses();
        int n = all.count();
        long[] id = new long[n];
        long[] pre = new long[n];
        long[] post = new long[n];
        String[] target = new String[n];
        String[] compartment = new String[n];
        for (int i = 0; i < n; i++) {
            id[i] = i + 1L;
            pre[i] = all.pre()[i] < 0 ? 0 : circuit.cells().nucleus()[all.pre()[i]];
            post[i] = all.post()[i] < 0 ? 0 : circuit.cells().nucleus()[all.post()[i]];
            target[i] = Synapses.TARGETS.get(all.target()[i]);
            compartment[i] = Synapses.COMPARTMENTS.get(all.compartment()[i]);
        }
        return new Table().ids("id", id).given("pre_nucleus_id", pre).given("post_nucleus_id", post)
                .texts("target", target).texts("compartment", compartment);
    }

    private Table units() {
        Units units = circuit.units();
        int n = units.count();
        long[] nucleus = Take.taken(circuit.cells().nucleus(), units.cell());
        long[] matched = Take.taken(circuit.cells().nucleus(), units.matched());
        boolean[] wrong = new boolean[n];
        for (int u = 0; u < n; u++) {
            wrong[u] = units.cell()[u] != units.matched()[u];
        }
        boolean plane = circuit.plan().tissue().plane();
        return new Table().ints(plane ? "column" : "session", units.first())
                .ints(plane ? "volume" : "scan_idx", units.second()).ints(plane ? "plane" : "field", units.third())
                .ints(plane ? "roi" : "unit_id", units.unit()).ids("nucleus_id", nucleus)
                .ids("matched_nucleus_id", matched).booleans("wrong", wrong);
    }

    /// Trial by trial: units are named by their place in `units.parquet`, from 1, as `roi` and `unit_id` do.
    private Table responses() {
        Units units = circuit.units();
        List<float[]> responses = List.of(units.images(), units.windowed(), units.full());
        List<boolean[]> runs = List.of(units.imagesRun(), units.windowedRun(), units.fullRun());
        List<String> names = List.of("natural_images", "gratings_windowed", "gratings_full");
        int n = Math.addExact(units.images().length, 2 * units.windowed().length);
        String[] stimulus = new String[n];
        int[] unit = new int[n];
        int[] condition = new int[n];
        int[] trial = new int[n];
        float[] response = new float[n];
        boolean[] running = new boolean[n];
        int at = 0;
        for (int s = 0; s < names.size(); s++) {
            int repeats = s == 0 ? circuit.plan().imageRepeats() : circuit.plan().gratingRepeats();
            int trials = runs.get(s).length;
            for (int i = 0; i < responses.get(s).length; i++, at++) {
                stimulus[at] = names.get(s);
                unit[at] = i / trials + 1;
                condition[at] = i % trials / repeats;
                trial[at] = i % repeats;
                response[at] = responses.get(s)[i];
                running[at] = runs.get(s)[i % trials];
            }
        }
        return new Table().texts("stimulus", stimulus).ints("unit", unit).ints("condition", condition)
                .ints("trial", trial).floats("response", response).booleans("running", running);
    }
}
