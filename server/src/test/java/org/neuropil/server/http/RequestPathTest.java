package org.neuropil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RequestPathTest {
    @Test
    void splitsAndDecodes() {
        assertThat(RequestPath.parse("/")).contains(new RequestPath(List.of(), true));
        assertThat(RequestPath.parse("/data/em/8_8_8/0-64_0-64_0-64"))
                .contains(new RequestPath(List.of("data", "em", "8_8_8", "0-64_0-64_0-64"), false));
        assertThat(RequestPath.parse("/viewer/")).contains(new RequestPath(List.of("viewer"), true));
        assertThat(RequestPath.parse("/12%3a0;v=1")).contains(new RequestPath(List.of("12:0;v=1"), false));
        assertThat(RequestPath.parse("/h%C3%BCgel+%2B")).contains(new RequestPath(List.of("hügel++"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data", "//", "///", "/a//b", "/a//", "/.", "/..", "/../", "/a/../b", "/a/./b",
        "/%2e%2e/x", "/.%2E/x", "/a%2fb", "/a%2Fb", "/%2f", "/a%5cb", "/a\\b", "/a%00b", "/%0a", "/%7f", "/%",
        "/%2", "/%zz", "/%c0%ae%c0%ae/x", "/%ff", "/%ed%a0%80", "/ü", "/%c2%85", "*", "http://host/"})
    void refusesWhatIsNoNameOrClimbs(String raw) {
        assertThat(RequestPath.parse(raw)).isEmpty();
    }

    @Property(tries = 20_000)
    void neverLeavesTheFolder(@ForAll("hostile") String raw) {
        Optional<RequestPath> path = RequestPath.parse(raw);
        path.ifPresent(p -> {
            assertThat(p.segments()).allSatisfy(s -> assertThat(s).isNotEmpty().doesNotContain("/", "\\", "\0")
                    .isNotIn(".", ".."));
            Path root = Path.of("/dataset/em");
            try {
                assertThat(root.resolve(p.joined()).normalize()).startsWithRaw(root);
                assertThat(root.resolve(p.joined()).getNameCount()).isEqualTo(2 + p.segments().size());
            } catch (InvalidPathException e) {
                assertThat(p.joined()).isNotEmpty();
            }
        });
    }

    @Property
    void readsBackWhatWasEncoded(@ForAll("names") List<String> names) {
        String raw = names.stream().map(n -> "/" + URLEncoder.encode(n, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining());
        assertThat(RequestPath.parse(raw)).contains(new RequestPath(names, false));
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of("/", "//", ".", "..", "%2e", "%2E", "%2f", "%5c", "\\", "%00", "%",
                "%c0%ae",
                "a", "data", "%25", "2e", "~", ";", "?", "\0", "%ef%bc%8f", "é", " ");
        return Arbitraries.oneOf(pieces.list().ofMaxSize(12).map(l -> "/" + String.join("", l)),
                Arbitraries.strings().ofMaxLength(30));
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings().withCharRange('!', '\u07ff').excludeChars('/', '\\').ofMinLength(1).ofMaxLength(12)
                .filter(n -> !n.equals(".") && !n.equals("..") && n.chars().noneMatch(Character::isISOControl)).list()
                .ofMinSize(1).ofMaxSize(5);
    }
}
