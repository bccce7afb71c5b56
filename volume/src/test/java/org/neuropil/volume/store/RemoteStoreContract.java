package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neuropil.volume.store.WebServer.Failure;
import org.neuropil.volume.store.WebServer.Ranges;

/// What all stores must do whose servers are far away, busy, of the odd kind, and break off.
abstract class RemoteStoreContract extends StoreContract {
    private static final byte[] BYTES = new byte[100_000];

    static {
        new Random(2).nextBytes(BYTES);
    }

    final WebServer server;
    int count;

    RemoteStoreContract() throws IOException {
        server = new WebServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    /// Where the server has the key of the store that was made last.
    abstract String path(String key);

    @Test
    void busyServersAreAskedAgain() throws IOException {
        Store store = store();
        server.objects.put(path("k"), BYTES);
        server.failures.addAll(List.of(Failure.BUSY, Failure.ERROR));
        assertThat(store.get("k")).hasValue(BYTES);
        server.failures.addAll(List.of(Failure.ERROR, Failure.BUSY));
        assertThat(store.tail("k", 10)).hasValue(Arrays.copyOfRange(BYTES, 99_990, 100_000));
        server.failures.addAll(List.of(Failure.ERROR, Failure.ERROR, Failure.ERROR));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("500")
                .hasMessageContaining("3 attempts");
        assertThat(server.failures).isEmpty();
    }

    @Test
    void bodiesThatBreakOffAreAskedForAgainAndNeverGivenShort() throws IOException {
        Store store = store();
        server.objects.put(path("k"), BYTES);
        server.failures.addAll(List.of(Failure.CUT));
        assertThat(store.get("k")).hasValue(BYTES);
        server.failures.addAll(List.of(Failure.CUT, Failure.BUSY));
        assertThat(store.get("k", 10, 90_000)).hasValue(Arrays.copyOfRange(BYTES, 10, 90_000));
        server.failures.addAll(List.of(Failure.CUT));
        assertThat(store.tail("k", 50_000)).hasValue(Arrays.copyOfRange(BYTES, 50_000, 100_000));
        // Clients try again by themselves now and then.
        server.failures.addAll(Collections.nCopies(50, Failure.CUT));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("3 attempts");
        assertThatThrownBy(() -> store.get("k", 10, 90_000)).isInstanceOf(IOException.class)
                .hasMessageContaining("3 attempts");
    }

    @ParameterizedTest
    @EnumSource
    void serversOfTheOddKindGiveTheSame(Ranges ranges) throws IOException {
        server.ranges = ranges;
        Store store = store();
        server.objects.put(path("k"), BYTES);
        server.objects.put(path("empty"), new byte[0]);
        assertThat(store.get("k")).hasValue(BYTES);
        for (int[] range : new int[][]{{0, 100_000}, {0, 1}, {99_999, 100_000}, {17, 500}, {70_000, 90_000}}) {
            assertThat(store.get("k", range[0], range[1])).hasValue(Arrays.copyOfRange(BYTES, range[0], range[1]));
        }
        for (int length : new int[]{0, 1, 10, 16_384, 99_999, 100_000, 200_000}) {
            assertThat(store.tail("k", length))
                    .hasValue(Arrays.copyOfRange(BYTES, Math.max(0, 100_000 - length), 100_000));
        }
        assertThat(store.get("k", 100_000, 100_000)).hasValue(new byte[0]);
        assertThat(store.tail("empty", 10)).hasValue(new byte[0]);
        assertThat(store.get("empty", 0, 0)).hasValue(new byte[0]);
        assertThat(store.tail("none", 10)).isEmpty();
        assertThat(store.get("none", 0, 0)).isEmpty();
        for (int[] range : new int[][]{{99_990, 100_001}, {100_000, 100_001}, {200_000, 200_001}, {100_001, 100_001}}) {
            assertThatThrownBy(() -> store.get("k", range[0], range[1])).isInstanceOf(IOException.class)
                    .hasMessageContaining("k").hasMessageContaining("before");
        }
    }

    @Test
    void answersWithOtherBytesThanWereAskedForAreErrors() throws IOException {
        Store store = store();
        server.objects.put(path("k"), BYTES);
        server.failures.add(Failure.OTHER_RANGE);
        assertThatThrownBy(() -> store.get("k", 10, 20)).isInstanceOf(IOException.class)
                .hasMessageContaining("bytes 10 to 20").hasMessageContaining("bytes 11 to 20");
    }

    @Test
    void whatIsKeptCompressedComesPlain() throws IOException {
        byte[] text = "some text some text some text".getBytes(StandardCharsets.UTF_8);
        Store store = store();
        server.objects.put(path("k"), gzip(text));
        server.encodings.put(path("k"), "gzip");
        assertThat(store.get("k")).hasValue(text);
        for (Ranges ranges : List.of(Ranges.KNOWN, Ranges.IGNORED)) {
            server.ranges = ranges;
            assertThat(store.get("k", 5, 9)).hasValue("text".getBytes(StandardCharsets.UTF_8));
            assertThat(store.tail("k", 4)).hasValue("text".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> store.get("k", 5, 30)).isInstanceOf(IOException.class)
                    .hasMessageContaining("ends at 29, before 30");
        }
        server.encodings.put(path("k"), "gzip,aws-chunked");
        assertThat(store.get("k")).hasValue(text);
        server.objects.put(path("k"), new org.neuropil.volume.codec.Zstd(3, false).encode(gzip(text)));
        server.encodings.put(path("k"), "gzip, zstd");
        assertThat(store.get("k")).hasValue(text);
        server.encodings.put(path("k"), "compress");
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("compress");
        for (String encoding : List.of("gzip", "br", "zstd")) {
            server.objects.put(path("k"), new byte[]{1, 2, 3, 4, 5});
            server.encodings.put(path("k"), encoding);
            assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining(encoding);
        }
    }

    /// As web servers say it of files whose name says it too.
    @Test
    void whatIsCalledGzStaysGzip() throws IOException {
        byte[] zipped = gzip(new byte[]{1, 2, 3});
        Store store = store();
        server.objects.put(path("k.gz"), zipped);
        server.encodings.put(path("k.gz"), "gzip");
        assertThat(store.get("k.gz")).hasValue(zipped);
        server.objects.put(path("k.gz"), gzip(zipped));
        assertThat(store.get("k.gz")).hasValue(zipped);
    }

    @Test
    void forbiddenMeansAbsentOnlyWhileOthersMayBeRead() throws IOException {
        server.forbidsAbsent = true;
        Store store = store();
        assertThatThrownBy(() -> store.get("none")).isInstanceOf(IOException.class).hasMessageContaining("403");
        server.objects.put(path("k"), BYTES);
        assertThat(store.get("k")).isPresent();
        assertThat(store.get("none")).isEmpty();
        assertThat(store.tail("none", 5)).isEmpty();
        assertThat(copy(store).get("none")).as("where the store has travelled to").isEmpty();
        // The login has ended: nothing may be read any more.
        server.failures.addAll(List.of(Failure.FORBIDDEN, Failure.FORBIDDEN));
        assertThatThrownBy(() -> store.get("none")).isInstanceOf(IOException.class).hasMessageContaining("403");
        assertThatThrownBy(() -> {
            server.failures.add(Failure.FORBIDDEN);
            store.get("k");
        }).isInstanceOf(IOException.class).hasMessageContaining("403");
    }

    @Test
    void requestsAtATimeAreBounded() throws IOException {
        Store store = store();
        server.objects.put(path("k"), BYTES);
        Requests.run(100, 400, i -> assertThat(store.get("k", i, i + 3)).hasValue(Arrays.copyOfRange(BYTES, i, i + 3)));
        assertThat(server.mostAtATime()).isBetween(1, store.parallelism());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
