package org.neuropil.physiology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.session.Epoch;
import org.neuropil.physiology.session.Mask;
import org.neuropil.physiology.session.Plane;
import org.neuropil.physiology.session.Presentation;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.session.SessionInfo;
import org.neuropil.physiology.session.Signal;
import org.neuropil.physiology.session.Template;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.pipeline.Progress;
import org.neuropil.pipeline.Provenance;
import org.neuropil.pipeline.RunOptions;
import org.neuropil.space.InputException;

class SessionImportTest {
    private static final Set<TraceKind> ALL = EnumSet.allOf(TraceKind.class);
    private static final Session MADE = Sessions.random(11, 0, new int[]{40, 33, 5, 1}, 1200);

    @TempDir
    Path root;
    private Path input = Path.of("");
    private final AtomicInteger reads = new AtomicInteger();
    private volatile int fails = Integer.MAX_VALUE;

    @BeforeEach
    void write() throws IOException {
        input = Files.writeString(root.resolve("input.nwb"), "stands for a file");
    }

    private SessionImport.Source source() {
        return new SessionImport.Source("made", input.toString(), _ -> new Watched());
    }

    private Provenance run(String dataset, int threads, boolean fresh, boolean force) throws IOException {
        return SessionImport.run(root.resolve(dataset), source(), ALL,
                new RunOptions(threads, Progress.NONE, fresh, force));
    }

    @Test
    void aSessionIsImportedOnce() throws IOException {
        Provenance provenance = run("one", 2, false, false);
        assertThat(provenance.figures()).containsEntry("rois", 79).containsEntry("planes", 4)
                .containsEntry("kinds", List.of("dff", "events"));
        assertThat(SessionImport.sessions(root.resolve("one"))).containsExactly(root.resolve("one/physiology/made"));
        try (Session read = ParquetSession.open(root.resolve("one/physiology/made"))) {
            Sessions.same(read, MADE);
        }
        assertThat(root.resolve("one/.work")).doesNotExist();
        int before = reads.get();
        assertThat(run("one", 2, false, false).run()).isEqualTo(provenance.run());
        assertThat(reads.get()).isEqualTo(before);
    }

    @Test
    void anotherSessionIsNotReplacedWithoutForce() throws IOException {
        run("one", 1, false, false);
        Files.writeString(input, "another one");
        assertThatThrownBy(() -> run("one", 1, false, false)).isInstanceOf(InputException.class)
                .hasMessageContaining("exists, made of other files");
        Provenance forced = run("one", 1, false, true);
        assertThat(Provenance.of(root.resolve("one/physiology/made")).run()).isEqualTo(forced.run());
        Files.delete(root.resolve("one/physiology/made/session.json"));
        Files.writeString(input, "a third one");
        assertThatThrownBy(() -> run("one", 1, false, true)).isInstanceOf(InputException.class)
                .hasMessageContaining("is no session");
    }

    @Test
    void whatIsCutOffGoesOnAndGivesTheSameBytes() throws IOException {
        run("whole", 4, false, false);
        int all = reads.getAndSet(0);
        fails = 4;
        assertThatThrownBy(() -> run("cut", 1, false, false)).isInstanceOf(InputException.class);
        assertThat(root.resolve("cut/physiology/made")).doesNotExist();
        fails = Integer.MAX_VALUE;
        reads.set(0);
        assertThat(run("cut", 1, false, false).timing().resumed()).isTrue();
        assertThat(reads.get()).isPositive().isLessThan(all);
        Path whole = root.resolve("whole/physiology/made");
        Path cut = root.resolve("cut/physiology/made");
        List<Path> files = files(whole);
        assertThat(files(cut)).isEqualTo(files);
        for (Path file : files) {
            if (!file.endsWith(Provenance.FILE)) {
                assertThat(cut.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
            }
        }
        assertThat(Provenance.of(cut).recipeSha256()).isEqualTo(Provenance.of(whole).recipeSha256());
    }

    @Test
    void namesThatAreNoFoldersAreRefused() {
        assertThatThrownBy(() -> new SessionImport.Source("../a", "a.nwb", _ -> MADE))
                .isInstanceOf(InputException.class).hasMessageContaining("'../a'");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
        }
    }

    /// Counts how often traces are read, and fails for good at one of them.
    private final class Watched implements Session {
        @Override
        public SessionInfo info() {
            return MADE.info();
        }

        @Override
        public List<Plane> planes() {
            return MADE.planes();
        }

        @Override
        public List<Presentation> presentations() {
            return MADE.presentations();
        }

        @Override
        public List<Epoch> epochs() {
            return MADE.epochs();
        }

        @Override
        public List<Signal> signals() {
            return MADE.signals();
        }

        @Override
        public List<Template> templates() {
            return MADE.templates();
        }

        @Override
        public float[][] traces(Plane plane, TraceKind kind, int first, int count) throws IOException {
            if (reads.incrementAndGet() == fails) {
                throw new InputException("is damaged", input.toString(), "");
            }
            return MADE.traces(plane, kind, first, count);
        }

        @Override
        public Optional<Mask> mask(Plane plane, int roi) throws IOException {
            return MADE.mask(plane, roi);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
