package org.neuropil.physiology.store.nwb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuropil.physiology.made.MadePlan;
import org.neuropil.physiology.made.MadeSession;
import org.neuropil.physiology.made.Protocol;
import org.neuropil.physiology.nwb.NwbSession;
import org.neuropil.physiology.session.Session;
import org.neuropil.physiology.store.Sessions;

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
