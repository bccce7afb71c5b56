package org.neuropil.coregister.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.neuropil.coregister.report.svg.Picture;
import org.neuropil.pipeline.Json;

/// One page that needs nothing else: no scripts, no fonts, nothing from the net.
public final class Page {
    private static final String STYLE = """
            :root{color-scheme:light dark;--text:#1b1b1b;--back:#fff;--line:#d0d0d0}
            @media(prefers-color-scheme:dark){:root{--text:#e6e6e6;--back:#161616;--line:#444}}
            body{font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:78rem;margin:2rem auto;\
            padding:0 1rem}
            h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
            table{border-collapse:collapse;margin:.5rem 0}th,td{text-align:left;padding:.2rem .8rem .2rem 0;\
            border-bottom:1px solid var(--line)}td.n{text-align:right;font-variant-numeric:tabular-nums}
            figure{margin:1rem 0;overflow-x:auto}figcaption{max-width:60rem}svg{max-width:none}
            pre{overflow-x:auto;border:1px solid var(--line);padding:.6rem}
            """;

    private final String title;
    private final StringBuilder body = new StringBuilder();

    /// @param title of the page
    public Page(String title) {
        this.title = title;
    }

    /// Begins a section.
    public Page section(String name, String words) {
        body.append("<h2>").append(Picture.escape(name)).append("</h2>\n");
        if (!words.isEmpty()) {
            body.append("<p>").append(Picture.escape(words)).append("</p>\n");
        }
        return this;
    }

    /// Adds a table; cells that are numbers stand to the right.
    public Page table(List<String> header, List<List<String>> rows) {
        body.append("<table><thead><tr>");
        header.forEach(cell -> body.append("<th scope=\"col\">").append(Picture.escape(cell)).append("</th>"));
        body.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add((cell.matches("-?[0-9.,]+") ? "<td class=\"n\">" : "<td>")
                    + Picture.escape(cell) + "</td>"));
            body.append("<tr>").append(String.join("", cells)).append("</tr>\n");
        }
        body.append("</tbody></table>\n");
        return this;
    }

    /// Adds a picture.
    public Page picture(Picture picture) {
        body.append("<figure>").append(picture.element()).append("<figcaption>")
                .append(Picture.escape(picture.words())).append("</figcaption></figure>\n");
        return this;
    }

    /// Adds values as JSON: what the page was made of.
    public Page record(Map<String, Object> values) {
        body.append("<pre>").append(Picture.escape(new String(Json.bytes(values), StandardCharsets.UTF_8)))
                .append("</pre>\n");
        return this;
    }

    /// The page.
    public byte[] bytes() {
        String safe = Picture.escape(title);
        return ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
                + "<title>" + safe + "</title><style>" + STYLE + "</style></head><body>\n<main><h1>" + safe + "</h1>\n"
                + body + "</main></body></html>\n").getBytes(StandardCharsets.UTF_8);
    }
}
