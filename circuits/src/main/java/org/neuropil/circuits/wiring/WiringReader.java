package org.neuropil.circuits.wiring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.space.VoxelSize;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.dataset.Moment;
import org.neuropil.tables.published.Frame;
import org.neuropil.tables.published.PublicDataset;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;
import org.neuropil.tables.query.SqlQuery;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/// Reads wiring out of tables at a moment. Memory is in proportion to the cells with a type and the synapses between those
/// that are counted.
public final class WiringReader {
    private static final String ROOT = "pt_root_id";
    private static final String PRE = "pre_pt_root_id";
    private static final String POST = "post_pt_root_id";

    private final Engine engine;
    private final Moment moment;
    private final Optional<PublicDataset> published;
    private final WiringChoice choice;
    private final Account.Writer account = new Account.Writer();

    /// @param published what is known of the dataset that it was brought from
    public WiringReader(Engine engine, Moment moment, Optional<PublicDataset> published, WiringChoice choice) {
        this.engine = engine;
        this.moment = moment;
        this.published = published;
        this.choice = choice;
    }

    /// The tables that are read.
    ///
    /// @param proofreading empty if no table tells of it
    private record Names(String synapses, String types, String nuclei, String proofreading) {}

    private Names names() throws IOException {
        String types = table("cell_types", choice.types(), "cell_type_reference");
        return new Names(table("synapses", choice.synapses(), "synapse"), types, nuclei(types),
                choice.all() || choice.axons().isPresent()
                        ? ""
                        : table("proofreading", choice.proofreading(), "compartment_proofread_status_strategy"));
    }

    /// The tables that are read, by their roles.
    ///
    /// @throws InputException if one is needed and nothing tells which it is
    public Map<String, String> tables() throws IOException {
        Names names = names();
        Map<String, String> tables = new LinkedHashMap<>();
        tables.put("synapses", names.synapses);
        tables.put("types", names.types);
        tables.put("nuclei", names.nuclei);
        if (!names.proofreading.isEmpty()) {
            tables.put("proofreading", names.proofreading);
        }
        return tables;
    }

    /// Reads it.
    ///
    /// @throws InputException if a table is missing, or lacks what is needed
    public Wiring read() throws IOException {
        Names names = names();
        Cells cells = cells(names);
        return Wiring.of(cells, synapses(names.synapses, cells), account.account());
    }

    /// @param kind of the rows of the one table that can be meant if none is named
    private String table(String role, Optional<String> named, String kind) throws IOException {
        String option = role.equals("synapses") ? "--table" : "--" + role.replace("cell_", "");
        List<String> there = moment.tables();
        if (named.isPresent()) {
            if (!there.contains(named.get()) && moment.view(named.get()).isEmpty()) {
                throw new InputException("there is no table '" + named.get() + "'", option,
                        "there are " + String.join(", ", there));
            }
            return named.get();
        }
        Optional<String> known = published.flatMap(one -> one.role(role)).filter(there::contains);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> found = new ArrayList<>();
        for (String table : there) {
            if (moment.schema(table).name().equals(kind)) {
                found.add(table);
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new InputException(found.isEmpty()
                ? "no table tells of " + role.replace('_', ' ')
                : "several tables tell of " + role.replace('_', ' ') + ": " + String.join(", ", found), option,
                role.equals("proofreading") && found.isEmpty()
                        ? "name one, give --axons FILE, or --axons all if every axon is whole"
                        : "name one");
    }

    private String nuclei(String types) throws IOException {
        if (choice.nuclei().isPresent()) {
            return table("nuclei", choice.nuclei(), "nucleus_detection");
        }
        List<String> there = moment.tables();
        Optional<String> lookup = published.flatMap(one -> one.role("nucleus_lookup")).filter(there::contains);
        if (lookup.isPresent()) {
            return lookup.get();
        }
        Optional<String> referred = there.contains(types)
                ? moment.info(types).reference().filter(there::contains)
                : Optional.empty();
        return referred.isPresent() ? referred.get() : table("nuclei", Optional.empty(), "nucleus_detection");
    }

    private Rows ask(String sql, Map<String, Source> sources) throws IOException {
        try (Answer answer = SqlQuery.of(sql).ask(engine, sources)) {
            return answer.rows();
        }
    }

    private Source source(String table, String... columns) throws IOException {
        Source source = moment.source(table);
        for (String column : columns) {
            if (source.columns().stream().map(Column::name).noneMatch(column::equals)) {
                throw new InputException("the table '" + table + "' has no column '" + column + "'", table,
                        "take one that has it");
            }
        }
        return source;
    }

    /// Typed cells with one nucleus and one type.
    private Cells cells(Names names) throws IOException {
        String types = names.types;
        String nuclei = names.nuclei;
        Source typed = source(types, "target_id", "cell_type");
        Source placed = source(nuclei, "id", ROOT, "pt_position_x", "pt_position_y", "pt_position_z");
        boolean classed = typed.columns().stream().anyMatch(one -> one.name().equals("classification_system"));
        // How many nuclei share a root is counted over all of them, typed or not: a second one may have no type.
        Rows rows = ask("WITH r AS (SELECT pt_root_id, count(*) AS nuclei FROM n GROUP BY pt_root_id), "
                + "k AS (SELECT target_id, count(DISTINCT cell_type) AS kinds, min(cell_type) AS cell_type, "
                + (classed ? "min(classification_system)" : "''") + " AS system FROM t WHERE cell_type IS NOT NULL "
                + "GROUP BY target_id) "
                + "SELECT n.id, n.pt_root_id, r.nuclei, k.kinds, k.cell_type, k.system, n.pt_position_x AS x, "
                + "n.pt_position_y AS y, n.pt_position_z AS z FROM k JOIN n ON k.target_id = n.id "
                + "LEFT JOIN r ON r.pt_root_id = n.pt_root_id ORDER BY n.id", Map.of("t", typed, "n", placed));
        long given = ask("SELECT count(*) AS n FROM t", Map.of("t", typed)).longs("n")[0];
        account.step("rows of " + types + " that are of one nucleus of " + nuclei + " each", "rows", given,
                rows.size());
        int[] kept = kept(rows);
        VoxelSize voxels = placed.info().resolution();
        Optional<Frame> frame = published.flatMap(one -> one.frames().stream().filter(Frame::standard).findFirst());
        account.note(frame.map(one -> "Places are in the frame " + one.name() + " " + one.version()
                + ": y is depth below the pia, straight down; streamlines are not followed.")
                .orElse("The dataset has no frame of depth: y of its voxels is taken for depth."));
        return numbered(rows, kept, voxels, frame, names.proofreading);
    }

    private int[] kept(Rows rows) {
        long[] roots = rows.longs(ROOT);
        long[] nuclei = rows.longs("nuclei");
        long[] kinds = rows.longs("kinds");
        ColumnData given = rows.data().get(rows.index(ROOT));
        int[] inside = indices(rows.size(), i -> !given.isAbsent(i) && roots[i] != 0);
        account.step("cells inside of the segmentation", "cells", rows.size(), inside.length);
        int[] single = Arrays.stream(inside).filter(i -> nuclei[i] == 1).toArray();
        account.step("cells that share their root with no other nucleus", "cells", inside.length, single.length);
        int[] sure = Arrays.stream(single).filter(i -> kinds[i] == 1).toArray();
        account.step("cells of one type", "cells", single.length, sure.length);
        return sure;
    }

    private static int[] indices(int size, IntPredicate so) {
        return IntStream.range(0, size).filter(so).toArray();
    }

    private Cells numbered(Rows rows, int[] kept, VoxelSize voxels, Optional<Frame> frame, String proofreading)
            throws IOException {
        int n = kept.length;
        @Nullable
        String[] names = ((ColumnData.Texts) rows.data().get(rows.index("cell_type"))).values();
        @Nullable
        String[] systems = ((ColumnData.Texts) rows.data().get(rows.index("system"))).values();
        TreeMap<String, CellClass> classes = new TreeMap<>();
        for (int i : kept) {
            String name = String.valueOf(names[i]);
            CellClass told = CellClass.of(systems[i] == null ? "" : systems[i]);
            // A type whose rows disagree is of no class.
            classes.merge(name, told, (a, b) -> a == b ? a : CellClass.UNKNOWN);
        }
        named(classes, choice.excitatory(), CellClass.EXCITATORY, "--excitatory");
        named(classes, choice.inhibitory(), CellClass.INHIBITORY, "--inhibitory");
        List<CellType> types = classes.entrySet().stream().map(one -> new CellType(one.getKey(), one.getValue()))
                .toList();
        Map<String, Integer> place = new HashMap<>();
        for (int k = 0; k < types.size(); k++) {
            place.put(types.get(k).name(), k);
        }
        long[] ids = new long[n];
        long[] roots = new long[n];
        int[] type = new int[n];
        double[] places = new double[3 * n];
        double[] space = new double[3 * n];
        for (int k = 0; k < n; k++) {
            int row = kept[k];
            ids[k] = rows.longs("id")[row];
            roots[k] = rows.longs(ROOT)[row];
            type[k] = place.getOrDefault(String.valueOf(names[row]), 0);
            double[] nm = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                nm[axis] = number(rows.data().get(rows.index("xyz".substring(axis, axis + 1))), row) * voxels.get(axis);
            }
            double[] um = frame.isPresent()
                    ? frame.get().micrometres(nm[0], nm[1], nm[2])
                    : new double[]{nm[0] / 1000, nm[1] / 1000, nm[2] / 1000};
            System.arraycopy(um, 0, places, 3 * k, 3);
            System.arraycopy(nm, 0, space, 3 * k, 3);
        }
        boolean[] axon = axons(ids, roots, proofreading);
        boolean[] dendrite = dendrites(ids, roots);
        return new Cells(ids, roots, types, type, places, space, axon, dendrite);
    }

    private static void named(Map<String, CellClass> classes, Set<String> given, CellClass kind, String option) {
        for (String name : new TreeSet<>(given)) {
            if (!classes.containsKey(name)) {
                throw new InputException("no cell is of type '" + name + "'", option,
                        "there are " + String.join(", ", classes.keySet()));
            }
            classes.put(name, kind);
        }
    }

    static double number(ColumnData data, int row) {
        return switch (data) {
            case ColumnData.Longs longs -> longs.values()[row];
            case ColumnData.Ints ints -> ints.values()[row];
            case ColumnData.Floats floats -> floats.values()[row];
            case ColumnData.Doubles doubles -> doubles.values()[row];
            case ColumnData.Booleans _,ColumnData.Texts _ -> throw new IllegalArgumentException("no number");
        };
    }

    private boolean[] axons(long[] ids, long[] roots, String table) throws IOException {
        if (choice.all()) {
            account.list(CellList.of("axons", "all cells, as was asked for", roots));
            boolean[] all = new boolean[ids.length];
            Arrays.fill(all, true);
            return all;
        }
        if (choice.axons().isPresent()) {
            return listed("axons", choice.axons().get(), ids, roots);
        }
        Source source = source(table, ROOT, "status_axon", "strategy_axon");
        Rows rows = ask("SELECT pt_root_id, strategy_axon, bool_or(status_axon) AS clean FROM p "
                + "WHERE pt_root_id IS NOT NULL AND pt_root_id <> 0 GROUP BY pt_root_id, strategy_axon ORDER BY ALL",
                Map.of("p", source));
        Set<String> wanted = choice.strategies().isEmpty() ? Set.copyOf(WiringChoice.STRATEGIES) : choice.strategies();
        @Nullable
        String[] strategies = ((ColumnData.Texts) rows.data().get(rows.index("strategy_axon"))).values();
        boolean[] clean = ((ColumnData.Booleans) rows.data().get(rows.index("clean"))).values();
        Set<String> seen = new TreeSet<>();
        LongOpenHashSet taken = new LongOpenHashSet();
        LongOpenHashSet listed = new LongOpenHashSet();
        for (int i = 0; i < rows.size(); i++) {
            listed.add(rows.longs(ROOT)[i]);
            if (strategies[i] != null) {
                seen.add(strategies[i]);
            }
            if (clean[i] && strategies[i] != null && wanted.contains(strategies[i])) {
                taken.add(rows.longs(ROOT)[i]);
            }
        }
        for (String strategy : new TreeSet<>(choice.strategies())) {
            if (!seen.contains(strategy)) {
                throw new InputException("no axon of table '" + table + "' was proofread by '" + strategy + "'",
                        "--strategies", "there are " + String.join(", ", seen));
            }
        }
        String from = table + ", strategies " + String.join(", ", new TreeSet<>(wanted));
        account.step("roots of " + table + " whose axon was proofread by " + String.join(", ", new TreeSet<>(wanted)),
                "roots", listed.size(), taken.size());
        return marked("axons", from, taken, roots);
    }

    private boolean[] dendrites(long[] ids, long[] roots) {
        if (choice.dendrites().isPresent()) {
            return listed("dendrites", choice.dendrites().get(), ids, roots);
        }
        account.list(CellList.of("dendrites", "typed cells with one nucleus", roots));
        boolean[] all = new boolean[roots.length];
        Arrays.fill(all, true);
        return all;
    }

    private boolean[] listed(String name, WiringChoice.GivenCells given, long[] ids, long[] roots) {
        LongOpenHashSet wanted = new LongOpenHashSet(given.ids());
        LongOpenHashSet byRoot = new LongOpenHashSet();
        for (int i = 0; i < roots.length; i++) {
            if (wanted.contains(roots[i]) || wanted.contains(ids[i])) {
                byRoot.add(roots[i]);
            }
        }
        account.step("ids of " + given.from() + " that are typed cells with one nucleus", "ids", wanted.size(),
                byRoot.size());
        return marked(name, given.from(), byRoot, roots);
    }

    private boolean[] marked(String name, String from, LongOpenHashSet taken, long[] roots) {
        boolean[] marks = new boolean[roots.length];
        long[] found = Arrays.stream(roots).filter(taken::contains).toArray();
        for (int i = 0; i < roots.length; i++) {
            marks[i] = taken.contains(roots[i]);
        }
        account.step(name + " of " + from + " that are of a typed cell with one nucleus", "roots", taken.size(),
                found.length);
        account.list(CellList.of(name, from, found));
        return marks;
    }

    private Synapses synapses(String table, Cells cells) throws IOException {
        Source source = source(table, "id", PRE, POST);
        boolean sized = source.columns().stream().anyMatch(one -> one.name().equals("size"));
        int[] axons = cells.which(i -> cells.axon()[i]);
        int[] dendrites = cells.which(i -> cells.dendrite()[i]);
        if (axons.length == 0 || dendrites.length == 0) {
            return new Synapses(new int[0], new int[0], new float[0]);
        }
        Long2IntOpenHashMap number = new Long2IntOpenHashMap(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            number.put(cells.roots()[i], i);
        }
        QueryBuilder query = QueryBuilder.from("s").in(PRE, Arrays.stream(axons).mapToLong(i -> cells.roots()[i])
                .toArray()).in(POST, Arrays.stream(dendrites).mapToLong(i -> cells.roots()[i]).toArray());
        Rows rows;
        try (Answer answer = new Queries(engine, Map.of("s", source))
                .ask((sized ? query.select("id", PRE, POST, "size") : query.select("id", PRE, POST)).build())) {
            rows = answer.rows();
        }
        TableInfo info = source.info();
        account.note("Sizes of synapses are those of the table " + info.name() + ", in its own unit.");
        int n = rows.size();
        int[] pre = new int[n];
        int[] post = new int[n];
        float[] size = new float[n];
        long[] from = rows.longs(PRE);
        long[] to = rows.longs(POST);
        ColumnData sizes = sized ? rows.data().get(rows.index("size")) : null;
        for (int i = 0; i < n; i++) {
            pre[i] = number.get(from[i]);
            post[i] = number.get(to[i]);
            size[i] = sizes == null || sizes.isAbsent(i) ? Float.NaN : (float) number(sizes, i);
        }
        return Synapses.sorted(rows.longs("id"), pre, post, size);
    }
}
