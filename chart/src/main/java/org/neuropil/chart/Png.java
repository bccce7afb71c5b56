package org.neuropil.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.ImageIO;

/// Paints a drawing as PNG, on white. Words are in the platform's own font without serifs: on one machine the bytes are the
/// same each time.
public final class Png {
    private Png() {}

    /// Paints it.
    ///
    /// @param scale pixels of the image for a pixel of the drawing, at least 1
    public static byte[] of(Scene scene, int scale) {
        BufferedImage image = new BufferedImage((int) Math.ceil(scene.width() * scale),
                (int) Math.ceil(scene.height() * scale), BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        try {
            paint.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            paint.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            paint.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            paint.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            paint.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
                    RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            paint.setColor(new Color(Ink.PAPER.light()));
            paint.fillRect(0, 0, image.getWidth(), image.getHeight());
            paint.scale(scale, scale);
            scene.marks().forEach(mark -> mark(mark, paint));
        } finally {
            paint.dispose();
        }
        return bytes(image);
    }

    /// The pixels of an image, one for one, as PNG.
    static byte[] pixels(Mark.Image image) {
        return bytes(buffer(image));
    }

    private static BufferedImage buffer(Mark.Image image) {
        boolean holes = false;
        for (int pixel : image.rgb()) {
            holes |= pixel < 0;
        }
        BufferedImage buffer = new BufferedImage(image.columns(), image.rows(),
                holes ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < image.rows(); row++) {
            for (int column = 0; column < image.columns(); column++) {
                int rgb = image.rgb()[row * image.columns() + column];
                buffer.setRGB(column, row, rgb < 0 ? 0 : rgb | 0xff000000);
            }
        }
        return buffer;
    }

    private static byte[] bytes(BufferedImage image) {
        try {
            // No cache on the disk.
            ImageIO.setUseCache(false);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mark(Mark mark, Graphics2D paint) {
        switch (mark) {
            case Mark.Path path -> path(path, paint);
            case Mark.Dots dots -> {
                paint.setColor(new Color(dots.ink().light()));
                paint.setComposite(AlphaComposite.SrcOver.derive((float) dots.opacity()));
                for (int i = 0; i < dots.x().length; i++) {
                    paint.fill(new Ellipse2D.Double(dots.x()[i] - dots.radius(), dots.y()[i] - dots.radius(),
                            2 * dots.radius(), 2 * dots.radius()));
                }
                paint.setComposite(AlphaComposite.SrcOver);
            }
            case Mark.Words words -> words(words, paint);
            case Mark.Image image -> {
                AffineTransform place = AffineTransform.getTranslateInstance(image.x(), image.y());
                place.scale(image.width() / image.columns(), image.height() / image.rows());
                paint.drawImage(buffer(image), place, null);
            }
        }
    }

    private static void path(Mark.Path path, Graphics2D paint) {
        Path2D.Double shape = new Path2D.Double();
        boolean begins = true;
        for (int i = 0; i < path.x().length; i++) {
            if (Double.isNaN(path.x()[i])) {
                begins = true;
            } else if (begins) {
                shape.moveTo(path.x()[i], path.y()[i]);
                begins = false;
            } else {
                shape.lineTo(path.x()[i], path.y()[i]);
            }
        }
        if (path.closed() && path.x().length > 0) {
            shape.closePath();
        }
        paint.setComposite(AlphaComposite.SrcOver.derive((float) path.opacity()));
        path.fill().ifPresent(ink -> {
            paint.setColor(new Color(ink.light()));
            paint.fill(shape);
        });
        path.line().ifPresent(pen -> {
            paint.setColor(new Color(pen.ink().light()));
            paint.setStroke(stroke(pen));
            paint.draw(shape);
        });
        paint.setComposite(AlphaComposite.SrcOver);
    }

    private static BasicStroke stroke(Layer.Pen pen) {
        if (pen.dash().isEmpty()) {
            return new BasicStroke((float) pen.width(), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
        }
        float[] dash = new float[pen.dash().size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = pen.dash().get(i).floatValue();
        }
        return new BasicStroke((float) pen.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    private static void words(Mark.Words words, Graphics2D paint) {
        Font font = new Font(Font.SANS_SERIF, words.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) words.size());
        paint.setFont(font);
        paint.setColor(new Color(words.ink().light()));
        double wide = font.getStringBounds(words.text(), paint.getFontRenderContext()).getWidth();
        double shift = switch (words.anchor()) {
            case START -> 0;
            case MIDDLE -> -wide / 2;
            case END -> -wide;
        };
        AffineTransform before = paint.getTransform();
        paint.translate(words.x(), words.y());
        if (words.turned()) {
            paint.rotate(-Math.PI / 2);
        }
        paint.drawString(words.text(), (float) shift, 0);
        paint.setTransform(before);
    }
}
