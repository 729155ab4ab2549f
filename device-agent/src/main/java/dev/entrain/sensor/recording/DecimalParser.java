package dev.entrain.sensor.recording;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers out of a byte array without allocating. Up to 15 digits the result is the correctly rounded
 * double (one exact integer divided by one exact power of ten, Clinger 1990); longer or exponential numbers take the
 * library's slower way. Not thread-safe.
 */
final class DecimalParser {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final int EXACT_DIGITS = 15;

    /**
     * Returns the number written in {@code text[from, to)}, or NaN if it is none (NaN itself is written {@code NaN}).
     */
    double parse(byte[] text, int from, int to) {
        int at = from;
        boolean negative = at < to && text[at] == '-';
        if (negative || (at < to && text[at] == '+')) {
            at++;
        }
        long digits = 0;
        int count = 0;
        int decimals = 0;
        boolean point = false;
        boolean any = false;
        for (; at < to; at++) {
            byte c = text[at];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                count += digits == 0 ? 0 : 1;
                decimals += point ? 1 : 0;
                any = true;
                if (count > EXACT_DIGITS) {
                    return slow(text, from, to);
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return slow(text, from, to);
            }
        }
        if (!any || decimals >= POWERS.length) {
            return any ? slow(text, from, to) : Double.NaN;
        }
        double value = digits / POWERS[decimals];
        return negative ? -value : value;
    }

    private static double slow(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            // Java also reads hexadecimal and suffixed numbers (1f, 0x1p3); a recording has none.
            if ("+-.0123456789eE".indexOf(text[i]) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(new String(text, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
