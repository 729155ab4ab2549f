package dev.entrain.plot;

import java.util.Locale;

/** Writes one drawing as SVG 1.1. Not thread-safe. */
public final class Svg implements Canvas {
    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;
    private final String clipName;
    private int clips;

    /**
     * Starts an empty drawing.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public Svg(int width, int height) {
        this(width, height, "c");
    }

    /**
     * Starts an empty drawing that will share a page with others.
     *
     * @param width in pixels
     * @param height in pixels
     * @param name different for each drawing of a page, [a-z]+
     */
    public Svg(int width, int height, String name) {
        this.width = width;
        this.height = height;
        this.clipName = name;
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, String style) {
        open("line", style);
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        close();
    }

    @Override
    public void rectangle(double x, double y, double width, double height, String style) {
        open("rect", style);
        attribute("x", x);
        attribute("y", y);
        attribute("width", Math.max(width, 0));
        attribute("height", Math.max(height, 0));
        close();
    }

    @Override
    public void circle(double x, double y, double radius, String style) {
        open("circle", style);
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        close();
    }

    @Override
    public void polygon(String style, double... points) {
        open("polygon", style);
        points(points, points.length);
        close();
    }

    @Override
    public void polyline(String style, double[] points, int length) {
        open("polyline", style);
        points(points, length);
        close();
    }

    @Override
    public void text(double x, double y, String text, String style) {
        open("text", style);
        attribute("x", x);
        attribute("y", y);
        body.append('>').append(escape(text)).append("</text>\n");
    }

    @Override
    public void clip(double x, double y, double width, double height) {
        clips++;
        body.append("<clipPath id=\"").append(clipName).append(clips).append("\">");
        rectangle(x, y, width, height, "");
        body.append("</clipPath><g clip-path=\"url(#")
                .append(clipName)
                .append(clips)
                .append(")\">\n");
    }

    @Override
    public void endClip() {
        body.append("</g>\n");
    }

    /** Returns the drawing as a file's text. */
    public String document() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<style>\n" + Styles.CSS
                + "</style>\n<rect width=\""
                + width + "\" height=\"" + height + "\" class=\"page\"/>\n" + body + "</svg>\n";
    }

    /** Returns the drawing for a place in an HTML page that holds {@link #sheet}; {@code title} says what is seen. */
    public String inline(String title) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height
                + "\" role=\"img\">\n<title>" + escape(title) + "</title>\n" + body + "</svg>\n";
    }

    /** Returns the style sheet that inline drawings need. */
    public static String sheet() {
        return Styles.CSS;
    }

    /** Returns text as it may stand in XML or HTML. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c < ' ' && c != '\n' ? ' ' : c);
            }
        }
        return escaped.toString();
    }

    private void open(String element, String style) {
        body.append('<').append(element);
        if (!style.isEmpty()) {
            body.append(" class=\"").append(style).append('"');
        }
    }

    private void close() {
        body.append("/>\n");
    }

    private void attribute(String name, double value) {
        body.append(' ').append(name).append("=\"").append(number(value)).append('"');
    }

    private void points(double[] points, int length) {
        body.append(" points=\"");
        for (int i = 0; i + 1 < length; i += 2) {
            body.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        body.append('"');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
