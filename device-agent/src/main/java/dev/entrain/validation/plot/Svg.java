package dev.entrain.validation.plot;

import java.util.Locale;

/**
 * Writes one drawing as SVG 1.1. Lengths are pixels from the top left corner; a style is one or more names of {@link
 * #STYLES}. Not thread-safe.
 */
public final class Svg {
    /** Colours are told apart by people with any colour vision (Okabe and Ito 2008). */
    private static final String STYLES = """
            text{font:13px system-ui,"Liberation Sans","DejaVu Sans",sans-serif;fill:#333}
            .title{font-size:17px;font-weight:600;fill:#111}.sub{fill:#555}.head{font-size:15px;font-weight:600}
            .end{text-anchor:end}.mid{text-anchor:middle}.small{font-size:12px}.halo{paint-order:stroke;stroke:#fafafa;stroke-width:4px}
            .page{fill:#fff}.panel{fill:#fafafa;stroke:#bbb;stroke-width:1}.grid{stroke:#e4e4e4;stroke-width:1;fill:none}
            .zero{stroke:#999;stroke-width:1;fill:none}.limit{stroke:#999;stroke-width:1;stroke-dasharray:2 3;fill:none}
            .curve{fill:none;stroke-width:1.5;stroke-linejoin:round}.thin{stroke-width:1}.dash{stroke-dasharray:5 3}
            .blue{stroke:#0072b2}.red{stroke:#d55e00}.green{stroke:#009e73}.black{stroke:#222}.grey{stroke:#888}
            .purple{stroke:#aa4499}
            .fblue{fill:#0072b2}.fred{fill:#d55e00}.fgreen{fill:#009e73}.fblack{fill:#222}.fgrey{fill:#888}
            .fpurple{fill:#aa4499}.fwhite{fill:#fff}
            .band{stroke:none;fill-opacity:.18}.bar{stroke:none;fill-opacity:.75}.faint{stroke-opacity:.45}
            .mark{fill:#f0e442;fill-opacity:.3;stroke:none}
            """;

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;
    private int clips;

    /**
     * Starts an empty drawing.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Draws a straight line. */
    public void line(double x1, double y1, double x2, double y2, String style) {
        open("line", style);
        attribute("x1", x1);
        attribute("y1", y1);
        attribute("x2", x2);
        attribute("y2", y2);
        close();
    }

    /** Draws a rectangle. */
    public void rectangle(double x, double y, double width, double height, String style) {
        open("rect", style);
        attribute("x", x);
        attribute("y", y);
        attribute("width", Math.max(width, 0));
        attribute("height", Math.max(height, 0));
        close();
    }

    /** Draws a circle. */
    public void circle(double x, double y, double radius, String style) {
        open("circle", style);
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        close();
    }

    /** Draws a filled shape through points x, y, x, y, ... */
    public void polygon(String style, double... points) {
        open("polygon", style);
        points(points, points.length);
        close();
    }

    /** Draws an open line through the first {@code length} numbers of x, y, x, y, ... */
    public void polyline(String style, double[] points, int length) {
        open("polyline", style);
        points(points, length);
        close();
    }

    /** Writes text with its base line at y. */
    public void text(double x, double y, String text, String style) {
        open("text", style);
        attribute("x", x);
        attribute("y", y);
        body.append('>').append(escape(text)).append("</text>\n");
    }

    /**
     * Shows what is drawn until {@link #endClip} only inside a rectangle.
     *
     * @param x left edge
     * @param y upper edge
     */
    public void clip(double x, double y, double width, double height) {
        clips++;
        body.append("<clipPath id=\"c").append(clips).append("\">");
        rectangle(x, y, width, height, "");
        body.append("</clipPath><g clip-path=\"url(#c").append(clips).append(")\">\n");
    }

    /** Ends what {@link #clip} began. */
    public void endClip() {
        body.append("</g>\n");
    }

    /** Returns the drawing as a file's text. */
    public String document() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<style>\n" + STYLES + "</style>\n<rect width=\""
                + width + "\" height=\"" + height + "\" class=\"page\"/>\n" + body + "</svg>\n";
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
