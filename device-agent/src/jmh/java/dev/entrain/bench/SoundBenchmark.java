package dev.entrain.bench;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.CueMixer;
import dev.entrain.audio.LinearFrameClock;
import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueCommand.Kind;
import dev.entrain.health.Counters;
import dev.entrain.ring.SlotRing;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One operation is one frame of a rendered second at 48 kHz: mixed, limited and copied to both channels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SoundBenchmark {
    /** Frames rendered by an invocation. */
    static final int FRAMES = 48_000;

    private static final int BLOCK_FRAMES = 256;
    private static final long NS_PER_S = 1_000_000_000L;

    private final SlotRing<PlayedCue> played = new SlotRing<>(64, PlayedCue::new);
    private final LinearFrameClock clock = new LinearFrameClock(0, FRAMES);
    private final CueMixer walking = mixer(-18);
    private final CueMixer silent = mixer(-18);
    private final CueMixer limiting = mixer(AudioConfig.LEVEL_MAX_DBFS);
    private final float[] block = new float[2 * BLOCK_FRAMES];
    private final CueCommand command = new CueCommand();
    private long cueId;

    private CueMixer mixer(double levelDbfs) {
        AudioConfig plain = AudioConfig.DEFAULT;
        return new CueMixer(
                new AudioConfig(plain.output(), plain.device(), Path.of("none"), levelDbfs, 0, plain.sounds()),
                FRAMES,
                new Counters(),
                played);
    }

    /** Two beats a second. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public float walking() {
        return render(walking, 2, 1);
    }

    /** No sound at all. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public float silent() {
        return render(silent, 0, 0);
    }

    /** Twelve times five accents at once at the loudest level, so that the limiter works nearly all the time. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public float limiting() {
        return render(limiting, 12, 5);
    }

    private float render(CueMixer mixer, int beats, int atOnce) {
        float sum = 0;
        long startNs = clock.timeNsOf(mixer.nextFrame()) + NS_PER_S / 100;
        for (int done = 0; done + BLOCK_FRAMES <= FRAMES; done += BLOCK_FRAMES) {
            int beat = done / BLOCK_FRAMES;
            if (beat < beats) {
                for (int i = 0; i < atOnce; i++) {
                    command.kind = Kind.SCHEDULE;
                    command.cueId = ++cueId;
                    command.onsetNs = startNs + beat * NS_PER_S / Math.max(1, beats) + NS_PER_S / 200;
                    command.voice = atOnce > 1 ? CueCommand.Voice.ACCENT : CueCommand.Voice.BEAT;
                    mixer.apply(command);
                }
            }
            mixer.render(block, BLOCK_FRAMES, clock);
            mixer.confirmWritten();
            sum += block[2 * (done % BLOCK_FRAMES)];
        }
        return sum;
    }
}
