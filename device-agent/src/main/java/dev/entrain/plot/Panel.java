package dev.entrain.plot;

/** A rectangle of a drawing with a horizontal and a vertical axis; nothing is drawn outside of it. */
public final class Panel {
    private final Canvas canvas;
    private final double left;
    private final double top;
    private final double width;
    private final double height;
    private final Axis across;
    private final Axis up;

    /**
     * Places a panel; {@link #frame} draws it.
     *
     * @param across axis from left to right
     * @param up axis from bottom to top
     */
    public Panel(Canvas canvas, double left, double top, double width, double height, Axis across, Axis up) {
        this.canvas = canvas;
        this.left = left;
        this.top = top;
        this.width = width;
        this.height = height;
        this.across = across;
        this.up = up;
    }

    /** Draws background, grid, the labels of the vertical axis and a title above. */
    public void frame(String title) {
        canvas.rectangle(left, top, width, height, "panel");
        for (double tick = across.firstTick(); tick <= across.to() + across.step() * 1e-6; tick += across.step()) {
            canvas.line(x(tick), top, x(tick), top + height, "grid");
        }
        for (double tick = up.firstTick(); tick <= up.to() + up.step() * 1e-6; tick += up.step()) {
            canvas.line(left, y(tick), left + width, y(tick), Math.abs(tick) < up.step() * 1e-6 ? "zero" : "grid");
            canvas.text(left - 6, y(tick) + 4, up.label(tick), "end small");
        }
        canvas.text(left, top - 5, title, "");
    }

    /** Writes the labels of the horizontal axis below, and what it means. */
    public void labelAcross(String meaning) {
        for (double tick = across.firstTick(); tick <= across.to() + across.step() * 1e-6; tick += across.step()) {
            canvas.text(x(tick), top + height + 15, across.label(tick), "mid small");
        }
        canvas.text(left + width / 2, top + height + 33, meaning, "mid");
    }

    /** Returns where a value lies from left to right, at most at an end. */
    public double x(double value) {
        return Math.clamp(freeX(value), left, left + width);
    }

    /** Returns where a value lies from top to bottom, at most at an end. */
    public double y(double value) {
        return Math.clamp(freeY(value), top, top + height);
    }

    private double freeX(double value) {
        return left + width * (value - across.from()) / (across.to() - across.from());
    }

    private double freeY(double value) {
        return top + height * (up.to() - value) / (up.to() - up.from());
    }

    /** Draws a curve; a NaN, or a step to the left, begins a new one. */
    public void curve(double[] xs, double[] ys, String style) {
        double[] points = new double[2 * xs.length];
        int length = 0;
        canvas.clip(left, top, width, height);
        for (int i = 0; i < xs.length; i++) {
            boolean broken = Double.isNaN(ys[i]) || (i > 0 && xs[i] < xs[i - 1]);
            if (broken && length > 0) {
                canvas.polyline("curve " + style, points, length);
                length = 0;
            }
            if (!Double.isNaN(ys[i])) {
                points[length++] = freeX(xs[i]);
                points[length++] = freeY(ys[i]);
            }
        }
        if (length > 0) {
            canvas.polyline("curve " + style, points, length);
        }
        canvas.endClip();
    }

    /** Fills the area between two curves over the same values. */
    public void band(double[] xs, double[] low, double[] high, String style) {
        double[] points = new double[4 * xs.length];
        int n = xs.length;
        for (int i = 0; i < n; i++) {
            points[2 * i] = freeX(xs[i]);
            points[2 * i + 1] = freeY(low[i]);
            points[4 * n - 2 * i - 2] = freeX(xs[i]);
            points[4 * n - 2 * i - 1] = freeY(high[i]);
        }
        canvas.clip(left, top, width, height);
        canvas.polygon("band " + style, points);
        canvas.endClip();
    }

    /** Draws a line over the whole height. */
    public void vertical(double value, String style) {
        if (value >= across.from() && value <= across.to()) {
            canvas.line(x(value), top, x(value), top + height, style);
        }
    }

    /** Draws a line over the whole width. */
    public void horizontal(double value, String style) {
        canvas.line(left, y(value), left + width, y(value), style);
    }

    /** Fills the whole height between two values. */
    public void span(double from, double to, String style) {
        canvas.rectangle(x(from), top, Math.max(x(to) - x(from), 0.8), height, style);
    }

    /** Draws a bar from the bottom. */
    public void bar(double from, double to, double value, String style) {
        canvas.rectangle(x(from), y(value), x(to) - x(from), y(up.from()) - y(value), "bar " + style);
    }

    /** Draws a dot; none where it is not in range. */
    public void dot(double valueAcross, double valueUp, double radius, String style) {
        if (valueUp >= up.from() && valueUp <= up.to()) {
            canvas.circle(x(valueAcross), y(valueUp), radius, style);
        }
    }

    /** Draws a square; none where it is not in range. */
    public void square(double valueAcross, double valueUp, double half, String style) {
        if (valueUp >= up.from() && valueUp <= up.to()) {
            canvas.rectangle(x(valueAcross) - half, y(valueUp) - half, 2 * half, 2 * half, style);
        }
    }

    /** Writes text inside, from the top right corner, line 0 uppermost. */
    public void note(int line, String text) {
        canvas.text(left + width - 8, top + 18 + 17 * line, text, "end halo");
    }
}
