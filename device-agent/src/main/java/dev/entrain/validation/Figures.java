package dev.entrain.validation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One line of a score: named figures in a fixed order. Numbers are written with three decimals below ten and one above, of
 * the exact binary value, ties to even; a figure that does not exist is {@code None}. Not thread-safe.
 */
public final class Figures {
    private final String kind;
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    /**
     * Starts a line.
     *
     * @param kind lines of one kind share their columns in a table
     */
    Figures(String kind) {
        this.kind = kind;
    }

    /** Returns what kind of line this is. */
    public String kind() {
        return kind;
    }

    Figures count(String name, long value) {
        values.put(name, value);
        return this;
    }

    Figures number(String name, double value) {
        values.put(name, value);
        return this;
    }

    /** A figure of no events, which does not exist. */
    Figures none(String name) {
        values.put(name, null);
        return this;
    }

    Figures counts(String name, int[] value) {
        values.put(name, value);
        return this;
    }

    Figures numbers(String name, double[] value) {
        values.put(name, value);
        return this;
    }

    /** Returns the figures by name: Long, Double, int[], double[] or null; read-only. */
    public Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns one figure as it is printed; {@code -} where the line has none of that name. */
    public String text(String name) {
        return values.containsKey(name) ? text(values.get(name)) : "-";
    }

    /** Returns {@code name=figure} for every figure, two spaces between. */
    public String line() {
        StringJoiner line = new StringJoiner("  ");
        values.forEach((name, value) -> line.add(name + "=" + text(value)));
        return line.toString();
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Double number -> fixed(number);
            case int[] list -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                for (int number : list) {
                    text.add(Integer.toString(number));
                }
                yield text.toString();
            }
            case double[] list -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                for (double number : list) {
                    text.add(shortest(number));
                }
                yield text.toString();
            }
            default -> value.toString();
        };
    }

    /** Three decimals below ten, one from ten on. */
    static String fixed(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        String digits = Double.isInfinite(value)
                ? "inf"
                : new BigDecimal(Math.abs(value))
                        .setScale(Math.abs(value) < 10 ? 3 : 1, RoundingMode.HALF_EVEN)
                        .toPlainString();
        return negative ? "-" + digits : digits;
    }

    /** The fewest digits that read back as the same number, without an exponent. */
    private static String shortest(double value) {
        if (!Double.isFinite(value)) {
            return fixed(value);
        }
        String digits =
                new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return digits.contains(".") ? digits : digits + ".0";
    }
}
