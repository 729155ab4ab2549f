package dev.entrain.cli;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.OutputCalibration.OffsetSource;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.cue.CueCommand;
import dev.entrain.cuetest.BeatSchedule;
import dev.entrain.cuetest.CueTest;
import dev.entrain.cuetest.CueTestResult;
import dev.entrain.cuetest.EarEstimate;
import dev.entrain.cuetest.HostStalls;
import dev.entrain.cuetest.LoopbackMeter;
import dev.entrain.cuetest.LoopbackResult;
import dev.entrain.cuetest.TapResult;
import dev.entrain.cuetest.TapSession;
import dev.entrain.health.Counters;
import dev.entrain.realtime.RealTime;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code entrain calibrate output}. */
@Command(
        name = "output",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how much later than the card says its sound is heard, and keeps it for this device.",
            "With --capture by a recording (cable or microphone); without, a person taps along."
        })
final class CalibrateOutputCommand implements Callable<Integer> {
    private static final int CUE_SLOTS = 256;
    private static final double NAP_S = 0.005;
    private static final int ATTEMPTS = 3;
    private static final long LOOPBACK_PERIOD_NS = 494_641_385L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The unit's configuration.")
    private Path config = Path.of("");

    @Option(
            names = "--capture",
            paramLabel = "NAME",
            description = "An ALSA input that hears the output; 'arecord -L' lists them.")
    private @Nullable String capture;

    @Option(
            names = "--reference",
            paramLabel = "NAME",
            description = {
                "By ear: a wired output (calibrated, or of about 1 ms) to tap along with first, so that what this",
                "person and this keyboard add is known."
            })
    private @Nullable String reference;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            defaultValue = "30",
            description = "With --capture: how long to play (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Override
    public Integer call() throws IOException, ConfigException {
        AgentConfig unit = AgentConfig.read(config);
        CalibrationStore store = new CalibrationStore(unit.stateDir());
        OutputCalibration before = store.read(unit.audio().device());
        store.checkWritable();
        AudioConfig audio = unit.audio().withOffsetMs(0);
        PrintWriter out = spec.commandLine().getOut();
        if (audio.output() == AudioConfig.Output.WAV) {
            out.println("The sound of this unit goes to a file, which nobody hears: set audio.output to \"alsa\".");
            return 1;
        }
        RealTime realTime = new RealTime();
        realTime.prepare();
        OutputCalibration found;
        try (Ending ending = new Ending()) {
            String input = capture;
            found = input == null
                    ? byEar(audio, store, before, realTime, ending)
                    : byLoopback(audio, before, input, realTime, ending);
        }
        if (found == null) {
            out.println("Nothing was kept.");
            out.flush();
            return 1;
        }
        store.write(audio.device(), found);
        out.printf(
                Locale.ROOT,
                "Kept for '%s' in %s: %.2f ms, spread %.2f ms.%n",
                audio.device(),
                unit.stateDir(),
                found.offsetMs(),
                found.offsetSpreadMs());
        if (!Double.isNaN(unit.audio().offsetMs())) {
            out.println("The configuration's offset_ms still wins over it: remove that line from " + config + ".");
        }
        out.flush();
        return 0;
    }

    private @Nullable OutputCalibration byLoopback(
            AudioConfig audio, OutputCalibration before, String input, RealTime realTime, Ending ending)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        SlotRing<CueCommand> commands = new SlotRing<>(CUE_SLOTS, CueCommand::new);
        Counters counters = new Counters();
        AudioConfig findable = levelled(audio, before).withTimbre(LoopbackMeter.TIMBRE);
        AudioLoop loop = loop(findable, commands, counters);
        LoopbackResult heard;
        try (HostStalls stalls = new HostStalls(NanoClock.SYSTEM);
                LoopbackMeter meter = LoopbackMeter.of(findable, input, realTime::liftRenderThread)) {
            stalls.start(realTime::liftRenderThread);
            CueTest test = new CueTest(
                    loop, loop.newThread(realTime::renderThread), commands, counters, stalls, meter, NanoClock.SYSTEM);
            CueTestResult result =
                    test.run(seconds, BeatSchedule.irregular(LOOPBACK_PERIOD_NS), 0, () -> ending.await(NAP_S));
            if (!result.opened()) {
                out.println("Nothing was played: " + result.output());
                return null;
            }
            heard = Objects.requireNonNull(result.loopback());
        }
        LoopbackTable.print(out, heard, 0);
        return heard.measured()
                ? before.withOffset(heard.offsetNs() * 1e-6, OffsetSource.LOOPBACK, heard.spreadNs() * 1e-6)
                : null;
    }

    private @Nullable OutputCalibration byEar(
            AudioConfig audio, CalibrationStore store, OutputCalibration before, RealTime realTime, Ending ending)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (RawTerminal terminal = new RawTerminal()) {
            Taps taps = new Taps(System.in, NanoClock.SYSTEM);
            explain(out, terminal.raw());
            String known = reference;
            TapResult there = null;
            if (known != null) {
                there = sit(levelled(audio.withDevice(known), store.read(known)), taps, realTime, ending);
                if (there == null) {
                    return null;
                }
            }
            TapResult here = sit(levelled(audio, before), taps, realTime, ending);
            if (here == null) {
                return null;
            }
            EarEstimate estimate = known == null || there == null
                    ? EarEstimate.alone(here)
                    : EarEstimate.against(here, there, store.read(known));
            return keep(out, before, estimate);
        }
    }

    private static @Nullable OutputCalibration keep(PrintWriter out, OutputCalibration before, EarEstimate estimate) {
        out.printf(Locale.ROOT, "Latency %.0f ms, give or take %.0f.%n", estimate.offsetMs(), estimate.spreadMs());
        if (!estimate.possible()) {
            out.println("No output is that early or late: tap with the sound, not after it, and take --reference.");
            return null;
        }
        if (estimate.usableMs() != estimate.offsetMs()) {
            out.println("By ear that cannot be told from none, so 0 is kept.");
        }
        return before.withOffset(estimate.usableMs(), OffsetSource.BY_EAR, estimate.spreadMs());
    }

    private void explain(PrintWriter out, boolean raw) {
        out.println("You will hear a steady beat. Listen to a few beats, then tap " + (raw ? "the space bar" : "Enter")
                + " with each one,");
        out.println("as if you were drumming along: meet the beat, do not answer it. About 30 taps.");
        if (reference == null) {
            out.println("Without --reference (a wired output) the result is uncertain by about 35 ms.");
        }
    }

    /** One sitting at one output, tried again when the taps say nothing; null if it is given up. */
    private @Nullable TapResult sit(AudioConfig audio, Taps taps, RealTime realTime, Ending ending) {
        PrintWriter out = spec.commandLine().getOut();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            out.println("Put on the headphones of '" + audio.device() + "' and press the key to begin; Ctrl-C ends.");
            out.flush();
            int pressed = taps.count();
            while (taps.count() == pressed) {
                if (taps.ended() || ending.await(NAP_S)) {
                    out.println("Nobody is there to tap.");
                    return null;
                }
            }
            int first = taps.count();
            SlotRing<CueCommand> commands = new SlotRing<>(CUE_SLOTS, CueCommand::new);
            AudioLoop loop = loop(audio, commands, new Counters());
            TapSession session =
                    new TapSession(loop, loop.newThread(realTime::renderThread), commands, NanoClock.SYSTEM);
            TapResult result = session.run(() -> taps.since(first), () -> taps.ended() || ending.await(NAP_S));
            if (result.accepted()) {
                out.printf(
                        Locale.ROOT,
                        "'%s': %d taps, %+.0f ms from the beat, spread %.0f ms.%n",
                        audio.device(),
                        result.taps(),
                        result.medianMs(),
                        result.spreadMs());
                return result;
            }
            out.println("Not usable: " + result.refusal());
        }
        out.println("Given up after " + ATTEMPTS + " attempts.");
        return null;
    }

    /** Somebody may wear these headphones: their own level and cap. */
    private static AudioConfig levelled(AudioConfig asked, OutputCalibration measured) {
        return LevelSetting.of(asked, measured).audio();
    }

    private static AudioLoop loop(AudioConfig audio, SlotRing<CueCommand> commands, Counters counters) {
        return new AudioLoop(
                audio, new AlsaOpener(audio.device(), NanoClock.SYSTEM), commands, counters, NanoClock.SYSTEM);
    }
}
