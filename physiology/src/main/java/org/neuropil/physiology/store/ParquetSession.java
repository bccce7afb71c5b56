package org.neuropil.physiology.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import org.apache.arrow.vector.IntVector;
import org.neuropil.physiology.Trace;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;
import org.neuropil.tables.sql.Sql;

/// A session in Neuropil's own form. What is small is read as it is opened; traces and masks when they are asked for, by row
/// groups of 32 ROIs. May be used by any number of threads.
public final class ParquetSession implements Session {
    private final Path folder;
    private final SessionManifest manifest;
    private final Ducks ducks;
    private final SessionInfo info;
    private final ReadTables tables;

    private ParquetSession(Path folder, SessionManifest manifest, Ducks ducks, ReadTables tables) {
        this.folder = folder;
        this.manifest = manifest;
        this.ducks = ducks;
        this.tables = tables;
        this.info = new SessionInfo(manifest.name(), manifest.subject(), "neuropil", folder.toString(),
                manifest.properties(), manifest.notes());
    }

    /// True if a folder holds a session in this form.
    public static boolean isSession(Path folder) {
        // Folders of other kinds may have a session.json, too.
        return Files.isRegularFile(folder.resolve(SessionManifest.FILE))
                && Files.isRegularFile(folder.resolve(SessionTables.PLANES));
    }

    /// True if a folder is meant to hold a session in this form, and lacks what it is known by: an import that somebody has
    /// copied in part, or deleted from.
    public static boolean isDamaged(Path folder) {
        return !isSession(folder) && (Files.isRegularFile(folder.resolve(SessionTables.PLANES))
                || Files.isRegularFile(folder.resolve(SessionTables.ROIS)));
    }

    /// Opens a session.
    ///
    /// @throws InputException if the folder holds none, or one that is not whole
    /// @throws IOException if a file cannot be read
    public static ParquetSession open(Path folder) throws IOException {
        if (!isSession(folder)) {
            throw new InputException("holds no session: it has no " + SessionManifest.FILE
                    + " beside " + SessionTables.PLANES, folder.toString(),
                    isDamaged(folder)
                            ? "import it again"
                            : "name a session's folder, as 'neuropil import-physiology' makes it");
        }
        Path file = folder.resolve(SessionManifest.FILE);
        SessionManifest manifest = ManifestCheck.read(file);
        Ducks ducks = new Ducks();
        boolean done = false;
        try {
            ReadTables tables = ducks.with(duck -> ReadTables.of(duck, folder, manifest));
            done = true;
            return new ParquetSession(folder, manifest, ducks, tables);
        } finally {
            if (!done) {
                ducks.close();
            }
        }
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public List<Plane> planes() {
        return tables.planes();
    }

    @Override
    public List<Presentation> presentations() {
        return tables.presentations();
    }

    @Override
    public List<Epoch> epochs() {
        return tables.epochs();
    }

    @Override
    public List<Signal> signals() {
        return tables.signals();
    }

    @Override
    public List<Template> templates() {
        return tables.templates();
    }

    /// How the session's file was laid out that it was made from: `nwb-v1dd` and so on.
    public String madeFrom() {
        return manifest.layout();
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException {
        if (first < 0 || count < 0 || count > plane.rois().size() - first) {
            throw new IllegalArgumentException(
                    "ROIs " + first + " to " + (first + (long) count) + " of " + plane.rois().size());
        }
        List<SessionManifest.Part> parts = manifest.traces().getOrDefault(kind.word(), List.of()).stream()
                .filter(part -> part.plane() == plane.number()).toList();
        if (!plane.kinds().contains(kind)) {
            throw new IllegalArgumentException("plane " + plane.number() + " has no traces of kind " + kind.word());
        }
        int frames = plane.clock().frames();
        float[][] rows = new float[count][frames];
        if (count == 0 || frames == 0) {
            return rows;
        }
        int[] found = new int[count];
        for (SessionManifest.Part part : parts) {
            if (part.first() < first + count && first < part.first() + part.count()) {
                read(part, first, rows, found);
            }
        }
        for (int i = 0; i < count; i++) {
            if (found[i] != frames) {
                throw new IOException(folder + ": of ROI " + (first + i) + " of plane " + plane.number() + " there are "
                        + found[i] + " of " + frames + " frames of " + kind.word());
            }
        }
        return rows;
    }

    private void read(SessionManifest.Part part, int first, float[][] rows, int[] found) throws IOException {
        Path file = folder.resolve(part.file());
        String sql = "SELECT roi, first_frame, \"values\" FROM read_parquet(" + Sql.text(file.toString())
                + ") WHERE roi >= " + first + " AND roi < " + (first + rows.length);
        ducks.with(duck -> {
            duck.batches(file, sql, batch -> {
                IntVector rois = (IntVector) batch.getVector("roi");
                IntVector firsts = (IntVector) batch.getVector("first_frame");
                for (int i = 0; i < batch.getRowCount(); i++) {
                    int roi = rois.get(i) - first;
                    ByteBuffer values = Lists.bytes(batch, "values", i, Float.BYTES);
                    int length = values.remaining() / Float.BYTES;
                    int at = firsts.get(i);
                    if (at < 0 || length > rows[roi].length - at) {
                        throw new IOException(file + ": frames " + at + " to " + (at + (long) length) + " of "
                                + rows[roi].length);
                    }
                    values.asFloatBuffer().get(rows[roi], at, length);
                    found[roi] += length;
                }
            });
            return true;
        });
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) throws IOException {
        if (roi < 0 || roi >= plane.rois().size()) {
            throw new IllegalArgumentException("ROI " + roi + " of " + plane.rois().size());
        }
        return masks(plane, roi, 1).getFirst();
    }

    /// The pixels of some ROIs of a plane, which takes hardly longer than those of one.
    ///
    /// @param first place of the first ROI in the plane's list
    /// @param count how many
    /// @return one for each ROI; empty if it has none
    /// @throws IllegalArgumentException if the plane has no such ROIs
    public List<Optional<Mask>> masks(Plane plane, int first, int count) throws IOException {
        if (first < 0 || count < 0 || count > plane.rois().size() - first) {
            throw new IllegalArgumentException(
                    "ROIs " + first + " to " + (first + (long) count) + " of " + plane.rois().size());
        }
        Mask[] masks = new Mask[count];
        BitSet there = new BitSet();
        for (SessionManifest.Part part : manifest.masks()) {
            if (part.plane() == plane.number()) {
                masks(folder.resolve(part.file()), first, masks, there);
            }
        }
        List<Optional<Mask>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(there.get(i) ? Optional.of(masks[i]) : Optional.empty());
        }
        return all;
    }

    private void masks(Path file, int first, Mask[] masks, BitSet there) throws IOException {
        String sql = "SELECT roi, x, y, weight FROM read_parquet(" + Sql.text(file.toString()) + ") WHERE roi >= "
                + first + " AND roi < " + (first + masks.length);
        ducks.with(duck -> {
            duck.batches(file, sql, batch -> {
                IntVector rois = (IntVector) batch.getVector("roi");
                for (int i = 0; i < batch.getRowCount(); i++) {
                    int[] x = ints(Lists.bytes(batch, "x", i, Integer.BYTES));
                    int[] y = ints(Lists.bytes(batch, "y", i, Integer.BYTES));
                    ByteBuffer bytes = Lists.bytes(batch, "weight", i, Float.BYTES);
                    float[] weights = new float[bytes.remaining() / Float.BYTES];
                    bytes.asFloatBuffer().get(weights);
                    if (x.length != y.length || x.length != weights.length) {
                        throw new IOException(file + ": a mask of " + x.length + " columns, " + y.length + " rows and "
                                + weights.length + " weights");
                    }
                    masks[rois.get(i) - first] = new Mask(x, y, weights);
                    there.set(rois.get(i) - first);
                }
            });
            return true;
        });
    }

    private static int[] ints(ByteBuffer bytes) {
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    /// The traces of some ROIs at the times of the session's first plane, so that ROIs of all planes have one clock: linear
    /// between frames, NaN outside of the plane's own times and beside frames that are missing.
    ///
    /// @return a row for each ROI, a value for each frame of the first plane
    public static double[][] onFirstClock(Session session, Plane plane, TraceKind kind, int first, int count)
            throws IOException {
        float[][] rows = session.traces(plane, kind, first, count);
        double[][] moved = new double[count][];
        for (int i = 0; i < count; i++) {
            double[] values = new double[rows[i].length];
            for (int frame = 0; frame < values.length; frame++) {
                values[frame] = rows[i][frame];
            }
            moved[i] = new Trace(plane.clock(), values).on(session.planes().getFirst().clock()).values();
        }
        return moved;
    }

    @Override
    public void close() throws IOException {
        ducks.close();
    }
}
