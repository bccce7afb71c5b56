package org.neuropil.server;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.neuropil.server.http.Answer;
import org.neuropil.server.http.Body;
import org.neuropil.server.http.Call;
import org.neuropil.server.http.MediaTypes;
import org.neuropil.server.http.Problem;

/// The pages. They come with the software and are few, so each is kept once it has been asked for.
final class SiteFiles {
    /// A name that holds a digest of the content, as esbuild writes it: `main-7KQ2BXZD.js`.
    private static final Pattern DIGEST = Pattern.compile(".*-[A-Z0-9]{8}\\.[a-z0-9]{1,9}");
    private static final String INDEX = "index.html";

    private final StaticSite site;
    private final Map<String, Answer.Resource> known = new ConcurrentHashMap<>();

    SiteFiles(StaticSite site) {
        this.site = site;
    }

    /// Answers `/{file...}`.
    ///
    /// @param folder of the site that the file is in, with a slash after it; empty for the top
    Answer answer(String folder, Call call) throws IOException {
        String asked = folder + call.variable("file");
        String name = asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
        boolean isFolder = name.isEmpty() || call.folder();
        String index = name.isEmpty() ? INDEX : name + "/" + INDEX;
        Optional<Answer.Resource> found = find(isFolder ? index : name);
        if (found.isPresent()) {
            return found.get();
        }
        if (!isFolder && find(index).isPresent()) {
            // Relative links of a page hold only with the slash.
            return new Answer.Redirect("/" + name + "/");
        }
        throw Problem.notFound(name.isEmpty() ? "this server has no pages" : "there is no such page", "/" + name,
                name.isEmpty() ? "the dataset is described at /api/v1/dataset" : "begin at /");
    }

    private Optional<Answer.Resource> find(String name) throws IOException {
        Answer.Resource kept = known.get(name);
        if (kept != null) {
            return Optional.of(kept);
        }
        Optional<byte[]> plain = site.resource(name);
        Optional<byte[]> gzip = site.resource(name + ".gz");
        if (plain.isEmpty() && gzip.isEmpty()) {
            return Optional.empty();
        }
        String type = MediaTypes.of(name);
        Answer.Resource made = new Answer.Resource(type, Answer.etag(plain.or(() -> gzip).orElseThrow()),
                DIGEST.matcher(name).matches() ? Answer.IMMUTABLE : Answer.REVALIDATE,
                plain.map(Body.Memory::new).orElse(null), gzip.map(Body.Memory::new).orElse(null),
                MediaTypes.compressible(type));
        known.put(name, made);
        return Optional.of(made);
    }
}
