package org.neuropil.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final Pattern HTML_REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Pattern SCRIPT_REFERENCE = Pattern
            .compile("new URL\\(\"([^\"]+)\",\\s*import\\.meta\\.url\\)|(?:from|import)\\s*\\(?\"(\\.[^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "viewer/index.html"})
    void everythingThatAPageNamesIsThere(String page) throws IOException {
        List<String> references = references(page, HTML_REFERENCE);

        assertThat(references).anyMatch(path -> path.endsWith(".js")).anyMatch(path -> path.endsWith(".css"))
                .anyMatch(path -> path.endsWith("favicon.svg"));
        assertThat(references).allSatisfy(path -> assertThat(Site.resource(path)).as(path).isPresent());
    }

    @Test
    void everythingThatAScriptLoadsIsThere() throws IOException, URISyntaxException {
        List<String> references = new ArrayList<>();
        for (String script : files().stream().filter(path -> path.endsWith(".js")).toList()) {
            references.addAll(references(script, SCRIPT_REFERENCE));
        }
        // The sign-in pages of two services that the viewer's build leaves out.
        references.removeIf(path -> path.endsWith("bossauth.html") || path.endsWith("google_oauth2_redirect.html"));

        assertThat(references).contains("viewer/app/chunk_worker.bundle.js", "viewer/async_computation.bundle.js",
                "viewer/app/neuroglancer_draco.wasm");
        assertThat(references).allSatisfy(path -> assertThat(Site.resource(path)).as(path).isPresent());
    }

    @Test
    void compressedFilesHoldTheSameBytes() throws IOException, URISyntaxException {
        List<String> plain = files().stream().filter(path -> !path.endsWith(".gz")).toList();

        assertThat(plain).hasSizeGreaterThan(15);
        for (String path : plain) {
            try (InputStream packed = Site.compressed(path).orElseThrow().openStream();
                    InputStream unpacked = new GZIPInputStream(packed)) {
                assertThat(unpacked.readAllBytes()).as(path).isEqualTo(read(path));
            }
        }
    }

    @Test
    void licencesOfWhatIsBundledAreNamed() throws IOException {
        assertThat(text("THIRD-PARTY.txt")).contains("neuroglancer 2.", "preact ", "numcodecs ", "Apache License",
                "Permission is hereby granted");
    }

    @Test
    void noPageLoadsAnythingFromElsewhere() throws IOException {
        for (String page : List.of("index.html", "viewer/index.html")) {
            assertThat(text(page)).doesNotContain("http://", "https://", "src=\"//", "href=\"//");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/index.html", "../Site.class", "viewer/../index.html", "..", ".", "./index.html",
        "viewer", "viewer/", "viewer//index.html", "viewer\\index.html", "..\\Site.class", "%2e%2e/Site.class",
        ".hidden.txt", "index.html/", "index.html\0.gz", "C:/index.html", "assets/nothing.js"})
    void whatIsNoFileOfTheSiteGivesNothing(String path) {
        assertThat(Site.resource(path)).isEmpty();
        assertThat(Site.compressed(path)).isEmpty();
    }

    /// What a file refers to, as paths of the site; addresses of the server (`/api/…`) and of the page itself are not
    /// the site's.
    private static List<String> references(String path, Pattern pattern) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text(path));
        while (matcher.find()) {
            String reference = matcher.group(1) != null || matcher.groupCount() < 2
                    ? matcher.group(1)
                    : matcher.group(2);
            if (!reference.startsWith("/") && !reference.endsWith("/")) {
                found.add(URI.create("/" + path).resolve(reference).getPath().substring(1));
            }
        }
        return found;
    }

    private static String text(String path) throws IOException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    private static byte[] read(String path) throws IOException {
        try (InputStream in = Site.resource(path).orElseThrow().openStream()) {
            return in.readAllBytes();
        }
    }

    /// Every file of the site; the tests read them from the folder that the build wrote.
    private static List<String> files() throws IOException, URISyntaxException {
        URL index = Site.resource("index.html").orElseThrow();
        Path root = Objects.requireNonNull(Path.of(index.toURI()).getParent());
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(Files::isRegularFile).map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}
