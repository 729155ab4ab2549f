package dev.entrain.validation;

import dev.entrain.plot.Axis;
import dev.entrain.plot.Panel;
import dev.entrain.plot.Svg;
import dev.entrain.sample.Foot;
import java.util.List;
import java.util.Locale;

/** A strip of event marks over time; a contact's confidence or name stands above it. */
final class EventLane {
    /** Height of a strip in pixels. */
    static final int HEIGHT = 32;

    private static final double LABEL_PX = 30;

    private final Svg svg;
    private final Panel place;
    private final Axis time;
    private final double middle;
    private double labelledTo = Double.NEGATIVE_INFINITY;

    EventLane(Svg svg, double left, double top, double width, Axis time, String name) {
        this.svg = svg;
        this.time = time;
        place = new Panel(svg, left, top, width, HEIGHT, time, Axis.exactly(0, 1, 1));
        middle = top + HEIGHT - 9;
        svg.rectangle(left, top, width, HEIGHT, "grid");
        svg.text(left - 6, middle + 4, name, "end small");
    }

    /** Marks the events of a foot. */
    void show(List<EventList.Event> events, Foot foot) {
        for (EventList.Event event : events) {
            if (event.foot() == foot.letter()) {
                show(event.timeS(), event.name(), event.confidence());
            }
        }
    }

    /**
     * Marks one event, if it lies in the strip.
     *
     * @param confidence of a contact, written above it; its name where this is NaN
     */
    void show(double timeS, String name, double confidence) {
        if (!(timeS >= time.from() && timeS <= time.to())) {
            return;
        }
        double x = place.x(timeS);
        switch (name) {
            case "IC" -> mark(svg, x, middle, "v", "fred");
            case "FC" -> mark(svg, x, middle, "^", "fblue");
            case "MID_SWING" -> mark(svg, x, middle, "o", "fgrey");
            case "FOOT_FLAT", "HEEL_OFF", "STANCE" -> mark(svg, x, middle, "s", "fgrey");
            default -> {
                return;
            }
        }
        boolean contact = name.equals("IC") || name.equals("FC");
        double half = LABEL_PX / 2;
        if (contact && x - half > labelledTo && x + half < place.x(time.to()) && x - half > place.x(time.from())) {
            String label = Double.isNaN(confidence) ? name : String.format(Locale.ROOT, "%.2f", confidence);
            svg.text(x, middle - 10, label, "mid small");
            labelledTo = x + half;
        }
    }

    /** Draws a bar where the reference says that the foot moves. */
    void movement(double fromS, double toS) {
        if (toS > time.from() && fromS < time.to()) {
            svg.rectangle(place.x(fromS), middle - 5, place.x(toS) - place.x(fromS), 10, "band fblack");
        }
    }

    /** Draws a mark: v and ^ triangles, o a circle, s a square. */
    static void mark(Svg svg, double x, double y, String shape, String style) {
        switch (shape) {
            case "v" -> svg.polygon(style, x - 5.5, y - 6, x + 5.5, y - 6, x, y + 6);
            case "^" -> svg.polygon(style, x - 5.5, y + 6, x + 5.5, y + 6, x, y - 6);
            case "o" -> svg.circle(x, y, 3.5, style);
            default -> svg.rectangle(x - 3.5, y - 3.5, 7, 7, style);
        }
    }
}
