package org.neuropil.physiology.store.nwb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.nwb.Fixtures;
import org.neuropil.physiology.nwb.NwbSession;
import org.neuropil.physiology.session.MemorySession;
import org.neuropil.physiology.session.Roi;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.Sessions;
import org.neuropil.pipeline.WorkRun;
import org.neuropil.space.InputException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NwbZarrExportTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        MadeSession made = new MadeSession(new MadePlan(2, 3, List.of(70, 2, 0, 1), Protocol.TINY, 5));
        Path file = folder.resolve("made_c2v3.nwb.zarr");
        NwbZarrExport.write(made, file);
        try (Session read = NwbSession.open(file)) {
            assertThat(read.info().layout()).isEqualTo("nwb-v1dd");
            assertThat(read.info().notes()).isEmpty();
            Sessions.same(read, made);
        }
    }

    @Property(tries = 12)
    void anySessionIsReadAgainWhateverItsFileIsNamed(@ForAll long seed, @ForAll @IntRange(max = 3) int form,
            @ForAll @IntRange(max = 70) int rois, @ForAll @IntRange(max = 200) int frames) throws IOException {
        Path place = Files.createTempDirectory("nwb");
        try {
            comesBack(Sessions.random(seed, form, new int[]{rois, 1, 2}, frames), place);
        } finally {
            WorkRun.delete(place);
        }
    }

    @Test
    void whatNwbHasNoPlaceForIsReadAgain() throws IOException {
        comesBack(Sessions.odd(), folder);
    }

    @Test
    void anRoiWithoutAMaskIsNoneWithoutPixels() throws IOException {
        MemorySession made = Sessions.random(3, 1, new int[]{4}, 3);
        Session lacking = (Session) Proxy.newProxyInstance(Session.class.getClassLoader(),
                new Class<?>[]{Session.class},
                (_, method, given) -> method.getName().equals("mask") && given[1].equals(2)
                        ? Optional.empty()
                        : method.invoke(made, given));
        comesBack(lacking, folder);
    }

    /// As a file of its name, and of names that say something else.
    private static void comesBack(Session made, Path place) throws IOException {
        Path file = place.resolve("one.nwb.zarr");
        NwbZarrExport.write(made, file);
        for (String name : List.of("one.nwb.zarr", "ses-1-scan-2.nwb.zarr", "M1_13.zarr")) {
            Path renamed = Files.move(file, place.resolve(name));
            try (Session read = NwbSession.open(renamed)) {
                Sessions.same(read, made);
                Map<String, String> properties = new HashMap<>(read.info().properties());
                assertThat(properties.remove("storage")).isEqualTo("zarr");
                assertThat(properties.remove("nwb_version")).isEqualTo("2.7.0");
                assertThat(properties).isEqualTo(made.info().properties());
                assertThat(read.info().notes()).isEqualTo(made.info().notes());
            }
            file = renamed;
        }
    }

    @Test
    void fieldsOfAScanKeepTheirKeysInAFileOfAnyName() throws IOException {
        Path file = folder.resolve("mz.nwb.zarr");
        try (Session made = NwbSession.open(Fixtures.unpack("sub-17797_ses-4-scan-7.nwb", folder))) {
            NwbZarrExport.write(made, file);
            try (Session read = NwbSession.open(file)) {
                Sessions.same(read, made);
                assertThat(read.info().layout()).isEqualTo("nwb-microns");
                assertThat(read.planes().getFirst().rois().getFirst().key().label()).isEqualTo("4_7_1_m7");
            }
        }
    }

    @Test
    void keysAreFoundWithoutTheTableOfFacts() throws IOException {
        for (int form = 0; form < 4; form++) {
            Path file = folder.resolve("form" + form + ".nwb.zarr");
            MemorySession made = Sessions.random(1, form, new int[]{3}, 5);
            NwbZarrExport.write(made, file);
            WorkRun.delete(file.resolve("analysis"));
            try (Session read = NwbSession.open(file)) {
                assertThat(read.planes().getFirst().rois().stream().map(Roi::key))
                        .containsExactlyElementsOf(made.planes().getFirst().rois().stream().map(Roi::key).toList());
            }
        }
    }

    @Test
    void keysOfSeveralFormsInAPlaneAreRefused() {
        assertThatThrownBy(() -> NwbZarrExport.write(Sessions.mixed(), folder.resolve("mixed.nwb.zarr")))
                .isInstanceOf(InputException.class).hasMessageContaining("several forms");
    }

    @Test
    void equalSessionsGiveEqualBytes() throws IOException {
        MadePlan plan = new MadePlan(1, 1, List.of(3), Protocol.TINY, 5);
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");
        NwbZarrExport.write(new MadeSession(plan), one);
        NwbZarrExport.write(new MadeSession(plan), other);
        try (var files = Files.walk(one)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(other.resolve(one.relativize(file))).hasSameBinaryContentAs(file);
            }
        }
    }
}
