package org.neuropil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class RangesTest {
    private static final String CHUNK = "8_8_33/128-164_0-64_48-52";
    private static final int SIZE = 36 * 64 * 4;

    @SuppressWarnings("NullAway.Init")
    private static Path folder;
    @SuppressWarnings("NullAway.Init")
    private static ServerFixture fixture;
    private static List<byte[]> whole = List.of();

    @BeforeContainer
    static void start() throws Exception {
        folder = Files.createTempDirectory("ranges");
        fixture = new ServerFixture(folder);
        // One chunk that lies gzipped, one that lies plain.
        whole = List.of(fixture.get("/data/em/" + CHUNK).body(), fixture.get("/data/boundary/" + CHUNK).body());
        assertThat(whole).allSatisfy(b -> assertThat(b).hasSize(SIZE));
    }

    @AfterContainer
    static void stop() throws IOException {
        fixture.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 300)
    void aRangeIsASliceOfTheWhole(@ForAll boolean gzipped, @ForAll @IntRange(max = SIZE + 10) int a,
            @ForAll @IntRange(max = SIZE + 10) int b, @ForAll @IntRange(max = 2) int form) throws Exception {
        byte[] all = whole.get(gzipped ? 0 : 1);
        int first = Math.min(a, b);
        int last = Math.max(a, b);
        String range = switch (form) {
            case 0 -> first + "-" + last;
            case 1 -> first + "-";
            default -> "-" + first;
        };
        int from = form == 2 ? Math.max(0, SIZE - first) : first;
        int to = form == 0 ? Math.min(SIZE, last + 1) : SIZE;
        HttpResponse<byte[]> part = fixture.get("/data/" + (gzipped ? "em/" : "boundary/") + CHUNK, "Range",
                "bytes=" + range, "Accept-Encoding", "gzip");
        if (from >= SIZE) {
            assertThat(part.statusCode()).isEqualTo(416);
        } else {
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(all, from, to));
            assertThat(ServerFixture.header(part, "content-range"))
                    .isEqualTo("bytes " + from + "-" + (to - 1) + "/" + SIZE);
            assertThat(ServerFixture.header(part, "content-length")).isEqualTo(Integer.toString(to - from));
        }
    }
}
