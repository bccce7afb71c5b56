package org.neuropil.tables.version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import org.neuropil.space.VoxelSize;
import org.neuropil.tables.Roots;
import org.neuropil.tables.TableInfo;
import org.neuropil.tables.TableInfo.Permission;
import org.neuropil.tables.column.Column;
import org.neuropil.tables.column.ColumnData;
import org.neuropil.tables.column.ColumnType;
import org.neuropil.tables.column.Rows;
import org.neuropil.tables.schema.Field;
import org.neuropil.tables.schema.TableSchema;
import org.neuropil.tables.sql.Sql;

import it.unimi.dsi.fastutil.longs.LongRBTreeSet;

/// A small world with all of its history in plain lists: supervoxels along a line that edits group anew, some of which are
/// cut on the way, and synapses between them that come and go.
final class MadeWorld implements Roots {
    static final int SUPERVOXELS = 300;
    /// Positions along x that one supervoxel takes.
    static final int WIDTH = 10;
    static final TableInfo INFO = new TableInfo("synapses", "synapse", "made", new VoxelSize(4, 4, 40), "ada",
            Optional.empty(), false, "", "", Permission.PRIVATE, Permission.PUBLIC);
    static final TableSchema SCHEMA = new TableSchema("synapse", List.of(point("pre_pt", true), point("post_pt", true),
            point("ctr_pt", false), new Field.Value("size", false, ColumnType.FLOAT32, true, List.of(), "", "")));

    private final Random random;
    /// From each moment of an edit on: the root of each supervoxel; parts of cut ones are numbered behind.
    private final TreeMap<Instant, long[]> history = new TreeMap<>();
    private final TreeMap<Instant, Integer> cuts = new TreeMap<>();
    private long nextRoot = 1000;
    private long now = 1_000_000;
    final List<Row> rows = new ArrayList<>();

    /// A row with its history; a moment of deletion is the last one if it stands.
    static final class Row {
        final long id;
        final Instant created;
        Instant deleted = Instant.MAX;
        final int pre;
        final int post;
        final float size;

        Row(long id, Instant created, int pre, int post, float size) {
            this.id = id;
            this.created = created;
            this.pre = pre;
            this.post = post;
            this.size = size;
        }
    }

    MadeWorld(long seed) {
        random = new Random(seed);
        long[] roots = new long[2 * SUPERVOXELS];
        for (int i = 0; i < SUPERVOXELS; i++) {
            roots[i] = nextRoot + i / 3;
        }
        nextRoot += SUPERVOXELS;
        history.put(now(), roots);
    }

    private static Field.Point point(String name, boolean bound) {
        return new Field.Point(name, true, bound, "");
    }

    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    /// Goes on in time and changes something.
    void step() {
        now += 1 + random.nextInt(3);
        switch (random.nextInt(8)) {
            case 0, 1, 2, 3 -> rows.add(new Row(rows.size() + 1, now(), random.nextInt(SUPERVOXELS * WIDTH),
                    random.nextInt(SUPERVOXELS * WIDTH), random.nextInt(5)));
            case 4 -> {
                List<Row> standing = rows.stream().filter(row -> row.deleted.equals(Instant.MAX)).toList();
                if (!standing.isEmpty()) {
                    standing.get(random.nextInt(standing.size())).deleted = now();
                }
            }
            default -> edit();
        }
    }

    /// Merges two roots, or splits one, now and then through a supervoxel.
    private void edit() {
        long[] roots = history.lastEntry().getValue().clone();
        int some = random.nextInt(SUPERVOXELS);
        long root = roots[some];
        int other = Math.min(SUPERVOXELS - 1, some + random.nextInt(3));
        boolean merges = roots[other] != root;
        if (!merges && some == other && !cuts.containsValue(some)) {
            cuts.put(now(), some);
            roots[SUPERVOXELS + some] = root;
        }
        long made = nextRoot;
        nextRoot += 2;
        for (int i = 0; i < roots.length; i++) {
            if (merges ? roots[i] == root || roots[i] == roots[other] && i != other : roots[i] == root) {
                roots[i] = merges || random.nextBoolean() ? made : made + 1;
            }
        }
        if (merges) {
            roots[other] = made;
        }
        history.put(now(), roots);
    }

    private boolean isCut(int supervoxel, Instant at) {
        return cuts.headMap(at, true).containsValue(supervoxel);
    }

    /// Ids begin with 1; the second part of one that was cut has an id behind all others.
    long supervoxel(int x, Instant at) {
        int whole = x / WIDTH;
        return isCut(whole, at) && x % WIDTH >= WIDTH / 2 ? 1 + SUPERVOXELS + whole : 1 + whole;
    }

    @Override
    public Instant head() {
        return now();
    }

    private long[] state(Instant at) {
        return history.floorEntry(at.equals(Instant.MAX) ? now() : at).getValue();
    }

    /// A part stood for the whole before the whole was cut.
    @Override
    public long[] roots(long[] supervoxels, Instant at) {
        return Arrays.stream(supervoxels).map(id -> {
            int whole = (int) id - 1 - SUPERVOXELS;
            return id == 0 ? 0 : state(at)[whole >= 0 && !isCut(whole, at) ? whole : (int) id - 1];
        }).toArray();
    }

    @Override
    public boolean[] isLatest(long[] roots, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] changed(Instant from, Instant to) {
        LongRBTreeSet before = new LongRBTreeSet(state(from));
        LongRBTreeSet after = new LongRBTreeSet(state(to));
        LongRBTreeSet changed = new LongRBTreeSet(before);
        changed.addAll(after);
        before.retainAll(after);
        // A root that came and went comes back under another number, never its own.
        changed.removeAll(before);
        return changed.toLongArray();
    }

    @Override
    public long[] cut(Instant at) {
        return cuts.headMap(at, true).values().stream().mapToLong(i -> 1 + i).sorted().toArray();
    }

    /// What the store of rows says; supervoxels are those of the moment when a row was made.
    Rows changes(Instant since, Instant until) {
        return columns(rows.stream().filter(row -> isIn(row.created, since, until) || isIn(row.deleted, since, until))
                .toList());
    }

    private static boolean isIn(Instant at, Instant since, Instant until) {
        return at.isAfter(since) && !at.isAfter(until);
    }

    private Rows columns(List<Row> some) {
        List<Column> columns = SCHEMA.kept();
        List<ColumnData> data = new ArrayList<>();
        for (Column column : columns) {
            data.add(switch (column.name()) {
                case "id" -> longs(some.stream().mapToLong(row -> row.id).toArray());
                case "created" -> longs(some.stream().mapToLong(row -> Sql.micros(row.created)).toArray());
                case "deleted" -> {
                    BitSet absent = new BitSet();
                    for (int i = 0; i < some.size(); i++) {
                        absent.set(i, some.get(i).deleted.equals(Instant.MAX));
                    }
                    yield new ColumnData.Longs(some.stream().mapToLong(
                            row -> row.deleted.equals(Instant.MAX) ? 0 : Sql.micros(row.deleted)).toArray(),
                            absent);
                }
                case "superceded_id" -> {
                    BitSet absent = new BitSet();
                    absent.set(0, some.size());
                    yield new ColumnData.Longs(new long[some.size()], absent);
                }
                case "pre_pt_supervoxel_id" ->
                    longs(some.stream().mapToLong(row -> supervoxel(row.pre, row.created)).toArray());
                case "post_pt_supervoxel_id" ->
                    longs(some.stream().mapToLong(row -> supervoxel(row.post, row.created)).toArray());
                case "size" -> {
                    float[] sizes = new float[some.size()];
                    for (int i = 0; i < sizes.length; i++) {
                        sizes[i] = some.get(i).size;
                    }
                    yield new ColumnData.Floats(sizes, null);
                }
                case "pre_pt_position_x" -> ints(some.stream().mapToInt(row -> row.pre).toArray());
                case "post_pt_position_x" -> ints(some.stream().mapToInt(row -> row.post).toArray());
                case "ctr_pt_position_x" -> ints(some.stream().mapToInt(row -> row.pre + row.post).toArray());
                default -> ints(new int[some.size()]);
            });
        }
        return new Rows(columns, data);
    }

    private static ColumnData longs(long[] values) {
        return new ColumnData.Longs(values, null);
    }

    private static ColumnData ints(int[] values) {
        return new ColumnData.Ints(values, null);
    }

    long[] at(int[] x, Instant at) {
        return Arrays.stream(x).mapToLong(p -> supervoxel(p, at)).toArray();
    }

    /// All rows that stand at a moment, as text: id, roots, supervoxels.
    Map<Long, String> expected(Instant at) {
        Map<Long, String> expected = new TreeMap<>();
        for (Row row : rows) {
            if (!row.created.isAfter(at) && row.deleted.isAfter(at)) {
                long pre = supervoxel(row.pre, at);
                long post = supervoxel(row.post, at);
                expected.put(row.id, state(at)[(int) pre - 1] + " " + state(at)[(int) post - 1] + " " + row.pre);
            }
        }
        return expected;
    }
}
