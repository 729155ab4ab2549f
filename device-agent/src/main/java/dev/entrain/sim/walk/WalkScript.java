package dev.entrain.sim.walk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario written as a line of text, such as {@code stand 4, walk 30, turn 180, shuffle 8, freeze 5, walk 20 120}.
 *
 * <p>{@code stand SECONDS}, {@code walk SECONDS [CADENCE [CADENCE_AT_END]]}, {@code turn DEGREES}, {@code shuffle SECONDS}
 * and {@code freeze SECONDS [TREMOR_HZ]}; the walker is a preset's.
 */
public final class WalkScript {
    private static final double TURN_PER_STEP_DEG = 45;
    private static final double TREMOR_HZ = 5.5;
    private static final double TREMOR_LIFT_DEG = 5;

    private WalkScript() {}

    /**
     * Reads a script.
     *
     * @param script segments separated by commas
     * @param gait how the walker walks
     * @param group kind of walker, for truth.json
     * @throws IllegalArgumentException naming the segment and what was expected
     */
    public static WalkScenario parse(String script, Gait gait, String group) {
        List<WalkSegment> segments = new ArrayList<>();
        for (String part : script.split(",", -1)) {
            segments.add(segment(part.strip(), gait));
        }
        return new WalkScenario("script", group, segments);
    }

    private static WalkSegment segment(String text, Gait gait) {
        List<String> words = List.of(text.split("\\s+", -1));
        double[] numbers = new double[words.size() - 1];
        try {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Double.parseDouble(words.get(i + 1));
            }
        } catch (NumberFormatException e) {
            throw unreadable(text, e);
        }
        return switch (words.getFirst() + " " + numbers.length) {
            case "stand 1" -> new WalkSegment.Stand(numbers[0]);
            case "walk 1" -> new WalkSegment.Walk(numbers[0], gait);
            case "walk 2" -> new WalkSegment.Walk(numbers[0], gait.withCadence(numbers[1]));
            case "walk 3" ->
                new WalkSegment.Walk(numbers[0], gait.withCadence(numbers[1]), gait.withCadence(numbers[2]));
            case "turn 1" -> new WalkSegment.Turn(numbers[0], TURN_PER_STEP_DEG, WalkSegment.turning(gait));
            case "shuffle 1" -> WalkSegment.shuffle(numbers[0], gait);
            case "freeze 1" -> new WalkSegment.Freeze(numbers[0], TREMOR_HZ, TREMOR_LIFT_DEG);
            case "freeze 2" -> new WalkSegment.Freeze(numbers[0], numbers[1], TREMOR_LIFT_DEG);
            default -> throw unreadable(text, null);
        };
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "script segment \"" + text + "\": expected stand SECONDS, walk SECONDS [CADENCE [CADENCE_AT_END]],"
                        + " turn DEGREES, shuffle SECONDS or freeze SECONDS [TREMOR_HZ]",
                cause);
    }
}
