package dev.entrain.report;

import org.jspecify.annotations.Nullable;

/**
 * A rectangle of terminal cells to draw curves on: in Unicode each cell has 2 x 4 dots of Braille, in ASCII 1 x 2. A cell has
 * the colour of what was drawn on it last. Not thread-safe.
 */
final class Dots {
    private static final int BRAILLE = 0x2800;

    /** Bits of a Braille cell by row and column of its dots. */
    private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private final int columns;
    private final int rows;
    private final boolean unicode;
    private final int[] bits;
    private final @Nullable Ink[] inks;

    Dots(int columns, int rows, boolean unicode) {
        this.columns = columns;
        this.rows = rows;
        this.unicode = unicode;
        this.bits = new int[columns * rows];
        this.inks = new Ink[columns * rows];
    }

    /** Returns dots from left to right. */
    int width() {
        return columns * (unicode ? 2 : 1);
    }

    /** Returns dots from top to bottom. */
    int height() {
        return rows * (unicode ? 4 : 2);
    }

    /** Sets a dot; none outside. */
    void dot(int x, int y, Ink ink) {
        if (x < 0 || y < 0 || x >= width() || y >= height()) {
            return;
        }
        int cell = unicode ? y / 4 * columns + x / 2 : y / 2 * columns + x;
        bits[cell] |= unicode ? BITS[y % 4][x % 2] : 1 << y % 2;
        inks[cell] = ink;
    }

    /** Sets dots from one to another. */
    void line(int x1, int y1, int x2, int y2, Ink ink) {
        int steps = Math.max(Math.abs(x2 - x1), Math.abs(y2 - y1));
        for (int i = 0; i <= steps; i++) {
            double share = steps == 0 ? 0 : (double) i / steps;
            dot((int) Math.round(x1 + share * (x2 - x1)), (int) Math.round(y1 + share * (y2 - y1)), ink);
        }
    }

    /** Writes a row of cells. */
    void row(int row, TerminalText text) {
        for (int column = 0; column < columns; column++) {
            int cell = row * columns + column;
            Ink ink = inks[cell];
            String letter = letter(bits[cell], ink);
            if (ink == null) {
                text.put(letter);
            } else {
                text.put(letter, ink);
            }
        }
    }

    private String letter(int pattern, @Nullable Ink ink) {
        if (pattern == 0) {
            return " ";
        }
        if (unicode) {
            return Character.toString(BRAILLE + pattern);
        }
        // Without colours the letter must tell a curve from the other.
        return ink == null ? "." : ink.letter(pattern);
    }
}
