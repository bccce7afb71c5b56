package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.pipeline.Json;
import org.neuropil.volume.store.FileStore;

/// Writes a session as Parquet, in pieces that do not depend on each other: each writes one file, atomically, with bytes
/// that depend on the session and the piece alone. The last one, [#finish], writes what is small, and `session.json`.
public final class SessionWriter {
    /// Frames of a chunk: nearly three minutes at 6 Hz.
    static final int CHUNK = 1024;
    /// ROIs of a row group, the least that is read at a time.
    static final int GROUP_ROIS = 32;
    private static final long PIECE_BYTES = 32 << 20;
    private static final Schema TRACES = new Schema(List.of(Lists.field("plane", Lists.INT),
            Lists.field("roi", Lists.INT), Lists.field("chunk", Lists.INT), Lists.field("first_frame", Lists.INT),
            Lists.list("values", Lists.FLOAT)));
    private static final Schema MASKS = new Schema(List.of(Lists.field("plane", Lists.INT),
            Lists.field("roi", Lists.INT), Lists.list("x", Lists.INT), Lists.list("y", Lists.INT),
            Lists.list("weight", Lists.FLOAT)));

    private final Session session;
    private final Path folder;
    private final Set<TraceKind> kinds;

    /// Something to be written.
    ///
    /// @param file in the folder
    /// @param plane of the session
    /// @param kind of traces; empty for masks
    /// @param first place of the first ROI in the plane's list
    /// @param count how many
    public record Piece(String file, Plane plane, Optional<TraceKind> kind, int first, int count) {
        /// What it is, for messages.
        public String label() {
            return kind.map(TraceKind::word).orElse("masks") + " of plane " + plane.number() + ", ROIs " + first
                    + " to " + (first + count - 1);
        }

        private SessionManifest.Part part() {
            return new SessionManifest.Part(file, plane.number(), first, count);
        }
    }

    /// @param folder of the session; made if it is not there
    /// @param kinds of traces that are written where the session has them
    public SessionWriter(Session session, Path folder, Set<TraceKind> kinds) {
        this.session = session;
        this.folder = folder;
        this.kinds = kinds.isEmpty() ? EnumSet.noneOf(TraceKind.class) : EnumSet.copyOf(kinds);
    }

    /// Writes all.
    public static void write(Session session, Path folder, Set<TraceKind> kinds) throws IOException {
        SessionWriter writer = new SessionWriter(session, folder, kinds);
        for (Piece piece : writer.pieces()) {
            writer.write(piece);
        }
        writer.finish();
    }

    /// All pieces; they depend on the session alone. None holds more than 32 MiB of traces, but of 32 ROIs at the least.
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (Plane plane : session.planes()) {
            int most = (int) Math.max(1, PIECE_BYTES / Math.max(1, 4L * plane.clock().frames() * GROUP_ROIS))
                    * GROUP_ROIS;
            for (TraceKind kind : kinds) {
                if (plane.kinds().contains(kind)) {
                    add(pieces, plane, Optional.of(kind), most);
                }
            }
            add(pieces, plane, Optional.empty(), Integer.MAX_VALUE);
        }
        return List.copyOf(pieces);
    }

    private static void add(List<Piece> pieces, Plane plane, Optional<TraceKind> kind, int most) {
        String name = kind.map(k -> "traces-" + k.word()).orElse("masks");
        for (int first = 0; first < plane.rois().size(); first += most) {
            pieces.add(
                    new Piece(String.format(Locale.ROOT, "%s/plane-%03d-roi-%06d.parquet", name, plane.number(), first),
                            plane, kind, first, Math.min(most, plane.rois().size() - first)));
            if (most == Integer.MAX_VALUE) {
                return;
            }
        }
    }

    /// Writes a piece. Of masks nothing is written if the plane has none.
    public void write(Piece piece) throws IOException {
        Path file = folder.resolve(piece.file());
        Files.createDirectories(FileStore.beside(file).getParent());
        if (piece.kind().isPresent()) {
            float[][] rows = session.traces(piece.plane(), piece.kind().get(), piece.first(), piece.count());
            replace(file, (duck, made) -> traces(duck, made, piece, rows));
        } else {
            List<Placed> masks = new ArrayList<>();
            for (int i = piece.first(); i < piece.first() + piece.count(); i++) {
                int roi = i;
                session.mask(piece.plane(), roi).ifPresent(mask -> masks.add(new Placed(roi, mask)));
            }
            if (!masks.isEmpty()) {
                replace(file, (duck, made) -> masks(duck, made, piece, masks));
            }
        }
    }

    /// The mask of the ROI at a place.
    private record Placed(int roi, Mask mask) {}

    @FunctionalInterface
    private interface Write {
        void to(Duck duck, Path made) throws IOException;
    }

    private static void replace(Path file, Write write) throws IOException {
        Path made = FileStore.beside(file);
        try (Duck duck = Duck.open()) {
            write.to(duck, made);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static void traces(Duck duck, Path made, Piece piece, float[][] traces) throws IOException {
        int frames = piece.plane().clock().frames();
        int chunks = (frames + CHUNK - 1) / CHUNK;
        duck.write(made, new RowSource(duck.allocator(), TRACES, (batch, rows) -> {
            int first = batch * GROUP_ROIS;
            if (first >= traces.length || chunks == 0) {
                return false;
            }
            fill(rows, piece, traces, first, Math.min(GROUP_ROIS, traces.length - first), chunks);
            return true;
        }), new Duck.Form(GROUP_ROIS * Math.max(1, chunks)));
    }

    private static void fill(VectorSchemaRoot rows, Piece piece, float[][] traces, int first, int count, int chunks) {
        int frames = piece.plane().clock().frames();
        int size = count * chunks;
        int[] planes = new int[size];
        int[] rois = new int[size];
        int[] numbers = new int[size];
        int[] firsts = new int[size];
        int[] lengths = new int[size];
        ByteBuffer values = Lists.buffer(4L * count * frames);
        for (int i = 0; i < count; i++) {
            for (int chunk = 0; chunk < chunks; chunk++) {
                int row = i * chunks + chunk;
                planes[row] = piece.plane().number();
                rois[row] = piece.first() + first + i;
                numbers[row] = chunk;
                firsts[row] = chunk * CHUNK;
                lengths[row] = Math.min(CHUNK, frames - chunk * CHUNK);
            }
            values.slice(4 * i * frames, 4 * frames).order(values.order()).asFloatBuffer().put(traces[first + i]);
        }
        Lists.fill(rows, "plane", planes);
        Lists.fill(rows, "roi", rois);
        Lists.fill(rows, "chunk", numbers);
        Lists.fill(rows, "first_frame", firsts);
        Lists.fill(rows, "values", lengths, values, Float.BYTES);
        rows.setRowCount(size);
    }

    private static void masks(Duck duck, Path made, Piece piece, List<Placed> masks) throws IOException {
        duck.write(made, new RowSource(duck.allocator(), MASKS, (batch, rows) -> {
            int first = batch * GROUP_ROIS;
            if (first >= masks.size()) {
                return false;
            }
            fill(rows, piece, masks.subList(first, Math.min(masks.size(), first + GROUP_ROIS)));
            return true;
        }), new Duck.Form(GROUP_ROIS));
    }

    private static void fill(VectorSchemaRoot rows, Piece piece, List<Placed> masks) {
        int size = masks.size();
        int[] planes = new int[size];
        int[] rois = new int[size];
        int[] lengths = new int[size];
        long pixels = masks.stream().mapToLong(placed -> placed.mask().pixels()).sum();
        ByteBuffer x = Lists.buffer(4 * pixels);
        ByteBuffer y = Lists.buffer(4 * pixels);
        ByteBuffer weights = Lists.buffer(4 * pixels);
        for (int i = 0; i < size; i++) {
            Mask mask = masks.get(i).mask();
            planes[i] = piece.plane().number();
            rois[i] = masks.get(i).roi();
            lengths[i] = mask.pixels();
            for (int pixel = 0; pixel < mask.pixels(); pixel++) {
                x.putInt(mask.x()[pixel]);
                y.putInt(mask.y()[pixel]);
                weights.putFloat(mask.weights()[pixel]);
            }
        }
        Lists.fill(rows, "plane", planes);
        Lists.fill(rows, "roi", rois);
        Lists.fill(rows, "x", lengths, x.flip(), Integer.BYTES);
        Lists.fill(rows, "y", lengths, y.flip(), Integer.BYTES);
        Lists.fill(rows, "weight", lengths, weights.flip(), Float.BYTES);
        rows.setRowCount(size);
    }

    /// Writes what is small, then `session.json`. All pieces must be there.
    ///
    /// @throws org.neuropil.space.InputException if its ROIs have keys of several forms, or one that other programs cannot
    ///         read
    public void finish() throws IOException {
        SessionTables tables = new SessionTables(session, kinds);
        Files.createDirectories(folder);
        try (Duck duck = Duck.open()) {
            tables.write(duck, folder);
        }
        Map<String, List<SessionManifest.Part>> traces = new TreeMap<>();
        List<SessionManifest.Part> masks = new ArrayList<>();
        for (Piece piece : pieces()) {
            if (piece.kind().isPresent()) {
                traces.computeIfAbsent(piece.kind().get().word(), _ -> new ArrayList<>()).add(piece.part());
            } else if (Files.exists(folder.resolve(piece.file()))) {
                masks.add(piece.part());
            }
        }
        Json.write(folder.resolve(SessionManifest.FILE),
                new SessionManifest(SessionManifest.FORMAT, session.info().name(), session.info().subject(),
                        session.info().layout(), session.info().properties(), session.info().notes(), tables.keys(),
                        session.planes().size(), session.rois(),
                        session.signals().stream().map(SessionManifest.Measured::of).toList(), traces, masks),
                true);
    }
}
