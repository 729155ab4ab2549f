package dev.entrain.cli;

import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.WalkFolder;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScenario;
import dev.entrain.sim.walk.WalkScript;
import dev.entrain.sim.walk.WalkSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a recording of a simulated walk with its exact reference events.",
            "Writes recording.csv, truth.csv, strides.csv and truth.json into DIR. The same options and seed give the"
                    + " same bytes."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    private Path out = Path.of("");

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "The walker: demo, healthy, stroke, stroke-severe, parkinson, parkinson-freezing,"
                    + " parkinson-akinetic, ms, pauses, slips. Default: demo.")
    private String scenario = "demo";

    @Option(
            names = "--script",
            paramLabel = "TEXT",
            description = "What the walker does instead of the scenario's own course, such as \"stand 4, walk 30, turn"
                    + " 180, shuffle 8, festinate 4, freeze 5, walk 20 120, slip left 60, fidget 5, akinesia 6\""
                    + " (seconds, degrees, steps/min).")
    private @Nullable String script;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            description = "Length; the course repeats. Default: its own length.")
    private @Nullable Double seconds;

    @Option(names = "--seed", paramLabel = "N", description = "Decides everything random. Default: 1.")
    private long seed = 1;

    @Option(names = "--rate", paramLabel = "HZ", description = "Readings per second and foot, 50 to 400. Default: 200.")
    private double rateHz = 200;

    @Option(names = "--cadence", paramLabel = "SPM", description = "Steps per minute instead of the scenario's.")
    private @Nullable Double cadenceSpm;

    @Option(names = "--stride", paramLabel = "M", description = "Stride length in metres instead of the scenario's.")
    private @Nullable Double strideM;

    @Option(
            names = "--asymmetry",
            paramLabel = "A",
            description = "Step time asymmetry (left - right)/(left + right), -0.6 to 0.6.")
    private @Nullable Double asymmetry;

    @Option(names = "--cv", paramLabel = "CV", description = "Variability of stride times, SD/mean, 0 to 0.2.")
    private @Nullable Double cv;

    @Option(names = "--fractal", paramLabel = "BETA", description = "Exponent of their 1/f spectrum, 0 to 1.5.")
    private @Nullable Double beta;

    @Option(names = "--any-mounting", description = "Turns each sensor by a random rotation, decided by the seed.")
    private boolean anyMounting;

    @Option(names = "--no-gravity", description = "Takes gravity off the accelerations, as some sensors do.")
    private boolean noGravity;

    @Option(names = "--swap-feet", description = "Wears each sensor on the other foot; truth names the real foot.")
    private boolean swapFeet;

    @Override
    public Integer call() throws IOException {
        WalkScenario walk;
        WalkOptions options;
        try {
            walk = scenario();
            options = new WalkOptions(rateHz, seconds == null ? walk.nominalS() : seconds, seed, sensors());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        long readings = WalkFolder.write(out, walk, options);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %.1f s, %d readings -> %s%n",
                        walk.name(),
                        options.durationS(),
                        readings,
                        out);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private WalkScenario scenario() {
        WalkScenario named = WalkScenario.named(scenario);
        Gait usual = firstGait(named);
        if (script != null) {
            return WalkScript.parse(script, adjust(usual, usual), named.group());
        }
        return named.withGait(gait -> adjust(gait, usual));
    }

    private static Gait firstGait(WalkScenario scenario) {
        for (WalkSegment segment : scenario.segments()) {
            if (segment instanceof WalkSegment.Walk walk) {
                return walk.end();
            }
        }
        return WalkPresets.healthy();
    }

    /** Applies the options; cadence and stride in proportion, so that turns and shuffles stay what they are. */
    private Gait adjust(Gait gait, Gait usual) {
        Gait adjusted = gait;
        if (cadenceSpm != null) {
            adjusted = adjusted.withCadence(gait.cadenceSpm() * cadenceSpm / usual.cadenceSpm());
        }
        if (strideM != null) {
            adjusted = adjusted.withStrideLength(gait.strideLengthM() * strideM / usual.strideLengthM());
        }
        if (asymmetry != null) {
            adjusted = adjusted.withStepTimeAsymmetry(asymmetry);
        }
        return adjusted.withVariability(
                cv == null ? adjusted.strideTimeCv() : cv, beta == null ? adjusted.fractalExponent() : beta);
    }

    private SensorOptions sensors() {
        SensorOptions sensors =
                SensorOptions.typical().withGravityRemoved(noGravity).withSwapped(swapFeet);
        return anyMounting ? sensors.withMounting(Mounting.any(2 * seed), Mounting.any(2 * seed + 1)) : sensors;
    }
}
