package org.neuropil.tables.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.neuropil.space.InputException;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.query.Answer;
import org.neuropil.tables.query.Engine;
import org.neuropil.tables.query.Queries;
import org.neuropil.tables.query.QueryBuilder;
import org.neuropil.tables.query.Source;

import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongAVLTreeSet;
import it.unimi.dsi.fastutil.longs.LongSortedSet;

/// The names of cells: which root a nucleus has at a moment, and which nuclei a root has. A nucleus is a cell's name for
/// good; its root changes with every edit. Any number are looked up in a few questions.
///
/// A table of nuclei says where each lies; a second one may say better places for some. A root of 0 is none: the place is
/// outside of the segmentation. Several nuclei on one root are cells that were merged wrongly, so their names are not one
/// cell's.
public final class Nuclei {
    private static final String ID = "id";
    private static final String TARGET = "target_id";
    private static final String ROOT = "pt_root_id";

    private final Engine engine;
    private final Map<String, Source> sources;
    private final String nuclei;
    private final String better;

    /// Which tables tell.
    ///
    /// @param nuclei table with a row for each nucleus, whose id is its name
    /// @param better table with better places for some, whose `target_id` is the name of a nucleus; empty for none
    public record Names(String nuclei, Optional<String> better) {
        /// Those that a moment has.
        ///
        /// @param moment of the tables
        /// @param lookup table or view that has the roots of better places already; used if it is there
        /// @param nuclei table of nuclei; used if it is there
        /// @param better table of better places; used if it is there
        /// @throws InputException if none is named that is there, and not just one table is of nuclei
        public static Names of(Moment moment, Optional<String> lookup, Optional<String> nuclei,
                Optional<String> better) throws IOException {
            List<String> there = moment.tables();
            if (lookup.filter(there::contains).isPresent()) {
                return new Names(lookup.get(), Optional.empty());
            }
            if (nuclei.filter(there::contains).isPresent()) {
                return new Names(nuclei.get(), better.filter(there::contains));
            }
            List<String> found = new ArrayList<>();
            for (String table : there) {
                if (moment.schema(table).name().equals("nucleus_detection")) {
                    found.add(table);
                }
            }
            if (found.size() != 1) {
                throw new InputException(found.isEmpty()
                        ? "no table tells where nuclei are"
                        : "several tables tell where nuclei are: " + String.join(", ", found), "--nuclei",
                        "name the table whose ids are those of nuclei");
            }
            return new Names(found.getFirst(), Optional.empty());
        }
    }

    /// How sure a name is.
    public enum State {
        /// One nucleus has the root, and this root alone.
        FOUND,
        /// The root has more nuclei than one.
        SHARED,
        /// The nucleus lies outside of the segmentation, or the root has no nucleus.
        NONE,
        /// There is no such nucleus.
        UNKNOWN
    }

    /// A cell.
    ///
    /// @param nucleus its name; 0 if it has none
    /// @param root of the nucleus; 0 if it has none
    /// @param state how sure that is
    /// @param nuclei of the root, ascending
    public record Cell(long nucleus, long root, State state, List<Long> nuclei) {
        /// Copies the list.
        public Cell {
            nuclei = List.copyOf(nuclei);
        }
    }

    /// @param moment at which roots are meant; used for as long as this is
    public Nuclei(Engine engine, Moment moment, Names names) throws IOException {
        this.engine = engine;
        nuclei = names.nuclei();
        better = names.better().orElse("");
        sources = new HashMap<>();
        sources.put(nuclei, moment.source(nuclei));
        check(nuclei, ROOT);
        if (!better.isEmpty()) {
            sources.put(better, moment.source(better));
            check(better, ROOT);
            check(better, TARGET);
        }
    }

    private void check(String table, String column) {
        Source source = sources.get(table);
        if (source == null || source.columns().stream().noneMatch(one -> one.name().equals(column))) {
            throw new InputException("the table '" + table + "' has no column '" + column + "'", "--nuclei",
                    "take one that says where nuclei are");
        }
    }

    /// The cells that nuclei are the names of, in order.
    public List<Cell> ofNuclei(long[] names) throws IOException {
        Long2LongOpenHashMap roots = roots(names);
        Map<Long, LongSortedSet> all = ofRoots(roots.values().toLongArray());
        List<Cell> cells = new ArrayList<>();
        for (long name : names) {
            if (!roots.containsKey(name)) {
                cells.add(new Cell(name, 0, State.UNKNOWN, List.of()));
                continue;
            }
            long root = roots.get(name);
            List<Long> same = root == 0 ? List.of() : list(all.get(root));
            cells.add(new Cell(name, root, root == 0 ? State.NONE : same.size() > 1 ? State.SHARED : State.FOUND,
                    same));
        }
        return cells;
    }

    /// The cells that have roots, in order.
    public List<Cell> ofRoots(List<Long> roots) throws IOException {
        Map<Long, LongSortedSet> all = ofRoots(roots.stream().mapToLong(Long::longValue).toArray());
        List<Cell> cells = new ArrayList<>();
        for (long root : roots) {
            List<Long> found = root == 0 ? List.of() : list(all.get(root));
            cells.add(new Cell(found.size() == 1 ? found.getFirst() : 0, root,
                    found.isEmpty() ? State.NONE : found.size() > 1 ? State.SHARED : State.FOUND, found));
        }
        return cells;
    }

    /// The root of one nucleus.
    ///
    /// @throws InputException if there is no such nucleus, it lies outside of the segmentation, or shares its root
    public long root(long nucleus) throws IOException {
        return sure(ofNuclei(new long[]{nucleus}).getFirst());
    }

    /// By nucleus, its root.
    ///
    /// @throws InputException as [#root], for the first of which that is so
    public Map<Long, Long> sureRoots(long[] names) throws IOException {
        Map<Long, Long> roots = new HashMap<>();
        for (Cell cell : ofNuclei(names)) {
            roots.put(cell.nucleus(), sure(cell));
        }
        return roots;
    }

    private long sure(Cell cell) {
        long nucleus = cell.nucleus();
        String name = "nucleus:" + Long.toUnsignedString(nucleus);
        return switch (cell.state()) {
            case FOUND -> cell.root();
            case UNKNOWN -> throw new InputException("there is no " + name, "", "table '" + nuclei + "' has none");
            case NONE -> throw new InputException(name + " has no root: it lies outside of the segmentation", "",
                    "take another cell, or another moment");
            case SHARED -> throw new InputException(
                    name + " shares root " + Long.toUnsignedString(cell.root()) + " with "
                            + (cell.nuclei().size() - 1) + " more: " + shown(cell, nucleus),
                    "", "give the root if all of it is meant");
        };
    }

    private static String shown(Cell cell, long nucleus) {
        return String.join(", ", cell.nuclei().stream().filter(one -> one != nucleus).limit(5)
                .map(one -> "nucleus:" + Long.toUnsignedString(one)).toList());
    }

    private static List<Long> list(@Nullable LongSortedSet ids) {
        return ids == null ? List.of() : ids.longStream().boxed().toList();
    }

    /// By nucleus, its root; unknown nuclei are left out.
    private Long2LongOpenHashMap roots(long[] names) throws IOException {
        Long2LongOpenHashMap roots = new Long2LongOpenHashMap();
        if (names.length > 0) {
            put(ask(nuclei, ID, names, ID), ID, roots);
            if (!better.isEmpty()) {
                Long2LongOpenHashMap places = new Long2LongOpenHashMap();
                // Ascending by id: of several places the last one counts.
                put(ask(better, TARGET, names, TARGET), TARGET, places);
                places.forEach((name, root) -> roots.computeIfPresent(name, (_, _) -> root));
            }
        }
        return roots;
    }

    private static void put(Rows rows, String column, Long2LongOpenHashMap roots) {
        long[] names = rows.longs(column);
        long[] found = rows.longs(ROOT);
        ColumnData given = rows.data().get(rows.index(ROOT));
        for (int i = 0; i < found.length; i++) {
            roots.put(names[i], given.isAbsent(i) ? 0 : found[i]);
        }
    }

    /// By root, its nuclei.
    private Map<Long, LongSortedSet> ofRoots(long[] given) throws IOException {
        long[] roots = Arrays.stream(given).filter(root -> root != 0).distinct().toArray();
        Map<Long, LongSortedSet> all = new Long2ObjectOpenHashMap<>();
        if (roots.length == 0) {
            return all;
        }
        // Whoever has the root by one of its places may have another by the better one.
        LongStream names = Arrays.stream(ask(nuclei, ROOT, roots, ID).longs(ID));
        if (!better.isEmpty()) {
            names = LongStream.concat(names, Arrays.stream(ask(better, ROOT, roots, TARGET).longs(TARGET)));
        }
        roots(names.distinct().toArray()).forEach((name, root) -> {
            if (root != 0) {
                all.computeIfAbsent(root, _ -> new LongAVLTreeSet()).add(name);
            }
        });
        return all;
    }

    private Rows ask(String table, String column, long[] values, String name) throws IOException {
        QueryBuilder query = QueryBuilder.from(table).in(column, values)
                .select(name.equals(ID) ? new String[]{ID, ROOT} : new String[]{ID, name, ROOT});
        try (Answer answer = new Queries(engine, sources).ask(query.orderBy(ID, false).build())) {
            return answer.rows();
        }
    }
}
