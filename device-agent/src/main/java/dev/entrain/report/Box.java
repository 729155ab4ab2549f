package dev.entrain.report;

/** Where a plot's panel lies, px; titles stand above it and labels to its left and below. */
record Box(double left, double top, double width, double height) {
    double bottom() {
        return top + height;
    }

    double right() {
        return left + width;
    }
}
