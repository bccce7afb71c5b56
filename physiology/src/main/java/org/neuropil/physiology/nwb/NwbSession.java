package org.neuropil.physiology.nwb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.neuropil.physiology.nwb.NwbPlanes.Found;
import org.neuropil.physiology.nwb.tree.Array;
import org.neuropil.physiology.nwb.tree.Chunks;
import org.neuropil.physiology.nwb.tree.Group;
import org.neuropil.physiology.nwb.tree.Item;
import org.neuropil.physiology.nwb.tree.Tree;
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

/// A session in a file of NWB, HDF5 or Zarr.
///
/// V1DD's are known by their tables of ROIs, which have columns column, volume, plane and roi; MICrONS' by a scan in their
/// session's id or name and fields in their groups, or by keys in their tables. Of others, what is named as theirs is read.
/// What is left out or changed is told by the notes of [#info()]. Neuropil's own come back as the session that they were
/// written from, whatever they are named: see [NwbFacts].
///
/// Traces are read chunk by chunk, and decoded chunks of 64 MiB are kept: who asks for few ROIs at a time decodes most chunks
/// once.
public final class NwbSession implements Session {
    private static final List<String> PROPERTIES = List.of("session_id", "identifier", "session_description",
            "session_start_time", "general/session_id", "general/institution", "general/experiment_description",
            "general/subject/genotype", "general/subject/age", "general/subject/sex", "general/subject/species");

    private static final Set<String> EVERYBODYS = Set.of("session", "data", "nwb", "ophys", "pophys", "behavior",
            "output",
            "processed", "filtered");

    private final Tree tree;
    private final SessionInfo info;
    private final List<Found> planes;
    private final List<Presentation> presentations;
    private final List<Epoch> epochs;
    private final List<Signal> signals;
    private final List<Template> templates;
    private final Chunks chunks = NwbPlanes.cache();

    private NwbSession(Tree tree, boolean centroids, MissingChunks gaps) throws IOException {
        this.tree = tree;
        Item root = tree.find("").orElseThrow();
        if (root.text("neurodata_type").filter("NWBFile"::equals).isEmpty()) {
            throw new InputException("is no file of NWB: its root has no neurodata_type NWBFile", tree.source(), "");
        }
        List<String> notes = new ArrayList<>();
        NwbFacts facts = NwbFacts.of(tree);
        facts.ofSession().stream().filter(fact -> fact.field().equals(NwbFacts.NOTE)).map(NwbFacts.Fact::value)
                .forEach(notes::add);
        NwbLayout layout = layout();
        planes = new NwbPlanes(tree, layout, facts, centroids, gaps, notes).find();
        if (planes.isEmpty()) {
            throw new InputException("has no traces: there is no RoiResponseSeries with ROIs below processing",
                    tree.source(), "");
        }
        NwbStimuli stimuli = new NwbStimuli(tree, facts, notes);
        presentations = stimuli.presentations();
        epochs = stimuli.epochs(presentations);
        signals = new NwbSignals(tree, facts, notes).read();
        templates = new NwbTemplates(tree, layout, facts, notes).read();
        checkGaps(tree, gaps, notes);
        Map<String, String> properties = facts.isThere() ? properties(facts) : properties(tree);
        properties.put("storage", tree.storage());
        root.text("nwb_version").ifPresent(version -> properties.put("nwb_version", version));
        String subject = tree.text("general/subject/subject_id").orElse("");
        info = new SessionInfo(facts.of(NwbFacts.SESSION, NwbFacts.NAME).filter(name -> !name.isBlank())
                .orElse(name(tree.source())), facts.of(NwbFacts.SESSION, NwbFacts.SUBJECT).orElse(subject),
                layout.word(), tree.source(), properties, notes);
    }

    private static Map<String, String> properties(Tree tree) throws IOException {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String path : PROPERTIES) {
            tree.text(path).filter(text -> !text.isBlank())
                    .ifPresent(text -> properties.put(path.substring(path.lastIndexOf('/') + 1), text));
        }
        return properties;
    }

    /// What NWB asks for, and nobody told, is none of them.
    private static Map<String, String> properties(NwbFacts facts) {
        Map<String, String> properties = new LinkedHashMap<>();
        facts.ofSession().stream().filter(fact -> fact.field().startsWith(NwbFacts.PROPERTY)).forEach(
                fact -> properties.put(fact.field().substring(NwbFacts.PROPERTY.length()), fact.value()));
        return properties;
    }

    /// Tables that lack chunks: zeros for directions and times could hardly be told from what was shown.
    private static void checkGaps(Tree tree, MissingChunks gaps, List<String> notes) throws IOException {
        for (Map.Entry<String, Integer> gap : tree.gaps().entrySet()) {
            boolean meant = tree.array(gap.getKey()).map(Array::isFillMeant).orElse(false);
            if (gaps == MissingChunks.REFUSE && !meant) {
                throw new InputException("lacks " + gap.getValue() + " of its chunks, which would be read as zeros",
                        tree.source() + ":" + gap.getKey(),
                        "fetch them again; or read them with --missing-chunks fill as the fill value, if the writer "
                                + "leaves out chunks of zeros");
            }
            notes.add(gap.getValue() + " chunks of " + gap.getKey()
                    + " are not there; they were read as the array's fill value");
        }
    }

    /// Opens a file, or a folder of Zarr.
    ///
    /// @throws InputException if it is no such file, is damaged, or has no traces
    public static NwbSession open(Path path) throws IOException {
        return open(path, true, MissingChunks.REFUSE);
    }

    /// Opens a file, or a folder of Zarr.
    ///
    /// @param centroids false to leave those of ROIs out, which have to be made of masks that may be large
    /// @param gaps what chunks of traces stand for that a folder of Zarr does not have
    /// @throws InputException if it is no such file, is damaged, or has no traces
    public static NwbSession open(Path path, boolean centroids, MissingChunks gaps) throws IOException {
        Tree tree = Tree.open(path);
        try {
            return new NwbSession(tree, centroids, gaps);
        } catch (IOException | RuntimeException e) {
            tree.close();
            throw e;
        }
    }

    /// The name of the session in a file: the file's, without endings; its folder's if files of all sessions have that name.
    static String name(String source) {
        Path path = Path.of(source);
        String name = path.getFileName().toString()
                .replaceFirst("(?i)(\\.nwb\\.zarr|\\.nwb|\\.zarr|\\.h5|\\.hdf5)$", "");
        Path folder = path.getParent() == null ? null : path.getParent().getFileName();
        return folder != null && EVERYBODYS.contains(name.toLowerCase(Locale.ROOT)) ? folder.toString() : name;
    }

    private NwbLayout layout() throws IOException {
        Optional<Group> processing = tree.group("processing");
        for (String module : processing.isPresent() ? processing.get().names() : List.<String>of()) {
            Optional<Group> table = tree.group("processing/" + module + "/image_segmentation/roi_table");
            Optional<NwbLayout> told = table.isPresent()
                    ? NwbKeys.layout(NwbTable.of(tree, table.get()))
                    : Optional.empty();
            if (told.isPresent()) {
                return told.get();
            }
        }
        boolean fields = tree.group("processing/ophys/ImageSegmentation/PlaneSegmentation1").isPresent()
                && tree.group("processing/ophys/Fluorescence").isPresent();
        return fields && NwbKeys.scan(tree).isPresent() ? NwbLayout.MICRONS : NwbLayout.OTHER;
    }

    @Override
    public SessionInfo info() {
        return info;
    }

    @Override
    public List<Plane> planes() {
        return planes.stream().map(Found::plane).toList();
    }

    @Override
    public List<Presentation> presentations() {
        return presentations;
    }

    @Override
    public List<Epoch> epochs() {
        return epochs;
    }

    @Override
    public List<Signal> signals() {
        return signals;
    }

    @Override
    public List<Template> templates() {
        return templates;
    }

    @Override
    public float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException {
        Found found = found(plane);
        var series = found.series().get(kind);
        if (series == null || first < 0 || count < 0 || count > found.rows().length - first) {
            throw new IllegalArgumentException("plane " + plane.number() + " has no traces of kind " + kind.word()
                    + " of ROIs " + first + " to " + (first + (long) count));
        }
        return series.rows().read(chunks, first, count);
    }

    @Override
    public Optional<Mask> mask(Plane plane, int roi) throws IOException {
        Found found = found(plane);
        return found.masks().isEmpty() || found.without().get(found.rows()[roi])
                ? Optional.empty()
                : Optional.of(found.masks().get().mask(found.rows()[roi]));
    }

    private Found found(Plane plane) {
        return planes.stream().filter(one -> one.plane().number() == plane.number()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no plane " + plane.number()));
    }

    @Override
    public void close() throws IOException {
        tree.close();
    }
}
