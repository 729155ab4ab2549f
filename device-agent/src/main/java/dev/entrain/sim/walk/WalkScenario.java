package dev.entrain.sim.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A scripted walk: its segments, over and over until the asked duration is reached.
 *
 * @param name for files and messages, lower-case words joined by hyphens
 * @param group the kind of walker, for truth.json
 * @param segments at least one and at most 10 000, of a positive total length
 */
public record WalkScenario(String name, String group, List<WalkSegment> segments) {
    private static final int MOST_SEGMENTS = 10_000;

    /**
     * Checks the segments.
     *
     * @throws IllegalArgumentException if there are none, too many, or only standing of no length
     */
    public WalkScenario {
        segments = List.copyOf(segments);
        Range.check("number of segments", segments.size(), 1, MOST_SEGMENTS, "");
        if (nominalS(segments) <= 0) {
            throw new IllegalArgumentException("scenario " + name + " has no length: give one segment a duration");
        }
    }

    /**
     * Returns a preset.
     *
     * @param name one of {@link WalkPresets#NAMES}
     * @throws IllegalArgumentException if there is none of this name; lists those there are
     */
    public static WalkScenario named(String name) {
        return WalkPresets.scenario(name);
    }

    /** Returns the length of one pass at the nominal cadences, s. */
    public double nominalS() {
        return nominalS(segments);
    }

    /** Returns the scenario with every gait in it changed, for example to another cadence. */
    public WalkScenario withGait(UnaryOperator<Gait> change) {
        List<WalkSegment> changed = new ArrayList<>(segments.size());
        for (WalkSegment segment : segments) {
            changed.add(
                    switch (segment) {
                        case WalkSegment.Walk w ->
                            new WalkSegment.Walk(w.durationS(), change.apply(w.start()), change.apply(w.end()));
                        case WalkSegment.Turn t ->
                            new WalkSegment.Turn(t.angleDeg(), t.perStepDeg(), change.apply(t.gait()));
                        case WalkSegment.Stand s -> s;
                        case WalkSegment.Fidget f -> f;
                        case WalkSegment.Freeze f -> f;
                        case WalkSegment.Slip s -> s;
                        case WalkSegment.Stumble s -> s;
                        case WalkSegment.Fall f -> f;
                    });
        }
        return new WalkScenario(name, group, changed);
    }

    private static double nominalS(List<WalkSegment> segments) {
        double sum = 0;
        for (WalkSegment segment : segments) {
            sum += switch (segment) {
                case WalkSegment.Walk w -> w.durationS();
                case WalkSegment.Stand s -> s.durationS();
                case WalkSegment.Fidget f -> f.durationS();
                case WalkSegment.Freeze f -> f.durationS();
                case WalkSegment.Slip s -> 0;
                case WalkSegment.Stumble s -> 1;
                case WalkSegment.Fall f -> 1 + f.lieS() + WalkSegment.Fall.RISE_S;
                case WalkSegment.Turn t -> t.steps() * t.gait().strideTimeS() / 2;
            };
        }
        return sum;
    }
}
