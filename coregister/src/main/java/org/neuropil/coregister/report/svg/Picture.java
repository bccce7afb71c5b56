package org.neuropil.coregister.report.svg;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Panels side by side, with a title; made piece by piece, then written.
public final class Picture {
    private static final int GAP = 24;
    private static final int TITLE = 26;
    private static final String STYLE = "<style>svg{color:#1b1b1b;background:#fff}"
            + "@media(prefers-color-scheme:dark){svg{color:#e6e6e6;background:#161616}}</style>";

    private final String title;
    private final String words;
    private final List<Panel> panels = new ArrayList<>();

    /// @param title what it shows
    /// @param words the same for those who cannot see it
    public Picture(String title, String words) {
        this.title = title;
        this.words = words;
    }

    /// What it shows.
    public String title() {
        return title;
    }

    /// What it shows, in more words.
    public String words() {
        return words;
    }

    /// Adds a panel to the right.
    public Panel panel(String name, Axis x, Axis y, int width, int height) {
        Panel panel = new Panel(name, x, y, width, height);
        panels.add(panel);
        return panel;
    }

    /// As an element of a page, which gives it its colours.
    public String element() {
        return svg("");
    }

    /// As a file of its own.
    public byte[] file() {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg(STYLE) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String svg(String style) {
        int width = GAP;
        int height = 0;
        for (Panel panel : panels) {
            width += panel.fullWidth() + GAP;
            height = Math.max(height, panel.fullHeight());
        }
        StringBuilder all = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                        + "font-family=\"system-ui,sans-serif\" font-size=\"12\">",
                width, height + TITLE + GAP, width, height + TITLE + GAP));
        all.append("<title>").append(escape(title)).append("</title><desc>").append(escape(words)).append("</desc>")
                .append(style);
        all.append("<text x=\"").append(GAP).append("\" y=\"18\" font-size=\"14\" font-weight=\"600\" "
                + "fill=\"currentColor\">").append(escape(title)).append("</text>");
        int x = GAP;
        for (Panel panel : panels) {
            all.append("<g transform=\"translate(").append(x).append(',').append(TITLE).append(")\">")
                    .append(panel.element()).append("</g>");
            x += panel.fullWidth() + GAP;
        }
        return all.append("</svg>").toString();
    }

    /// Text as it stands in XML; what XML cannot hold becomes a question mark.
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                    boolean known = c == '\n' || c == '\t'
                            || c >= 0x20 && !Character.isSurrogate((char) c) && c != 0xFFFE
                                    && c != 0xFFFF
                            || c > 0xFFFF;
                    safe.appendCodePoint(known ? c : '?');
                }
            }
        });
        return safe.toString();
    }
}
