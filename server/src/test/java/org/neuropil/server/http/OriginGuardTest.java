package org.neuropil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginGuardTest {
    private static Call call(String own, Map<String, String> headers, Map<String, String> query) {
        return new Call("POST", Map.of(), query, own, false, name -> Optional.ofNullable(headers.get(name)),
                Payload.none());
    }

    /// A name with dots may be anybody's who points it at this server, so the same name in both places proves nothing.
    @ParameterizedTest
    @CsvSource({"http://lab:8080,http://lab:8080,true", "http://10.0.0.5:8080,http://10.0.0.5:8080,true",
        "http://[fe80::1]:8080,http://[fe80::1]:8080,true", "http://evil.example:8080,http://evil.example:8080,false",
        "http://lab:8080,http://lab:9090,false", "http://lab:8080,http://LOCALHOST:9090,true",
        "http://lab:8080,https://known.example,true", "http://lab:8080,null,false", "http://lab:8080,,true"})
    void onlyKnownPagesEdit(String own, String origin, boolean allowed) {
        OriginGuard guard = new OriginGuard(List.of("https://Known.example"), "somebody");
        Call call = call(own, origin == null ? Map.of() : Map.of("Origin", origin), Map.of());
        if (allowed) {
            assertThat(guard.check(call)).isEqualTo("somebody");
        } else {
            assertThatThrownBy(() -> guard.check(call)).isInstanceOfSatisfying(Problem.class,
                    e -> assertThat(e.status()).isEqualTo(403));
        }
    }

    @Test
    void allMeansAll() {
        OriginGuard guard = new OriginGuard(List.of("*"), "somebody");
        assertThat(guard.check(call("http://lab:8080", Map.of("Origin", "null"), Map.of()))).isEqualTo("somebody");
    }

    @Test
    void namesComeFromHeaderThenParameterThenOption() {
        OriginGuard guard = new OriginGuard(List.of(), "somebody");
        Map<String, String> header = Map.of(OriginGuard.USER_HEADER, " ada ");
        Map<String, String> parameter = Map.of(OriginGuard.USER_PARAMETER, "bob");
        assertThat(guard.check(call("http://lab", header, parameter))).isEqualTo("ada");
        assertThat(guard.check(call("http://lab", Map.of(), parameter))).isEqualTo("bob");
        for (String name : List.of("", "a\nb", "<b>", "x".repeat(101))) {
            assertThatThrownBy(
                    () -> guard.check(call("http://lab", Map.of(), Map.of(OriginGuard.USER_PARAMETER, name))))
                    .isInstanceOf(Problem.class);
        }
    }
}
