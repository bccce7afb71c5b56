package org.neuropil.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.neuropil.volume.codec.Gzip;

/// Decides which form of an answer a client gets: nothing new, a range, gzipped, plain.
///
/// A range is always one of the plain bytes. So is what HEAD tells, as those who ask want to know a file's length
/// before they read ranges of it.
public final class Negotiation {
    /// Fewer bytes than this fit one packet or nearly so.
    static final int LEAST_TO_GZIP = 1024;
    /// Gzipping more than this for each request would take too long.
    static final int MOST_TO_GZIP = 16 << 20;
    /// The most that is unpacked for a client that does not take gzip.
    static final int MOST_TO_UNPACK = 128 << 20;

    private static final String GZIP_MARK = "-gzip";

    private Negotiation() {}

    /// The reply.
    ///
    /// @param head true for HEAD
    /// @throws IOException if bytes cannot be read
    /// @throws Problem if there is no form that the client takes
    public static Reply reply(Answer answer, boolean head, Headers request) throws IOException {
        return switch (answer) {
            case Answer.Redirect elsewhere ->
                Reply.empty(302, Map.of("Location", elsewhere.location(), "Cache-Control", Answer.REVALIDATE));
            case Answer.Resource resource -> reply(resource, head, request);
            case Answer.Result result -> reply(result, head, request);
            case Answer.Stream stream -> reply(stream, request);
        };
    }

    private static Reply reply(Answer.Stream stream, Headers request) {
        Map<String, String> headers = new HashMap<>(stream.headers());
        headers.put("Cache-Control", Answer.VOLATILE);
        headers.put("Content-Type", stream.type());
        headers.merge("Vary", "Accept-Encoding", (given, more) -> given + ", " + more);
        Answer.Writer writer = stream.writer();
        if (MediaTypes.compressible(stream.type()) && !stream.headers().containsKey("Content-Encoding")
                && acceptsGzip(request.get("Accept-Encoding").orElse(""))) {
            headers.put("Content-Encoding", "gzip");
            writer = new Gzipped(writer);
        }
        return Reply.of(stream.status(), headers, new Body.Streamed(writer));
    }

    private record Gzipped(Answer.Writer plain) implements Answer.Writer {
        @Override
        public void write(OutputStream out) throws IOException {
            GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16);
            plain.write(gzip);
            // Without an end if that failed: a reader then sees that something is missing.
            gzip.finish();
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    private static Reply reply(Answer.Result result, boolean head, Headers request) {
        Map<String, String> headers = new HashMap<>(result.headers());
        headers.put("Cache-Control", Answer.VOLATILE);
        headers.put("Content-Type", result.type());
        byte[] bytes = result.bytes();
        if (MediaTypes.compressible(result.type())) {
            headers.merge("Vary", "Accept-Encoding", (given, more) -> given + ", " + more);
            boolean worth = bytes.length >= LEAST_TO_GZIP && bytes.length <= MOST_TO_GZIP;
            if (!head && worth && acceptsGzip(request.get("Accept-Encoding").orElse(""))) {
                bytes = Gzip.compress(bytes);
                headers.put("Content-Encoding", "gzip");
            }
        }
        return Reply.of(result.status(), headers, new Body.Memory(bytes));
    }

    private static Reply reply(Answer.Resource resource, boolean head, Headers request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Cache-Control", resource.caching());
        headers.put("Accept-Ranges", "bytes");
        if (resource.gzip() != null || resource.compressible()) {
            headers.put("Vary", "Accept-Encoding");
        }
        boolean gzip = !head && acceptsGzip(request.get("Accept-Encoding").orElse(""));
        boolean stored = gzip && resource.gzip() != null;
        headers.put("ETag", quoted(resource, stored));
        if (request.get("If-None-Match").filter(tags -> matches(tags, resource.etag())).isPresent()) {
            return Reply.empty(304, headers);
        }
        headers.put("Content-Type", resource.type());
        Optional<String> range = head ? Optional.empty() : request.get("Range").filter(r -> isFresh(resource, request));
        if (range.isPresent()) {
            Optional<Reply> part = part(range.get(), resource, headers);
            if (part.isPresent()) {
                return part.get();
            }
        }
        Body ready = resource.gzip();
        if (stored && ready != null) {
            return gzipped(resource, headers, ready);
        }
        Body plain = plain(resource);
        if (gzip && resource.compressible() && plain.size() >= LEAST_TO_GZIP && plain.size() <= MOST_TO_GZIP) {
            byte[] small = Gzip.compress(plain.read());
            if (small.length < plain.size()) {
                return gzipped(resource, headers, new Body.Memory(small));
            }
        }
        headers.put("ETag", quoted(resource, false));
        return Reply.of(200, headers, plain);
    }

    private static Reply gzipped(Answer.Resource resource, Map<String, String> headers, Body body) {
        headers.put("Content-Encoding", "gzip");
        headers.put("ETag", quoted(resource, true));
        return Reply.of(200, headers, body);
    }

    /// The reply to a range; empty if the header is one to ignore.
    private static Optional<Reply> part(String range, Answer.Resource resource, Map<String, String> headers)
            throws IOException {
        Body plain = plain(resource);
        headers.put("ETag", quoted(resource, false));
        return switch (ByteRange.parse(range, plain.size())) {
            case ByteRange.Whole() -> Optional.empty();
            case ByteRange.Unsatisfiable() -> {
                headers.put("Content-Range", "bytes */" + plain.size());
                yield Optional.of(Reply.empty(416, headers));
            }
            case ByteRange.Slice(long from, long to) -> {
                headers.put("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + plain.size());
                yield Optional.of(new Reply(206, headers, plain, from, to));
            }
        };
    }

    private static Body plain(Answer.Resource resource) throws IOException {
        Body plain = resource.plain();
        if (plain != null) {
            return plain;
        }
        Body gzip = resource.gzip();
        if (gzip == null || gzip.size() > MOST_TO_UNPACK) {
            throw new Problem(406, "this is stored gzipped and too large to unpack here", "Accept-Encoding",
                    "ask with Accept-Encoding: gzip");
        }
        return new Body.Memory(Gzip.decompress(gzip.read(), MOST_TO_UNPACK));
    }

    private static String quoted(Answer.Resource resource, boolean gzip) {
        return '"' + resource.etag() + (gzip ? GZIP_MARK : "") + '"';
    }

    /// True unless the client wants the range of an older state only; a date never proves that a state is the same.
    private static boolean isFresh(Answer.Resource resource, Headers request) {
        return request.get("If-Range").map(tag -> tag.strip().equals(quoted(resource, false))).orElse(true);
    }

    /// True if a list of validators has this one; whether gzipped or not makes no difference to whether it is new.
    static boolean matches(String tags, String etag) {
        for (String one : tags.split(",", -1)) {
            String tag = one.strip();
            String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (tag.equals("*") || strong.equals('"' + etag + '"') || strong.equals('"' + etag + GZIP_MARK + '"')) {
                return true;
            }
        }
        return false;
    }

    /// Which of some media types `Accept` asks for: the one with the highest weight, the first in the header among equals.
    ///
    /// @param types what there is, the first one being that of who asks for none of them
    public static String accepted(String header, List<String> types) {
        String best = types.getFirst();
        double most = 0;
        for (String one : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = one.split(";", -1);
            String range = parts[0].strip();
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String part = parts[i].replaceAll("\\s", "");
                if (part.startsWith("q=")) {
                    weight = part.matches("q=[01](\\.\\d{0,3})?") ? Double.parseDouble(part.substring(2)) : 0;
                }
            }
            Optional<String> type = types.stream().filter(given -> fits(range, given)).findFirst();
            if (weight > most && type.isPresent()) {
                most = weight;
                best = type.get();
            }
        }
        return best;
    }

    private static boolean fits(String range, String type) {
        return range.equals("*/*") || range.equals(type)
                || range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1));
    }

    /// True if `Accept-Encoding` allows gzip; without the header plain bytes are safest.
    static boolean acceptsGzip(String header) {
        boolean any = false;
        for (String one : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = one.split(";", -1);
            String coding = parts[0].strip();
            boolean refused = parts.length > 1 && parts[1].strip().matches("q\\s{0,9}=\\s{0,9}0(\\.0{0,9})?");
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return !refused;
            }
            any |= coding.equals("*") && !refused;
        }
        return any;
    }
}
