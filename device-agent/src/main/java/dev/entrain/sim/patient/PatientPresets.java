package dev.entrain.sim.patient;

import dev.entrain.sim.patient.PatientProfile.Freezing;
import dev.entrain.sim.patient.PatientProfile.Stamina;
import dev.entrain.sim.patient.PatientProfile.Timing;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.WalkPresets;
import java.util.List;

/** The kinds of patient that come with the model. Typical of published groups, not of a person. */
public final class PatientPresets {
    /** Their names. */
    public static final List<String> NAMES =
            List.of("healthy", "stroke", "parkinson", "parkinson-freezing", "slow-follower", "ms", "brain-injury");

    private PatientPresets() {}

    /**
     * Returns a kind of patient.
     *
     * @throws IllegalArgumentException if there is none of this name; lists those there are
     */
    public static PatientProfile named(String name) {
        return switch (name) {
            case "healthy" ->
                new PatientProfile(
                        name,
                        WalkPresets.healthy(),
                        new Timing(0.35, 0.15, 40, 8, 0.9, 0.3, 16, 16),
                        new Stamina(0.05, 0.4, 20, 0.6),
                        Freezing.NONE);
            case "stroke" ->
                new PatientProfile(
                        name,
                        WalkPresets.stroke(),
                        new Timing(0.25, 0.1, 60, 12, 0.75, 0.2, 7, 12),
                        new Stamina(0.3, 0.25, 25, 0.9),
                        Freezing.NONE);
            case "parkinson" ->
                new PatientProfile(
                        name,
                        WalkPresets.parkinson(),
                        new Timing(0.3, 0.1, 50, 10, 0.8, 0.1, 11, 12),
                        new Stamina(0.15, 0.3, 15, 0.8),
                        Freezing.NONE);
            case "parkinson-freezing" ->
                new PatientProfile(
                        name,
                        WalkPresets.parkinson().withStrideLength(0.9).withVariability(0.04, 0.2),
                        new Timing(0.25, 0.1, 50, 12, 0.8, 0.1, 6, 12),
                        new Stamina(0.2, 0.2, 15, 0.9),
                        new Freezing(0.5, 0.5, 6, 5.4, 0.78, 0.5, 0.15, 0.3));
            case "slow-follower" ->
                new PatientProfile(
                        name,
                        WalkPresets.healthy()
                                .withCadence(104)
                                .withStrideLength(1.15)
                                .withVariability(0.025, 0.5),
                        new Timing(0.3, 0.12, 45, 9, 0.85, 0.2, 5, 14),
                        new Stamina(0.05, 0.3, 20, 0.8),
                        Freezing.NONE);
            case "ms" ->
                new PatientProfile(
                        name,
                        WalkPresets.multipleSclerosis(),
                        new Timing(0.25, 0.1, 55, 14, 0.85, 0.15, 8, 12),
                        new Stamina(0.5, 0.25, 25, 0.9),
                        Freezing.NONE);
            case "brain-injury" ->
                new PatientProfile(
                        name,
                        brainInjury(),
                        new Timing(0.22, 0.08, 65, 14, 0.85, 0.1, 6, 12),
                        new Stamina(0.3, 0.2, 25, 1.2),
                        Freezing.NONE);
            default ->
                throw new IllegalArgumentException(
                        "there is no simulated patient \"" + name + "\"; take one of " + String.join(", ", NAMES));
        };
    }

    /** After a traumatic brain injury: slow, with short, variable, mildly asymmetric steps. */
    private static Gait brainInjury() {
        return WalkPresets.multipleSclerosis()
                .withCadence(84)
                .withStrideLength(0.85)
                .withStepTimeAsymmetry(0.05);
    }
}
