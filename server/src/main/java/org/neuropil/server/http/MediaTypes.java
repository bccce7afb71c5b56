package org.neuropil.server.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Media types by file name. Browsers refuse scripts and WebAssembly under any other type than these.
public final class MediaTypes {
    /// JSON, exactly so: Neuroglancer shows an error's text only without a charset.
    public static final String JSON = "application/json";
    /// Bytes that say nothing of themselves.
    public static final String BYTES = "application/octet-stream";
    /// Portable Network Graphics.
    public static final String PNG = "image/png";
    /// Scalable Vector Graphics.
    public static final String SVG = "image/svg+xml";

    /// An Arrow stream, by the name under which CAVE's clients know it. Its columns are compressed one by one.
    public static final String ARROW = "data.arrow";

    /// An Arrow stream, as Apache Arrow registered it.
    public static final String ARROW_STREAM = "application/vnd.apache.arrow.stream";
    /// A Parquet file, as Apache Parquet registered it. Its columns are compressed one by one.
    public static final String PARQUET = "application/vnd.apache.parquet";
    /// Comma-separated values.
    public static final String CSV = "text/csv";

    private static final Map<String, String> BY_ENDING = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"), Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/plain; charset=utf-8"), Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("json", JSON), Map.entry("map", JSON), Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("wasm", "application/wasm"), Map.entry("svg", SVG), Map.entry("png", PNG),
            Map.entry("jpg", "image/jpeg"), Map.entry("webp", "image/webp"), Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"), Map.entry("pdf", "application/pdf"), Map.entry("parquet", PARQUET),
            Map.entry("gz", "application/gzip"));
    private static final Set<String> PACKED = Set.of(PNG, "image/jpeg", "image/webp", "font/woff2", "application/gzip",
            "application/pdf", BYTES, ARROW, PARQUET);

    private MediaTypes() {}

    /// The type of a file's name; [#BYTES] if its ending says nothing.
    public static String of(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_ENDING.getOrDefault(ending, BYTES);
    }

    /// True if gzip makes such bytes smaller, as a rule.
    public static boolean compressible(String type) {
        return !PACKED.contains(type);
    }
}
