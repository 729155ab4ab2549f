package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.WalkSegment.Slip;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scenario written as a line of text, such as {@code stand 4, walk 30, turn 180, shuffle 8, freeze 5, walk 20 120}.
 *
 * <p>{@code stand SECONDS}, {@code fidget SECONDS} (stand restlessly), {@code walk SECONDS [CADENCE [CADENCE_AT_END]]},
 * {@code turn DEGREES}, {@code shuffle SECONDS}, {@code festinate SECONDS}, {@code freeze SECONDS [TREMOR_HZ
 * [LIFT_DEGREES]]}, {@code akinesia SECONDS} (freeze without trembling) , {@code slip left|right DEGREES
 * [yaw|pitch|roll]} (a sensor turns on its foot, yaw unless told), {@code stumble [SHARE_OF_SWING [SEVERITY]]} and
 * {@code fall SECONDS} (and lie so long); the walker is a preset's.
 */
public final class WalkScript {
    private static final double TURN_PER_STEP_DEG = 45;
    private static final double TREMOR_HZ = 5.5;
    private static final double TREMOR_LIFT_DEG = 5;
    private static final double FALL_PITCH_DEG = 75;
    private static final double FALL_ROLL_DEG = 15;

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
        if (words.getFirst().equals("slip")) {
            return slip(text, words);
        }
        double[] numbers = new double[words.size() - 1];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(words.get(i + 1), text);
        }
        return switch (words.getFirst() + " " + numbers.length) {
            case "stand 1" -> new WalkSegment.Stand(numbers[0]);
            case "fidget 1" -> new WalkSegment.Fidget(numbers[0]);
            case "walk 1" -> new WalkSegment.Walk(numbers[0], gait);
            case "walk 2" -> new WalkSegment.Walk(numbers[0], gait.withCadence(numbers[1]));
            case "walk 3" ->
                new WalkSegment.Walk(numbers[0], gait.withCadence(numbers[1]), gait.withCadence(numbers[2]));
            case "turn 1" -> new WalkSegment.Turn(numbers[0], TURN_PER_STEP_DEG, WalkSegment.turning(gait));
            case "shuffle 1" -> WalkSegment.shuffle(numbers[0], gait);
            case "festinate 1" -> WalkSegment.festinate(numbers[0], gait);
            case "freeze 1" -> new WalkSegment.Freeze(numbers[0], TREMOR_HZ, TREMOR_LIFT_DEG);
            case "freeze 2" -> new WalkSegment.Freeze(numbers[0], numbers[1], TREMOR_LIFT_DEG);
            case "freeze 3" -> new WalkSegment.Freeze(numbers[0], numbers[1], numbers[2]);
            case "stumble 0" -> new WalkSegment.Stumble(0.4, 1);
            case "stumble 1" -> new WalkSegment.Stumble(numbers[0], 1);
            case "stumble 2" -> new WalkSegment.Stumble(numbers[0], numbers[1]);
            case "fall 1" -> new WalkSegment.Fall(numbers[0], FALL_PITCH_DEG, FALL_ROLL_DEG);
            case "akinesia 1" -> new WalkSegment.Freeze(numbers[0], TREMOR_HZ, 0);
            default -> throw unreadable(text, null);
        };
    }

    private static WalkSegment slip(String text, List<String> words) {
        if (words.size() < 3 || words.size() > 4) {
            throw unreadable(text, null);
        }
        Foot foot = word(words.get(1), Foot.values(), text);
        Slip.Axis axis = words.size() == 3 ? Slip.Axis.YAW : word(words.get(3), Slip.Axis.values(), text);
        return new Slip(foot, number(words.get(2), text), axis);
    }

    private static <E extends Enum<E>> E word(String word, E[] choices, String text) {
        for (E choice : choices) {
            if (choice.name().equalsIgnoreCase(word)) {
                return choice;
            }
        }
        throw unreadable(text, null);
    }

    private static double number(String word, String text) {
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException e) {
            throw unreadable(text, e);
        }
    }

    private static IllegalArgumentException unreadable(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "script segment \"" + text + "\": expected stand SECONDS, fidget SECONDS, walk SECONDS [CADENCE"
                        + " [CADENCE_AT_END]], turn DEGREES, shuffle SECONDS, festinate SECONDS, freeze SECONDS"
                        + " [TREMOR_HZ [LIFT_DEGREES]], akinesia SECONDS, stumble [SHARE_OF_SWING [SEVERITY]],"
                        + " fall SECONDS or slip left|right DEGREES [yaw|pitch|roll]",
                cause);
    }
}
