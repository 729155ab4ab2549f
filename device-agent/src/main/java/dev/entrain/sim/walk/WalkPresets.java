package dev.entrain.sim.walk;

import dev.entrain.sim.walk.WalkSegment.Freeze;
import dev.entrain.sim.walk.WalkSegment.Stand;
import dev.entrain.sim.walk.WalkSegment.Turn;
import dev.entrain.sim.walk.WalkSegment.Walk;
import java.util.List;

/** The walkers that come with the model. Their figures are typical of published groups, not of a person. */
public final class WalkPresets {
    /** Names of the presets. */
    public static final List<String> NAMES =
            List.of("demo", "healthy", "stroke", "parkinson", "parkinson-freezing", "ms");

    private WalkPresets() {}

    /** Healthy adult at comfortable speed: 1.25 m/s, 112 steps/min. */
    public static Gait healthy() {
        FootGait foot = new FootGait(370, 20, 0.04, 0.015, 75);
        return new Gait(112, 1.34, 0.01, 0.01, 0.02, 0.7, 0.13, 0.24, 0.35, foot, foot);
    }

    /** Chronic stroke, left side paretic: 20 % asymmetry of step times, a paretic swing of about 125 deg/s. */
    public static Gait stroke() {
        FootGait paretic = new FootGait(125, 4, 0.02, 0.06, 18);
        FootGait sound = new FootGait(300, 14, 0.035, 0.01, 40);
        return new Gait(84, 0.84, 0.2, 0.12, 0.045, 0.5, 0.16, 0.28, 0, paretic, sound);
    }

    /** Parkinson's disease, on medication: short, quick, variable steps with low heel strike. */
    public static Gait parkinson() {
        FootGait foot = new FootGait(265, 8, 0.025, 0.01, 25);
        return new Gait(110, 0.98, 0.03, 0.03, 0.035, 0.2, 0.16, 0.29, 0.2, foot, foot);
    }

    /** Multiple sclerosis: slow, unsteady, mildly asymmetric. */
    public static Gait multipleSclerosis() {
        FootGait weak = new FootGait(230, 5, 0.022, 0.04, 25);
        FootGait strong = new FootGait(290, 13, 0.035, 0.015, 40);
        return new Gait(94, 0.98, 0.07, 0.05, 0.05, 0.5, 0.17, 0.28, 0.3, weak, strong);
    }

    static WalkScenario scenario(String name) {
        return switch (name) {
            case "demo" -> demo();
            case "healthy" -> laps(name, "healthy", healthy(), 60);
            case "stroke" -> laps(name, "stroke", stroke(), 36);
            case "parkinson" -> laps(name, "Parkinson's disease", parkinson(), 60);
            case "parkinson-freezing" -> freezing();
            case "ms" -> laps(name, "multiple sclerosis", multipleSclerosis(), 45);
            default ->
                throw new IllegalArgumentException(
                        "there is no walking scenario \"" + name + "\"; take one of " + String.join(", ", NAMES));
        };
    }

    private static WalkScenario laps(String name, String group, Gait gait, double perStepDeg) {
        Gait turning = WalkSegment.turning(gait);
        return new WalkScenario(
                name,
                group,
                List.of(
                        new Stand(4),
                        new Walk(24, gait),
                        new Turn(180, perStepDeg, turning),
                        new Walk(24, gait),
                        new Stand(4)));
    }

    private static WalkScenario demo() {
        // Steadier than most: this walker does not hear the cue, and the cue may follow by 1 % a second only.
        Gait gait = healthy().withCadence(108).withVariability(0.01, 0.3);
        return new WalkScenario(
                "demo",
                "healthy",
                List.of(
                        new Stand(4),
                        new Walk(24, gait),
                        new Turn(180, 60, WalkSegment.turning(gait)),
                        new Walk(24, gait),
                        new Stand(5)));
    }

    private static WalkScenario freezing() {
        Gait gait = parkinson();
        Gait festinating = WalkSegment.shuffling(gait).withCadence(150).withStrideLength(0.3);
        Gait turning = WalkSegment.shuffling(gait).withStrideLength(0.25);
        return new WalkScenario(
                "parkinson-freezing",
                "Parkinson's disease, freezing",
                List.of(
                        new Stand(4),
                        new Freeze(3, 6, 4),
                        WalkSegment.shuffle(2, gait),
                        new Walk(18, gait),
                        new Walk(3, gait, festinating),
                        new Freeze(6, 5.5, 6),
                        WalkSegment.shuffle(3, gait),
                        new Walk(12, gait),
                        new Turn(90, 25, turning),
                        new Freeze(4, 4.5, 5),
                        new Turn(90, 25, turning),
                        new Walk(18, gait),
                        new Stand(4)));
    }
}
