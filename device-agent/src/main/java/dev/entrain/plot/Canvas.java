package dev.entrain.plot;

/**
 * What can be drawn on. Lengths are pixels (1/96 inch) from the top left corner; a style is one or more names of {@link
 * Styles}, so that every kind of canvas shows the same.
 */
public interface Canvas {
    /** Draws a straight line. */
    void line(double x1, double y1, double x2, double y2, String style);

    /** Draws a rectangle. */
    void rectangle(double x, double y, double width, double height, String style);

    /** Draws a circle. */
    void circle(double x, double y, double radius, String style);

    /** Draws a filled shape through points x, y, x, y, ... */
    void polygon(String style, double... points);

    /** Draws an open line through the first {@code length} numbers of x, y, x, y, ... */
    void polyline(String style, double[] points, int length);

    /** Writes text with its base line at y. */
    void text(double x, double y, String text, String style);

    /**
     * Shows what is drawn until {@link #endClip} only inside a rectangle. Clips do not nest.
     *
     * @param x left edge
     * @param y upper edge
     */
    void clip(double x, double y, double width, double height);

    /** Ends what {@link #clip} began. */
    void endClip();
}
