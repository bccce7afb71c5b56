package org.neuropil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuropil.volume.codec.Gzip;

class NegotiationTest {
    private static final byte[] LABELS = new byte[5000];
    private static final Answer.Resource PLAIN = new Answer.Resource(MediaTypes.BYTES, "abc", Answer.REVALIDATE,
            new Body.Memory(LABELS), null, true);
    private static final Answer.Resource PACKED = new Answer.Resource(MediaTypes.BYTES, "abc", Answer.REVALIDATE, null,
            new Body.Memory(Gzip.compress(LABELS)), false);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"gzip|true", "deflate, gzip;q=0.5|true", "*|true", "X-GZIP|true",
        "gzip;q=0|false", "*;q=0|false", "gzip; q = 0.00, *|false", "br, *;q=0.1|true", "identity|false",
        "gzipped|false", "''|false"})
    void knowsWhoTakesGzip(String header, boolean takes) {
        assertThat(Negotiation.acceptsGzip(header)).isEqualTo(takes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|a/x", "b/y|b/y", "b/z|b/z", "B/Z|b/z", "b/*|b/y", "*/*|a/x", "c/c|a/x",
        "c/c, b/z|b/z", "b/z;q=0.5, b/y|b/y", "b/z;q=0.5, b/y; q=0.25|b/z", "b/y;q=0|a/x", "a/x;q=0.1,*/*;q=0|a/x",
        "b/y;q=many|a/x", "b/y;charset=utf-8;q=1.0|b/y"})
    void knowsWhatIsAccepted(String header, String type) {
        assertThat(Negotiation.accepted(header, List.of("a/x", "b/y", "b/z"))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"abc\"|true", "W/\"abc\"|true", "\"abc-gzip\"|true", "\"x\", \"abc\"|true",
        "*|true", "\"abcd\"|false", "abc|false", "''|false"})
    void knowsValidators(String tags, boolean same) {
        assertThat(Negotiation.matches(tags, "abc")).isEqualTo(same);
    }

    @Test
    void gzipsOnTheWayOrSendsWhatIsGzipped() throws IOException {
        for (Answer answer : new Answer[]{PLAIN, PACKED}) {
            Reply reply = reply(answer, false, Map.of("Accept-Encoding", "gzip"));
            assertThat(reply.headers()).containsEntry("Content-Encoding", "gzip").containsEntry("ETag", "\"abc-gzip\"")
                    .containsEntry("Vary", "Accept-Encoding");
            assertThat(Gzip.decompress(reply.body().read(), LABELS.length)).isEqualTo(LABELS);
        }
    }

    @Test
    void unpacksForThoseWhoDoNotTakeGzip() throws IOException {
        Reply reply = reply(PACKED, false, Map.of());
        assertThat(reply.headers()).doesNotContainKey("Content-Encoding").containsEntry("ETag", "\"abc\"");
        assertThat(reply.body().read()).isEqualTo(LABELS);
    }

    @Test
    void neverGzipsARangeNorHead() throws IOException {
        for (Answer answer : new Answer[]{PLAIN, PACKED}) {
            Reply part = reply(answer, false, Map.of("Accept-Encoding", "gzip", "Range", "bytes=10-19"));
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers()).doesNotContainKey("Content-Encoding").containsEntry("Content-Range",
                    "bytes 10-19/5000").containsEntry("ETag", "\"abc\"");
            assertThat(part.length()).isEqualTo(10);
            Reply head = reply(answer, true, Map.of("Accept-Encoding", "gzip", "Range", "bytes=10-19"));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.length()).isEqualTo(5000);
        }
    }

    @Test
    void answersARangeOfTheSameStateOnly() throws IOException {
        assertThat(reply(PLAIN, false, Map.of("Range", "bytes=0-1", "If-Range", "\"abc\"")).status()).isEqualTo(206);
        for (String other : new String[]{"\"old\"", "W/\"abc\"", "Sat, 29 Oct 1994 19:43:31 GMT"}) {
            assertThat(reply(PLAIN, false, Map.of("Range", "bytes=0-1", "If-Range", other)).status()).isEqualTo(200);
        }
    }

    @Test
    void sendsNothingThatIsKnown() throws IOException {
        Reply reply = reply(PLAIN, false, Map.of("If-None-Match", "\"abc\"", "Range", "bytes=0-1"));
        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.length()).isZero();
        assertThat(reply.headers()).containsEntry("ETag", "\"abc\"").containsKey("Cache-Control");
    }

    @Test
    void leavesSmallAndNoisyBytesAsTheyAre() throws IOException {
        Map<String, String> gzip = Map.of("Accept-Encoding", "gzip");
        Answer small = Answer.bytes("text/plain", Arrays.copyOf(LABELS, 500), Answer.REVALIDATE);
        assertThat(reply(small, false, gzip).headers()).doesNotContainKey("Content-Encoding");
        byte[] noise = new byte[4000];
        new java.util.Random(1).nextBytes(noise);
        Reply noisy = reply(Answer.bytes("text/plain", noise, Answer.REVALIDATE), false, gzip);
        assertThat(noisy.headers()).doesNotContainKey("Content-Encoding").doesNotContainEntry("ETag", "gzip");
        assertThat(noisy.headers().get("ETag")).doesNotContain("gzip");
        assertThat(noisy.length()).isEqualTo(4000);
    }

    @Test
    void refusesToUnpackWhatIsTooLarge() {
        Body huge = new Body.Stored(Path.of("huge.gz"), Negotiation.MOST_TO_UNPACK + 1L);
        Answer answer = new Answer.Resource(MediaTypes.BYTES, "h", Answer.REVALIDATE, null, huge, false);
        assertThatThrownBy(() -> reply(answer, false, Map.of())).isInstanceOfSatisfying(Problem.class,
                p -> assertThat(p.status()).isEqualTo(406));
    }

    private static Reply reply(Answer answer, boolean head, Map<String, String> headers) throws IOException {
        return Negotiation.reply(answer, head, name -> Optional.ofNullable(headers.get(name)));
    }
}
