package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.WebServer.Failure;

class HttpStoreTest extends StoreContract {
    /// Three attempts without waiting.
    static final Attempts IMPATIENT = new Attempts(3, _ -> {});

    private final WebServer server;
    private int count;

    HttpStoreTest() throws IOException {
        server = new WebServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    Store store() {
        return new HttpStore(server.address() + "/f" + count++, IMPATIENT);
    }

    @Override
    Store writer(Store store) {
        return new GcsStore(server.address(), "f" + (count - 1), "", IMPATIENT);
    }

    @Test
    void busyServersAndCutConnectionsAreAskedAgain() throws IOException {
        Store store = store();
        writer(store).put("k", new byte[5000]);
        server.failures.addAll(List.of(Failure.BUSY, Failure.CUT));
        assertThat(store.get("k")).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(5000));
        server.failures.addAll(List.of(Failure.CUT, Failure.ERROR));
        assertThat(store.get("k", 10, 4000)).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(3990));
        // The client of the JDK tries again by itself now and then.
        server.failures.addAll(Collections.nCopies(50, Failure.CUT));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("3 attempts");
    }

    @Test
    void waitsAsLongAsTheServerAsksFor() throws IOException {
        List<Duration> waits = new ArrayList<>();
        WAITS.set(waits);
        Store store = new HttpStore(server.address() + "/f", new Attempts(3, time -> WAITS.get().add(time)));
        server.failures.addAll(List.of(Failure.BUSY, Failure.ERROR));
        assertThat(store.get("k")).isEmpty();
        assertThat(waits).hasSize(2);
        assertThat(waits.get(0)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(10_500));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(750));
    }

    private static final ThreadLocal<List<Duration>> WAITS = new ThreadLocal<>();

    @Test
    void serversWithoutRangesGiveTheSame() throws IOException {
        server.ranges = false;
        givesParts();
        neverGivesLessThanWasAskedFor();
    }

    @Test
    void whatIsKeptCompressedComesPlain() throws IOException {
        byte[] text = "some text some text some text".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        Store store = store();
        server.objects.put("/f0/k", bytes.toByteArray());
        server.encodings.put("/f0/k", "gzip");
        assertThat(store.get("k")).hasValue(text);
        assertThat(store.get("k", 5, 9)).hasValue("text".getBytes(StandardCharsets.UTF_8));
        assertThat(store.tail("k", 4)).hasValue("text".getBytes(StandardCharsets.UTF_8));
        server.encodings.put("/f0/k", "compress");
        assertThatThrownBy(() -> store.get("k")).hasMessageContaining("compress");
        server.encodings.put("/f0/k", "br");
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("br");
    }

    @Test
    void forbiddenMeansAbsentOnlyWhereOthersMayBeRead() throws IOException {
        server.forbidsAbsent = true;
        Store store = store();
        assertThatThrownBy(() -> store.get("none")).isInstanceOf(IOException.class).hasMessageContaining("403");
        writer(store).put("k", new byte[]{1});
        assertThat(store.get("k")).isPresent();
        assertThat(store.get("none")).isEmpty();
    }

    @Test
    void isOnlyRead() {
        assertThatThrownBy(() -> store().put("k", new byte[1])).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("can only be read", "/f0/k"));
    }

    @Test
    void aQueryGoesWithEveryRequest() throws IOException {
        server.objects.put("/f/k", new byte[]{1});
        assertThat(new HttpStore(server.address() + "/f?token=x%20y", IMPATIENT).get("k")).isPresent();
        assertThat(server.requests).containsExactly("GET /f/k?token=x%20y");
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String address : List.of("http:///x", "ftp://host/x", "http://a b/")) {
            assertThatThrownBy(() -> new HttpStore(address)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains(address));
        }
        assertThatThrownBy(() -> Stores.open("azure://x/y")).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("azure", "s3://"));
        assertThatThrownBy(() -> Stores.open("s3:///y")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Stores.open("s3+https://host")).isInstanceOf(InputException.class);
    }
}
