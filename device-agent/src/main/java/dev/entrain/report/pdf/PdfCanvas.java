package dev.entrain.report.pdf;

import dev.entrain.plot.Canvas;
import dev.entrain.plot.Look;
import dev.entrain.plot.Styles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.util.Matrix;

/**
 * A page of a PDF to draw on. Pixels of 1/96 inch become points of 1/72 inch, from the top left corner and moved by an origin
 * that can be set. A fault of writing is an {@link UncheckedIOException}. Not thread-safe.
 */
final class PdfCanvas implements Canvas {
    private static final float POINTS = 0.75f;

    /** Four curves of this length of their handles are a circle to 0.03 %. */
    private static final double ROUND = 0.5522847498;

    /** Weight of an outline that makes letters bold, a share of their size. */
    private static final double BOLD = 0.035;

    private final PDPageContentStream stream;
    private final PdfFont font;
    private final double pageHeightPx;
    private final Map<String, Look> shapes = new HashMap<>();
    private final Map<String, Look> texts = new HashMap<>();
    private final Map<Long, PDExtendedGraphicsState> opacities = new HashMap<>();
    private long opacity = opacityKey(1, 1);
    private double originX;
    private double originY;

    PdfCanvas(PDPageContentStream stream, PdfFont font, double pageHeightPx) {
        this.stream = stream;
        this.font = font;
        this.pageHeightPx = pageHeightPx;
    }

    /** Says where 0, 0 is from now on, px from the page's upper left corner. */
    void origin(double x, double y) {
        originX = x;
        originY = y;
    }

    private interface Drawing {
        void draw() throws IOException;
    }

    private static void unchecked(Drawing drawing) {
        try {
            drawing.draw();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private float x(double x) {
        return (float) (originX + x) * POINTS;
    }

    private float y(double y) {
        return (float) (pageHeightPx - originY - y) * POINTS;
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, String style) {
        unchecked(() -> {
            Look look = look(style);
            stream.moveTo(x(x1), y(y1));
            stream.lineTo(x(x2), y(y2));
            paint(look, false);
        });
    }

    @Override
    public void rectangle(double x, double y, double width, double height, String style) {
        unchecked(() -> {
            Look look = look(style);
            stream.addRect(
                    x(x),
                    y(y + Math.max(height, 0)),
                    (float) Math.max(width, 0) * POINTS,
                    (float) Math.max(height, 0) * POINTS);
            paint(look, true);
        });
    }

    @Override
    public void circle(double x, double y, double radius, String style) {
        unchecked(() -> {
            Look look = look(style);
            double handle = ROUND * radius;
            stream.moveTo(x(x + radius), y(y));
            curve(x + radius, y + handle, x + handle, y + radius, x, y + radius);
            curve(x - handle, y + radius, x - radius, y + handle, x - radius, y);
            curve(x - radius, y - handle, x - handle, y - radius, x, y - radius);
            curve(x + handle, y - radius, x + radius, y - handle, x + radius, y);
            stream.closePath();
            paint(look, true);
        });
    }

    private void curve(double x1, double y1, double x2, double y2, double x3, double y3) throws IOException {
        stream.curveTo(x(x1), y(y1), x(x2), y(y2), x(x3), y(y3));
    }

    @Override
    public void polygon(String style, double... points) {
        unchecked(() -> {
            Look look = look(style);
            path(points, points.length);
            stream.closePath();
            paint(look, true);
        });
    }

    @Override
    public void polyline(String style, double[] points, int length) {
        unchecked(() -> {
            Look look = look(style);
            path(points, length);
            paint(look, true);
        });
    }

    private void path(double[] points, int length) throws IOException {
        for (int i = 0; i + 1 < length; i += 2) {
            if (i == 0) {
                stream.moveTo(x(points[0]), y(points[1]));
            } else {
                stream.lineTo(x(points[i]), y(points[i + 1]));
            }
        }
    }

    @Override
    public void text(double x, double y, String text, String style) {
        unchecked(() -> {
            Look look = texts.computeIfAbsent(style, name -> Styles.look(name, true));
            String shown = font.shown(text);
            double width = font.widthPx(shown, look.sizePx());
            double left = x
                    - switch (look.anchor()) {
                        case START -> 0;
                        case MIDDLE -> width / 2;
                        case END -> width;
                    };
            if (look.stroke() != Look.NONE) { // a halo, under the letters
                show(shown, left, y, look, RenderingMode.STROKE, look.stroke(), look.strokeWidthPx());
            }
            show(
                    shown,
                    left,
                    y,
                    look,
                    look.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL,
                    look.fill(),
                    look.bold() ? look.sizePx() * BOLD : 0);
        });
    }

    private void show(
            String text, double x, double y, Look look, RenderingMode mode, int strokeColour, double strokeWidthPx)
            throws IOException {
        opacity(1, 1);
        colour(look.fill(), false);
        colour(strokeColour, true);
        stream.setLineWidth((float) strokeWidthPx * POINTS);
        stream.setLineDashPattern(new float[0], 0);
        stream.beginText();
        stream.setRenderingMode(mode);
        stream.setFont(font.font(), (float) look.sizePx() * POINTS);
        stream.setTextMatrix(Matrix.getTranslateInstance(x(x), y(y)));
        stream.showText(text);
        stream.endText();
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        unchecked(() -> {
            stream.saveGraphicsState();
            stream.addRect(x(x), y(y + height), (float) width * POINTS, (float) height * POINTS);
            stream.clip();
        });
    }

    @Override
    public void endClip() {
        unchecked(stream::restoreGraphicsState);
        opacity = -1; // whatever was set inside is gone
    }

    /** Sets what a style says; PDF wants that before a path begins. */
    private Look look(String style) throws IOException {
        Look look = shapes.computeIfAbsent(style, name -> Styles.look(name, false));
        opacity(look.fillOpacity(), look.strokeOpacity());
        colour(look.fill(), false);
        colour(look.stroke(), true);
        stream.setLineWidth((float) look.strokeWidthPx() * POINTS);
        stream.setLineDashPattern(dash(look.dashPx()), 0);
        return look;
    }

    /** Fills and strokes the path there is. */
    private void paint(Look look, boolean filled) throws IOException {
        boolean fill = filled && look.fill() != Look.NONE;
        boolean stroke = look.stroke() != Look.NONE;
        if (fill && stroke) {
            stream.fillAndStroke();
        } else if (fill) {
            stream.fill();
        } else if (stroke) {
            stream.stroke();
        }
    }

    private void opacity(double fill, double stroke) throws IOException {
        long key = opacityKey(fill, stroke);
        if (key != opacity) {
            PDExtendedGraphicsState state = opacities.computeIfAbsent(key, any -> {
                PDExtendedGraphicsState made = new PDExtendedGraphicsState();
                made.setNonStrokingAlphaConstant((float) fill);
                made.setStrokingAlphaConstant((float) stroke);
                return made;
            });
            stream.setGraphicsStateParameters(state);
            opacity = key;
        }
    }

    private static long opacityKey(double fill, double stroke) {
        return Math.round(fill * 1000) * 1001 + Math.round(stroke * 1000);
    }

    private void colour(int rgb, boolean stroking) throws IOException {
        if (rgb == Look.NONE) {
            return;
        }
        float red = (rgb >> 16 & 255) / 255f;
        float green = (rgb >> 8 & 255) / 255f;
        float blue = (rgb & 255) / 255f;
        if (stroking) {
            stream.setStrokingColor(red, green, blue);
        } else {
            stream.setNonStrokingColor(red, green, blue);
        }
    }

    private static float[] dash(List<Double> dashPx) {
        float[] dash = new float[dashPx.size()];
        for (int i = 0; i < dash.length; i++) {
            dash[i] = dashPx.get(i).floatValue() * POINTS;
        }
        return dash;
    }
}
