package dev.entrain.plot;

import java.util.List;

/**
 * A style worked out.
 *
 * @param fill colour 0xRRGGBB; {@link #NONE} for none
 * @param fillOpacity 0 to 1
 * @param stroke colour; {@link #NONE} for none
 * @param strokeOpacity 0 to 1
 * @param strokeWidthPx width of lines
 * @param dashPx lengths of dash and gap; empty for a solid line
 * @param sizePx size of text
 * @param bold whether text is bold
 * @param anchor where text stands to its x
 */
public record Look(
        int fill,
        double fillOpacity,
        int stroke,
        double strokeOpacity,
        double strokeWidthPx,
        List<Double> dashPx,
        double sizePx,
        boolean bold,
        Anchor anchor) {
    /** No colour. */
    public static final int NONE = -1;

    static final Look SHAPE = new Look(0, 1, NONE, 1, 1, List.of(), 13, false, Anchor.START);
    static final Look TEXT = new Look(0x333333, 1, NONE, 1, 1, List.of(), 13, false, Anchor.START);

    /** Where text stands to its x. */
    public enum Anchor {
        /** Begins there. */
        START,
        /** Is centred on it. */
        MIDDLE,
        /** Ends there. */
        END
    }

    Look with(String property, String value) {
        return switch (property) {
            case "fill" -> withFill(colour(value));
            case "stroke" ->
                new Look(fill, fillOpacity, colour(value), strokeOpacity, strokeWidthPx, dashPx, sizePx, bold, anchor);
            case "fill-opacity" ->
                new Look(fill, number(value), stroke, strokeOpacity, strokeWidthPx, dashPx, sizePx, bold, anchor);
            case "stroke-opacity" ->
                new Look(fill, fillOpacity, stroke, number(value), strokeWidthPx, dashPx, sizePx, bold, anchor);
            case "stroke-width" ->
                new Look(fill, fillOpacity, stroke, strokeOpacity, number(value), dashPx, sizePx, bold, anchor);
            case "stroke-dasharray" -> {
                int blank = value.indexOf(' ');
                List<Double> dash = List.of(number(value.substring(0, blank)), number(value.substring(blank + 1)));
                yield new Look(fill, fillOpacity, stroke, strokeOpacity, strokeWidthPx, dash, sizePx, bold, anchor);
            }
            case "font-size" ->
                new Look(fill, fillOpacity, stroke, strokeOpacity, strokeWidthPx, dashPx, number(value), bold, anchor);
            case "font-weight" ->
                new Look(fill, fillOpacity, stroke, strokeOpacity, strokeWidthPx, dashPx, sizePx, true, anchor);
            case "text-anchor" ->
                new Look(
                        fill,
                        fillOpacity,
                        stroke,
                        strokeOpacity,
                        strokeWidthPx,
                        dashPx,
                        sizePx,
                        bold,
                        value.equals("end") ? Anchor.END : Anchor.MIDDLE);
            case "paint-order", "stroke-linejoin" -> this;
            default -> throw new IllegalStateException("the style sheet says " + property + ", which no canvas knows");
        };
    }

    private Look withFill(int colour) {
        return new Look(colour, fillOpacity, stroke, strokeOpacity, strokeWidthPx, dashPx, sizePx, bold, anchor);
    }

    private static int colour(String value) {
        if (value.equals("none")) {
            return NONE;
        }
        String digits = value.substring(1);
        if (digits.length() == 3) {
            int short3 = Integer.parseInt(digits, 16);
            return (short3 >> 8 & 15) * 0x110000 + (short3 >> 4 & 15) * 0x1100 + (short3 & 15) * 0x11;
        }
        return Integer.parseInt(digits, 16);
    }

    private static double number(String value) {
        return Double.parseDouble(value.endsWith("px") ? value.substring(0, value.length() - 2) : value);
    }
}
