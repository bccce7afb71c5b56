package org.neuropil.physiology.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.file.SessionFolder.Found;
import org.neuropil.physiology.file.SessionFolder.Listing;
import org.neuropil.physiology.file.SessionFolder.Skipped;
import org.neuropil.physiology.nwb.Fixtures;
import org.neuropil.physiology.session.TraceKind;
import org.neuropil.space.InputException;

class SessionFolderTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void allThatIsSkippedIsListedWithItsReason() throws IOException {
        Path whole = Fixtures.unpack("v1dd.nwb", Files.createDirectories(folder.resolve("a")));
        Fixtures.unpack("v1dd.nwb.zarr", Files.createDirectories(folder.resolve("b")));
        Path store = Fixtures.unpack("v1dd.nwb.zarr", Files.createDirectories(folder.resolve("c")));
        Files.delete(store.resolve(".zgroup"));
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(folder.resolve("cut.nwb"), java.util.Arrays.copyOf(bytes, 1000));
        Files.writeString(folder.resolve("read.me"), "hello");
        Files.createDirectories(folder.resolve("empty"));
        Files.createSymbolicLink(folder.resolve("gone.nwb"), folder.resolve("nowhere"));
        PlainWriter.write(Sessions.random(1), folder.resolve("plain"));
        PlainWriter.write(Sessions.random(1), folder.resolve("plain too"));
        Listing listing = SessionFolder.scan(folder);
        assertThat(listing.sessions().stream().map(Found::name))
                .containsExactly(Sessions.random(1).info().name(), "v1dd");
        Found found = listing.sessions().get(1);
        assertThat(found.rois()).isEqualTo(9);
        assertThat(found.planes()).isEqualTo(2);
        assertThat(found.frames()).isEqualTo(7);
        assertThat(found.storage()).isEqualTo("hdf5");
        assertThat(found.kinds()).isEqualTo(EnumSet.allOf(TraceKind.class));
        assertThat(found.stimuli()).first().isEqualTo("drifting_gratings_full");
        assertThat(found.minutes()).isBetween(1.0 / 60, 1.1 / 60);
        Map<String, String> why = listing.skipped().stream()
                .collect(Collectors.toMap(one -> folder.relativize(one.path()).toString(), Skipped::why));
        assertThat(why).hasSize(7);
        assertThat(why.get("b/v1dd.nwb.zarr")).contains("once more");
        assertThat(why.get("c/v1dd.nwb.zarr")).contains(".zgroup").doesNotContain(folder.toString());
        assertThat(why.get("cut.nwb")).contains("cut short");
        assertThat(why.get("read.me")).contains("no session of a kind");
        assertThat(why.get("empty")).contains("empty");
        assertThat(why.get("gone.nwb")).contains("link");
        assertThat(why.get("plain too")).contains("name of another session");
        assertThat(listing.damaged().stream().map(one -> folder.relativize(one.path()).toString()))
                .containsExactly("c/v1dd.nwb.zarr", "cut.nwb", "plain too");
    }

    @Test
    void manyOtherFilesAreOneLine() throws IOException {
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve("note" + i + ".txt"), "x");
        }
        Listing listing = SessionFolder.scan(folder);
        assertThat(listing.sessions()).isEmpty();
        assertThat(listing.skipped()).singleElement()
                .satisfies(one -> assertThat(one.why()).contains("30 files", "note0.txt"));
    }

    @Test
    void oneSessionIsAFolderOfOne() throws IOException {
        Path file = Fixtures.unpack("v1dd.nwb", folder);
        assertThat(SessionFolder.scan(file).sessions()).hasSize(1);
        assertThatThrownBy(() -> SessionFolder.scan(folder.resolve("no"))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> SessionFolder.open(folder)).isInstanceOf(InputException.class)
                .hasMessageContaining("is no session");
    }
}
