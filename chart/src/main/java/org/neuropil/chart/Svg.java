package org.neuropil.chart;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes a drawing as SVG: words as words, in the reader's own font without serifs; title and description for screen
/// readers; no script, no link, no clock, no random id. Colours are those of white paper as attributes, which every program
/// understands, and those of a dark page by class in a style sheet.
public final class Svg {
    /// The style sheet by which a page of HTML shows drawings light or dark. Nothing of it can be said in attributes.
    public static final String STYLE = style();

    private Svg() {}

    private static String style() {
        StringBuilder css = new StringBuilder("@media (prefers-color-scheme:dark){");
        for (Ink ink : List.of(Ink.TEXT, Ink.MUTED, Ink.GRID, Ink.PAPER)) {
            css.append(".f-").append(ink.name()).append("{fill:").append(Ink.hex(ink.dark())).append("}.s-")
                    .append(ink.name()).append("{stroke:").append(Ink.hex(ink.dark())).append('}');
        }
        return css.append('}').toString();
    }

    /// A file of its own.
    public static String file(Scene scene) {
        return write(scene, "<style>" + STYLE + "</style>");
    }

    /// An element for a page of HTML, whose style sheet has [#STYLE].
    public static String inline(Scene scene) {
        return write(scene, "");
    }

    private static String write(Scene scene, String style) {
        StringBuilder svg = new StringBuilder(1 << 14);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ")
                .append(number(scene.width()))
                .append(' ').append(number(scene.height())).append("\" width=\"").append(number(scene.width()))
                .append("\" height=\"").append(number(scene.height()))
                .append("\" font-family=\"sans-serif\" stroke-linejoin=\"round\">\n");
        svg.append("<title>").append(escape(scene.title())).append("</title>\n<desc>")
                .append(escape(scene.description())).append("</desc>\n").append(style);
        svg.append("<rect width=\"100%\" height=\"100%\"").append(paint("fill", Ink.PAPER)).append("/>\n");
        scene.marks().forEach(mark -> mark(mark, svg));
        return svg.append("</svg>\n").toString();
    }

    private static void mark(Mark mark, StringBuilder svg) {
        switch (mark) {
            case Mark.Path path -> path(path, svg);
            case Mark.Dots dots -> dots(dots, svg);
            case Mark.Words words -> words(words, svg);
            case Mark.Image image -> svg.append("<image x=\"").append(number(image.x())).append("\" y=\"")
                    .append(number(image.y())).append("\" width=\"").append(number(image.width()))
                    .append("\" height=\"").append(number(image.height()))
                    .append("\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"")
                    .append("data:image/png;base64,").append(Base64.getEncoder().encodeToString(Png.pixels(image)))
                    .append("\"/>\n");
        }
    }

    private static void path(Mark.Path path, StringBuilder svg) {
        svg.append("<path d=\"");
        boolean begins = true;
        for (int i = 0; i < path.x().length; i++) {
            if (Double.isNaN(path.x()[i])) {
                begins = true;
                continue;
            }
            svg.append(begins ? 'M' : 'L').append(number(path.x()[i])).append(' ').append(number(path.y()[i]));
            begins = false;
        }
        svg.append(path.closed() ? "Z\"" : "\"");
        svg.append(path.fill().map(ink -> paint("fill", ink)).orElse(" fill=\"none\""));
        path.line().ifPresent(pen -> {
            svg.append(paint("stroke", pen.ink())).append(" stroke-width=\"").append(number(pen.width())).append('"');
            svg.append(" stroke-linecap=\"").append(pen.dash().isEmpty() ? "round" : "butt").append('"');
            if (!pen.dash().isEmpty()) {
                svg.append(" stroke-dasharray=\"").append(
                        String.join(" ", pen.dash().stream().map(Svg::number).toList())).append('"');
            }
        });
        opacity(path.opacity(), svg);
        svg.append("/>\n");
    }

    /// Lines of no length with round ends, so that a thousand points take little room.
    private static void dots(Mark.Dots dots, StringBuilder svg) {
        svg.append("<path d=\"");
        for (int i = 0; i < dots.x().length; i++) {
            svg.append('M').append(number(dots.x()[i])).append(' ').append(number(dots.y()[i])).append("h0");
        }
        svg.append("\" fill=\"none\"").append(paint("stroke", dots.ink())).append(" stroke-width=\"")
                .append(number(2 * dots.radius())).append("\" stroke-linecap=\"round\"");
        opacity(dots.opacity(), svg);
        svg.append("/>\n");
    }

    private static void words(Mark.Words words, StringBuilder svg) {
        svg.append("<text x=\"").append(number(words.x())).append("\" y=\"").append(number(words.y()))
                .append("\" font-size=\"").append(number(words.size())).append('"');
        if (words.anchor() != Mark.Anchor.START) {
            svg.append(" text-anchor=\"").append(words.anchor().word()).append('"');
        }
        if (words.bold()) {
            svg.append(" font-weight=\"bold\"");
        }
        if (words.turned()) {
            svg.append(" transform=\"rotate(-90 ").append(number(words.x())).append(' ').append(number(words.y()))
                    .append(")\"");
        }
        svg.append(paint("fill", words.ink())).append('>').append(escape(words.text())).append("</text>\n");
    }

    private static void opacity(double opacity, StringBuilder svg) {
        if (opacity != 1) {
            svg.append(" opacity=\"").append(number(opacity)).append('"');
        }
    }

    private static String paint(String what, Ink ink) {
        return " " + what + "=\"" + ink.hex() + "\""
                + (ink.name().isEmpty() ? "" : " class=\"" + what.charAt(0) + "-" + ink.name() + "\"");
    }

    /// Hundredths of a pixel.
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths % 100 == 0) {
            return Long.toString(hundredths / 100);
        }
        String text = String.format(Locale.ROOT, "%s%d.%02d", hundredths < 0 ? "-" : "", Math.abs(hundredths) / 100,
                Math.abs(hundredths) % 100);
        return text.endsWith("0") ? text.substring(0, text.length() - 1) : text;
    }

    /// Text as it may stand in XML and HTML, between tags and in quoted attributes; what XML cannot hold becomes a question
    /// mark.
    public static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> safe.append(switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> Optional.of(c).filter(Svg::isText).map(Character::toString).orElse("?");
        }));
        return safe.toString();
    }

    private static boolean isText(int c) {
        return c >= 0x20 && !Character.isSurrogate((char) Math.min(c, 0xffff)) && c != 0xfffe && c != 0xffff
                || c == '\t'
                || c == '\n';
    }
}
