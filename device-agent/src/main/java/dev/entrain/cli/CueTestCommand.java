package dev.entrain.cli;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.AudioLoop;
import dev.entrain.audio.Backing;
import dev.entrain.audio.LevelSetting;
import dev.entrain.audio.alsa.AlsaOpener;
import dev.entrain.calibration.CalibrationStore;
import dev.entrain.calibration.OutputLatency;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.cue.CueCommand;
import dev.entrain.cuetest.BeatSchedule;
import dev.entrain.cuetest.CueTest;
import dev.entrain.cuetest.CueTestJson;
import dev.entrain.cuetest.CueTestResult;
import dev.entrain.cuetest.HostStalls;
import dev.entrain.cuetest.LoopbackMeter;
import dev.entrain.cuetest.LoopbackResult;
import dev.entrain.cuetest.StressLoad;
import dev.entrain.health.Counters;
import dev.entrain.music.MusicException;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import dev.entrain.ring.SlotRing;
import dev.entrain.time.NanoClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code entrain cue-test}. */
@Command(
        name = "cue-test",
        mixinStandardHelpOptions = true,
        description = {
            "Plays a known schedule on the sound card and measures how well each cue kept its moment.",
            "Exit status 0: every cue sounded on its frame without a break; 1: not, and the report says what happened."
        })
final class CueTestCommand implements Callable<Integer> {
    private static final int CUE_SLOTS = 256;
    private static final double NAP_S = 0.005;
    private static final int TEMPO_MIN = 40;
    private static final int TEMPO_MAX = 160;
    private static final long STRESS_SLACK_S = 30;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Takes device, level and offset from its [audio].")
    private @Nullable Path config;

    @Option(names = "--device", paramLabel = "NAME", description = "The ALSA device; 'aplay -L' lists them.")
    private @Nullable String device;

    @Option(
            names = "--seconds",
            converter = Seconds.class,
            paramLabel = "S",
            defaultValue = "60",
            description = "How long to play (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--tempo",
            paramLabel = "BPM",
            defaultValue = "121.3",
            description = {
                "Beats per minute, " + TEMPO_MIN + " to " + TEMPO_MAX + " (default: ${DEFAULT-VALUE},",
                "a tempo whose beats fall between frames)."
            })
    private double tempo;

    @Option(
            names = "--stress",
            description = "Meanwhile keeps every core busy, forces a collection every 250 ms and floods the disk.")
    private boolean stress;

    @Option(
            names = "--capture",
            paramLabel = "NAME",
            description = {
                "An ALSA input that hears the output by cable or microphone ('arecord -L' lists them):",
                "each beat is looked for in the recording. The beats are clicks at irregular intervals then."
            })
    private @Nullable String capture;

    @Option(
            names = "--music",
            paramLabel = "FILE",
            description = {
                "Meanwhile plays a song on the beats; its tempo must be near --tempo, its half or its double.",
                "Its beats are found first, which takes some seconds."
            })
    private @Nullable Path music;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the result there as JSON.")
    private @Nullable Path json;

    @Mixin
    private final CueCompare compare = new CueCompare();

    @Override
    public Integer call() throws IOException, ConfigException {
        PrintWriter out = spec().commandLine().getOut();
        if (!(tempo >= TEMPO_MIN && tempo <= TEMPO_MAX)) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--tempo must be " + TEMPO_MIN + " to " + TEMPO_MAX + " beats per minute, not " + tempo);
        }
        OutputFile.check(spec(), "--json", json);
        compare.check(spec(), seconds * tempo / 60, capture != null);
        CueTestMusic song = music();
        AudioConfig audio = capture == null ? audio(out) : audio(out).withTimbre(LoopbackMeter.TIMBRE);
        RealTime realTime = new RealTime();
        RealTimeReport granted = realTime.prepare();
        out.println(granted.summary());
        granted.missing().forEach(out::println);
        out.flush();
        // Whoever ends it early waits for the report: the process goes on until this block is left.
        try (Ending ending = new Ending()) {
            compare.listen();
            CueTestResult result;
            try (Load load = new Load(stress ? new StressLoad(Math.round(seconds) + STRESS_SLACK_S) : null)) {
                result = play(audio, realTime, ending, song);
                load.tell(out);
            }
            new CueTestTable(result).print(out);
            if (song != null) {
                song.tell(out);
            }
            out.flush();
            if (json != null) {
                CueTestJson.write(result, granted, stress, Files.newBufferedWriter(json));
            }
            if (result.opened()) {
                compare.run(audio.device(), granted, seconds, periodNs(), stress, ending, out);
            }
            out.flush();
            LoopbackResult heard = result.loopback();
            return result.kept() && (heard == null || heard.measured()) ? 0 : 1;
        }
    }

    private @Nullable CueTestMusic music() {
        try {
            return music == null ? null : new CueTestMusic(music);
        } catch (MusicException e) {
            throw new ParameterException(spec().commandLine(), "--music: " + e.getMessage(), e);
        }
    }

    private CueTestResult play(AudioConfig audio, RealTime realTime, Ending ending, @Nullable CueTestMusic song)
            throws IOException {
        SlotRing<CueCommand> commands = new SlotRing<>(CUE_SLOTS, CueCommand::new);
        Counters counters = new Counters();
        AudioLoop loop = new AudioLoop(
                audio,
                new AlsaOpener(audio.device(), NanoClock.SYSTEM),
                commands,
                counters,
                NanoClock.SYSTEM,
                backing(spec(), song, counters, realTime));
        Thread thread = loop.newThread(realTime::renderThread);
        try (HostStalls stalls = new HostStalls(NanoClock.SYSTEM);
                LoopbackMeter loopback = LoopbackMeter.of(audio, capture, realTime::liftRenderThread)) {
            stalls.start(realTime::liftRenderThread);
            CueTest test = new CueTest(loop, thread, commands, counters, stalls, loopback, NanoClock.SYSTEM);
            BeatSchedule beats =
                    loopback == null ? BeatSchedule.steady(periodNs()) : BeatSchedule.irregular(periodNs());
            CueTestResult result = test.run(seconds, beats, audio.offsetMs(), () -> ending.await(NAP_S));
            if (song != null) {
                song.stop();
            }
            compare.played(test.plannedNs(), thread);
            return result;
        }
    }

    private static Backing backing(
            CommandSpec spec, @Nullable CueTestMusic song, Counters counters, RealTime realTime) {
        try {
            return song == null ? Backing.NONE : song.start(counters, realTime);
        } catch (MusicException e) {
            throw new ParameterException(spec.commandLine(), "--music: " + e.getMessage(), e);
        }
    }

    private long periodNs() {
        return Math.round(60e9 / tempo);
    }

    private AudioConfig audio(PrintWriter out) throws ConfigException {
        AgentConfig unit = config == null ? null : AgentConfig.read(config);
        AudioConfig read = unit == null ? AudioConfig.DEFAULT : unit.audio();
        AudioConfig audio = device == null ? read : read.withDevice(device);
        if (unit == null) {
            return OutputLatency.ofFile(audio).audio();
        }
        OutputLatency latency = OutputLatency.ofCard(audio, new CalibrationStore(unit.stateDir()));
        if (!latency.notice().isEmpty()) {
            out.println(latency.notice());
        }
        return LevelSetting.of(latency.audio(), latency.calibration()).audio();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the spec before it calls");
        }
        return spec;
    }

    /** The load or none. */
    private record Load(@Nullable StressLoad load) implements AutoCloseable {
        void tell(PrintWriter out) {
            if (load != null) {
                out.printf(
                        "Stress: every core busy, %d forced collections, %d MB forced to disk%n",
                        load.collections(), load.floodedBytes() >> 20);
            }
        }

        @Override
        public void close() throws IOException {
            if (load != null) {
                load.close();
            }
        }
    }
}
