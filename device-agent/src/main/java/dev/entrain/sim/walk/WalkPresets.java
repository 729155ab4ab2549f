package dev.entrain.sim.walk;

import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.WalkSegment.Fidget;
import dev.entrain.sim.walk.WalkSegment.Freeze;
import dev.entrain.sim.walk.WalkSegment.Slip;
import dev.entrain.sim.walk.WalkSegment.Stand;
import dev.entrain.sim.walk.WalkSegment.Turn;
import dev.entrain.sim.walk.WalkSegment.Walk;
import java.util.List;

/** The walkers that come with the model. Their figures are typical of published groups, not of a person. */
public final class WalkPresets {
    /** Names of the presets. */
    public static final List<String> NAMES = List.of(
            "demo",
            "healthy",
            "stroke",
            "stroke-severe",
            "parkinson",
            "parkinson-freezing",
            "parkinson-akinetic",
            "ms",
            "pauses",
            "slips");

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

    /** Severe stroke, left side paretic: 40 % asymmetry of step times, 0.4 m/s, the paretic swing about 100 deg/s. */
    public static Gait severeStroke() {
        FootGait paretic = new FootGait(100, 1, 0.015, 0.08, 14);
        FootGait sound = new FootGait(230, 10, 0.03, 0.01, 30);
        return new Gait(70, 0.69, 0.4, 0.2, 0.05, 0.5, 0.14, 0.26, 0, paretic, sound);
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
            case "stroke-severe" -> laps(name, "stroke", severeStroke(), 30);
            case "parkinson" -> laps(name, "Parkinson's disease", parkinson(), 60);
            case "parkinson-freezing" -> freezing();
            case "parkinson-akinetic" -> akinetic();
            case "pauses" -> pauses();
            case "slips" -> slips();
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

    private static WalkScenario akinetic() {
        Gait gait = parkinson();
        return new WalkScenario(
                "parkinson-akinetic",
                "Parkinson's disease, freezing",
                List.of(
                        new Stand(4),
                        new Walk(15, gait),
                        WalkSegment.festinate(4, gait),
                        new Freeze(7, 5, 0),
                        WalkSegment.shuffle(2, gait),
                        new Walk(12, gait),
                        new Stand(6),
                        new Walk(12, gait),
                        WalkSegment.festinate(3, gait),
                        new Freeze(5, 7, 2),
                        WalkSegment.shuffle(2, gait),
                        new Walk(10, gait),
                        new Stand(4)));
    }

    /** Stands still and restlessly between bouts, all on purpose: no freezing. */
    private static WalkScenario pauses() {
        Gait gait = parkinson();
        return new WalkScenario(
                "pauses",
                "Parkinson's disease",
                List.of(
                        new Fidget(6),
                        new Walk(12, gait),
                        new Stand(5),
                        new Walk(3, gait),
                        new Fidget(12),
                        new Walk(12, gait),
                        new Turn(180, 40, WalkSegment.turning(gait)),
                        new Stand(3),
                        new Walk(8, gait),
                        new Fidget(5)));
    }

    /** A healthy walker whose sensors slip, each in its turn. */
    private static WalkScenario slips() {
        Gait gait = healthy();
        return new WalkScenario(
                "slips",
                "healthy",
                List.of(
                        new Stand(4),
                        new Walk(20, gait),
                        new Slip(Foot.LEFT, 40, Slip.Axis.YAW),
                        new Walk(20, gait),
                        new Slip(Foot.RIGHT, 90, Slip.Axis.YAW),
                        new Walk(20, gait),
                        new Slip(Foot.LEFT, 180, Slip.Axis.YAW),
                        new Walk(20, gait),
                        new Slip(Foot.RIGHT, 25, Slip.Axis.ROLL),
                        new Walk(20, gait),
                        new Stand(4)));
    }
}
