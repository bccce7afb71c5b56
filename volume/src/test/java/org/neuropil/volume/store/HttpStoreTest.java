package org.neuropil.volume.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.neuropil.space.InputException;
import org.neuropil.volume.store.WebServer.Failure;
import org.neuropil.volume.store.WebServer.Ranges;

class HttpStoreTest extends RemoteStoreContract {
    HttpStoreTest() throws IOException {}

    @Override
    Store store() {
        return store(server.address() + "/f" + count++);
    }

    private static Store store(String address) {
        return new HttpStore(address, TestClock.impatient(), WebTransport.PATIENCE);
    }

    @Override
    String path(String key) {
        return "/f" + (count - 1) + "/" + key;
    }

    @Override
    Store writer(Store store) {
        return new GcsStore(server.address(), "f" + (count - 1), "", Map::of, TestClock.impatient());
    }

    @Test
    void waitsAsLongAsTheServerAsksFor() throws IOException {
        TestClock clock = new TestClock();
        Store store = new HttpStore(server.address() + "/f", new Attempts(3, Duration.ofMinutes(1), clock),
                WebTransport.PATIENCE);
        server.failures.addAll(List.of(Failure.BUSY, Failure.ERROR));
        assertThat(store.get("k")).isEmpty();
        assertThat(clock.waits).hasSize(2);
        assertThat(clock.waits.get(0)).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7125));
        assertThat(clock.waits.get(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(750));
    }

    @Test
    void serversThatFallSilentAreGivenUp() {
        Store store = new HttpStore(server.address() + "/f", TestClock.impatient(), Duration.ofMillis(100));
        server.objects.put("/f/k", new byte[50_000]);
        server.failures.addAll(Collections.nCopies(3, Failure.SILENT));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("silent")
                .hasMessageContaining("3 attempts");
    }

    @Test
    void tooLittleMemoryIsNoFailureOfTheServer() {
        server.objects.put("/f/k", new byte[50_000]);
        GcsStore place = new GcsStore(server.address(), "f", "", Map::of, TestClock.impatient());
        WebTransport transport = place.transport();
        assertThatThrownBy(() -> transport.get("k", "", _ -> {
            throw new OutOfMemoryError("for the test");
        })).isInstanceOf(OutOfMemoryError.class);
    }

    /// A server that has no ranges is not asked to send all of a large object.
    @Test
    void bytesBehindARangeAreNotWaitedFor() throws IOException {
        server.ranges = Ranges.IGNORED;
        Store store = store();
        server.objects.put(path("k"), new byte[50_000]);
        server.failures.addAll(Collections.nCopies(3, Failure.SILENT)); // sends half
        assertThat(store.get("k", 1000, 2000)).hasValue(new byte[1000]);
    }

    @Test
    void lengthsAreNotBelieved() throws IOException {
        Store store = store();
        server.objects.put(path("k"), new byte[10]);
        server.failures.addAll(Collections.nCopies(50, Failure.BOASTS));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IOException.class).hasMessageContaining("at once");
    }

    @Test
    void redirectsAreFollowed() throws IOException {
        server.objects.put("/there/k", new byte[]{1, 2, 3, 4});
        server.redirects.put("/f/", "/there/");
        Store store = store(server.address() + "/f");
        assertThat(store.get("k")).hasValue(new byte[]{1, 2, 3, 4});
        assertThat(store.get("k", 1, 3)).hasValue(new byte[]{2, 3});
    }

    @Test
    void isOnlyRead() {
        assertThatThrownBy(() -> store().put("k", new byte[1])).isInstanceOfSatisfying(InputException.class,
                e -> assertThat(e.sentence()).contains("can only be read", "/f0/k"));
    }

    @Test
    void aQueryGoesWithEveryRequestAndIntoNoMessage() throws IOException {
        server.objects.put("/f/k", new byte[]{1});
        Store store = store(server.address() + "/f?token=x%20y");
        assertThat(store.get("k")).isPresent();
        assertThat(server.requests).containsExactly("GET /f/k?token=x%20y");
        server.failures.add(Failure.FORBIDDEN);
        assertThatThrownBy(() -> store.get("k")).hasMessageContaining("/f/k").message().doesNotContain("token");
    }

    @Test
    void addressesThatAreNoneAreRefused() {
        for (String address : List.of("http:///x", "ftp://host/x", "http://a b/", "http://me:secret@host/x")) {
            assertThatThrownBy(() -> new HttpStore(address)).isInstanceOfSatisfying(InputException.class,
                    e -> assertThat(e.sentence()).contains(address));
        }
    }
}
