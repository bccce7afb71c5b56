package org.neuropil.chart.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.neuropil.chart.Figure;
import org.neuropil.chart.Svg;

/// A page of HTML in the making: one file, no network, light and dark, usable by keyboard and without scripts; with scripts,
/// tables can be sorted, filtered and saved, and figures saved with their data. Every text is escaped here.
public final class ReportPage {
    /// Data of a figure that are longer are left to the command line.
    private static final int DATA = 200_000;
    /// Of a column that stands on the left, as words do.
    private static final String WORDS = " class=\"w\"";

    private final String title;
    private final StringBuilder body = new StringBuilder(1 << 20);
    private final StringBuilder contents = new StringBuilder();
    private int figures;
    private boolean open;

    /// @param title of the page
    public ReportPage(String title) {
        this.title = title;
    }

    /// Begins a part, which the contents name.
    ///
    /// @param id of it in the page, which links lead to
    public void section(String id, String heading) {
        close();
        contents.append("<li><a href=\"#").append(id).append("\">").append(Svg.escape(heading)).append("</a></li>\n");
        body.append("<section id=\"").append(id).append("\" aria-labelledby=\"").append(id).append("-h\">\n<h2 id=\"")
                .append(id).append("-h\">").append(Svg.escape(heading)).append("</h2>\n");
        open = true;
    }

    private void close() {
        body.append(open ? "</section>\n" : "");
        open = false;
    }

    /// Begins a part of a part.
    public void heading(String text) {
        body.append("<h3>").append(Svg.escape(text)).append("</h3>\n");
    }

    /// Sentences.
    public void paragraph(String text) {
        body.append("<p>").append(Svg.escape(text)).append("</p>\n");
    }

    /// A link that leads out of the page.
    ///
    /// @param address absolute
    public void link(String text, String address) {
        body.append("<p><a rel=\"noopener\" href=\"").append(Svg.escape(address)).append("\">").append(Svg.escape(text))
                .append("</a></p>\n");
    }

    /// Points, one below the other.
    public void list(List<String> items) {
        body.append("<ul>\n");
        items.forEach(item -> body.append("<li>").append(Svg.escape(item)).append("</li>\n"));
        body.append("</ul>\n");
    }

    /// Names and values.
    ///
    /// @param facts each of a name and a value
    public void facts(List<List<String>> facts) {
        body.append("<dl>\n");
        facts.forEach(fact -> body.append("<div><dt>").append(Svg.escape(fact.getFirst())).append("</dt><dd>")
                .append(Svg.escape(fact.getLast())).append("</dd></div>\n"));
        body.append("</dl>\n");
    }

    /// A picture, with its description for who does not see it.
    ///
    /// @param file name of the files that it is saved as, without an ending
    public void figure(Figure figure, String file) {
        figures++;
        String csv = figure.csv();
        body.append("<figure id=\"figure-").append(figures).append("\" data-file=\"").append(Svg.escape(file))
                .append("\">\n").append(figure.inlineSvg()).append("<figcaption>")
                .append(Svg.escape(figure.description())).append("</figcaption>\n");
        body.append("<p class=\"save\" hidden>");
        for (String kind : List.of("svg", "png", "csv")) {
            if (!kind.equals("csv") || csv.length() <= DATA) {
                body.append("<button type=\"button\" data-save=\"").append(kind).append("\" aria-label=\"Save ")
                        .append(Svg.escape(figure.title())).append(kind.equals("csv") ? ", its data" : "")
                        .append(" as ").append(kind.toUpperCase(Locale.ROOT)).append("\">")
                        .append(kind.equals("csv") ? "data as CSV" : kind.toUpperCase(Locale.ROOT))
                        .append("</button> ");
            }
        }
        body.append("</p>\n");
        if (csv.length() <= DATA) {
            body.append("<pre class=\"data\" hidden>\n").append(Svg.escape(csv)).append("</pre>\n");
        }
        body.append("</figure>\n");
    }

    /// Text as it stands, in letters of one width: a record as JSON.
    public void text(String text) {
        body.append("<pre tabindex=\"0\">\n").append(Svg.escape(text)).append("</pre>\n");
    }

    /// A table.
    ///
    /// @param id of it, and name of the file that it is saved as
    /// @param header a name for each column; what is behind a line break stands below in small letters
    /// @param sorted whether it can be sorted, filtered and saved
    public void table(String id, String caption, List<String> header, List<List<String>> rows, boolean sorted) {
        if (sorted) {
            body.append("<p class=\"tools\" hidden><label>Filter <input type=\"search\" data-filter=\"").append(id)
                    .append("\"></label> <button type=\"button\" data-table=\"").append(id)
                    .append("\">Save as CSV what is shown</button> <output data-count=\"").append(id)
                    .append("\"></output></p>\n");
        }
        boolean[] words = new boolean[header.size()];
        for (int column = 0; column < words.length; column++) {
            words[column] = isWords(rows, column);
        }
        body.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").append(Svg.escape(caption))
                .append("\">\n<table id=\"").append(id).append("\"").append(sorted ? " class=\"sorted\"" : "")
                .append("><caption>").append(Svg.escape(caption)).append("</caption>\n<thead><tr>");
        for (int column = 0; column < header.size(); column++) {
            String[] lines = header.get(column).split("\n", 2);
            body.append("<th scope=\"col\"").append(words[column] ? WORDS : "").append('>')
                    .append(sorted ? "<button type=\"button\">" : "")
                    .append(Svg.escape(lines[0]));
            if (lines.length > 1 && !lines[1].isEmpty()) {
                body.append(" <small>").append(Svg.escape(lines[1])).append("</small>");
            }
            body.append(sorted ? "</button></th>" : "</th>");
        }
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr><th scope=\"row\">").append(Svg.escape(row.getFirst())).append("</th>");
            for (int column = 1; column < row.size(); column++) {
                body.append("<td").append(words[column] ? WORDS : "").append('>').append(Svg.escape(row.get(column)))
                        .append("</td>");
            }
            body.append("</tr>\n");
        }
        body.append("</tbody></table></div>\n");
    }

    private static boolean isWords(List<List<String>> rows, int column) {
        return rows.stream().map(row -> row.get(column))
                .anyMatch(cell -> !cell.isEmpty() && !"-.0123456789".contains(cell.substring(0, 1)));
    }

    /// The page, with all that was added so far.
    public String html() {
        close();
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
                script-src 'unsafe-inline'; img-src data: blob:">
                <title>""" + Svg.escape(title) + "</title>\n<style>" + resource("report.css")
                + "</style>\n<style id=\"chart\">"
                + Svg.STYLE + "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
                + "<header><h1>" + Svg.escape(title) + "</h1></header>\n<nav aria-label=\"Parts\"><ul>\n" + contents
                + "</ul></nav>\n<main id=\"main\">\n" + body + "</main>\n<script>" + resource("report.js")
                + "</script>\n</body>\n</html>\n";
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
