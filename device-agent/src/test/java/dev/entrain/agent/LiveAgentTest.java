package dev.entrain.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.Language;
import dev.entrain.audio.SpokenWords;
import dev.entrain.bus.pi4j.Pi4jI2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.ConfigException;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.RawFolder;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.replay.Replay;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sim.insole.InsoleEmulator;
import dev.entrain.sim.insole.InsoleOptions;
import dev.entrain.sim.insole.Unplug;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.WalkPresets;
import dev.entrain.sim.walk.WalkScript;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent on emulated insoles, in real time: real pseudo-terminals, threads and a paced file for a card. */
class LiveAgentTest {
    private static final int WAV_HEADER_BYTES = 44;
    private static final int QUIET_FRAMES = 480;

    private static final String BOOT = "0f7a3c1e-5a0e-4c52-9d55-0123456789ab";

    @TempDir
    Path dir;

    /** The readings of a simulated healthy walk. */
    static List<ImuSample> walk(String script, int seconds) {
        WalkModel model = new WalkModel(
                WalkScript.parse(script, WalkPresets.healthy(), "healthy"),
                new WalkOptions(seconds, 7),
                TruthSink.NONE);
        List<ImuSample> samples = new ArrayList<>();
        ImuSample sample = new ImuSample();
        while (model.next(sample)) {
            samples.add(sample);
            sample = new ImuSample();
        }
        return samples;
    }

    private AgentConfig config(Path lines) throws IOException, ConfigException {
        return AgentConfig.read(Files.writeString(dir.resolve("agent.toml"), """
                state_dir = '%s'
                [sensor.left]
                port = '%s'
                [sensor.right]
                port = '%s'
                [audio]
                output = "wav"
                wav_file = '%s'
                [telemetry]
                enabled = false
                [journal]
                raw_mb = 4
                """.formatted(
                        dir.resolve("state"),
                        lines.resolve("insole-left"),
                        lines.resolve("insole-right"),
                        dir.resolve("live.wav"))));
    }

    private Counters run(List<ImuSample> walk, UnaryOperator<InsoleOptions> wish)
            throws IOException, ConfigException, InterruptedException {
        Path lines = Files.createDirectories(dir.resolve("lines"));
        InsoleOptions options = wish.apply(InsoleOptions.in(lines));
        AgentConfig config = config(lines);
        LiveAgent agent = new LiveAgent(
                new InForce(config, null, 0),
                new ClinicOrders(config, BOOT, List::of),
                "test",
                dir,
                NanoClock.SYSTEM,
                WallClock.SYSTEM,
                new RealTime(),
                new Pi4jI2cBuses());
        try (InsoleEmulator insoles = new InsoleEmulator(walk, options, NanoClock.SYSTEM);
                agent) {
            agent.start();
            insoles.start();
            assertThat(insoles.join(60_000_000_000L)).isTrue();
        }
        assertThat(agent.audio().worstErrorFrames()).isZero();
        return agent.counters();
    }

    /** Frames on which a sound begins after 10 ms of silence. */
    private List<Long> onsets() throws IOException {
        byte[] wav = Files.readAllBytes(dir.resolve("live.wav"));
        ByteBuffer frames = ByteBuffer.wrap(wav)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER_BYTES)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        List<Long> onsets = new ArrayList<>();
        int quiet = QUIET_FRAMES;
        for (int i = 0; i < frames.capacity() / 4; i++) {
            boolean zero = frames.getInt(4 * i) == 0;
            if (!zero && quiet >= QUIET_FRAMES) {
                onsets.add((long) i);
            }
            quiet = zero ? quiet + 1 : 0;
        }
        return onsets;
    }

    private List<Long> replayedFrames() throws IOException {
        new Replay(PairTracker::new, CueConfig.DEFAULT, AudioConfig.DEFAULT)
                .run(dir.resolve("recording.csv"), dir.resolve("replayed"), null);
        List<Long> frames = new ArrayList<>();
        for (String row : Files.readAllLines(dir.resolve("replayed/cues.csv"))) {
            String[] fields = row.split(",", -1);
            if (fields[3].equals("beat")) {
                frames.add(Long.parseLong(fields[2]));
            }
        }
        return frames;
    }

    @Test
    @Timeout(90)
    void shouldSoundLiveWhatTheReplayOfItsRecordingPlans() throws Exception {
        Counters counters = run(walk("stand 2, walk 18", 20), options -> options);
        assertThat(counters.get(Counter.SAMPLES)).isBetween(7_000L, 8_000L);
        assertThat(counters.get(Counter.STEPS)).isGreaterThan(20);
        assertThat(counters.get(Counter.CUES_PLAYED)).isGreaterThan(15);
        assertThat(counters.get(Counter.CUES_LATE)).isZero();
        assertThat(new RawFolder(dir.resolve("state")).files())
                .as("readings of the walk")
                .hasSize(1);
        assertThat(new RawFolder(dir.resolve("state")).bytes()).isGreaterThan(20_000);
        List<Long> live = onsets();
        List<Long> planned = replayedFrames();
        // Each cue of the walk is a cue of the replay on the same frame, but for where second zero lies in the file.
        // The
        // last planned ones may have been silenced by the end.
        assertThat(live).hasSizeBetween(planned.size() - 2, planned.size());
        long shift = live.getFirst() - planned.getFirst();
        for (int i = 0; i < live.size(); i++) {
            assertThat(live.get(i) - planned.get(i)).as("cue %d", i).isBetween(shift - 1, shift + 1);
        }
    }

    @Test
    @Timeout(90)
    void shouldGoOnWhenAnInsoleIsUnpluggedAndBack() throws Exception {
        Counters counters = run(
                walk("stand 2, walk 18", 20),
                options -> options.withUnplugs(List.of(new Unplug(Foot.LEFT, 10, 1.5, true))));
        assertThat(counters.get(Counter.LINE_DOWN)).isGreaterThanOrEqualTo(1);
        assertThat(counters.get(Counter.LINE_UP)).isGreaterThanOrEqualTo(3);
        assertThat(counters.get(Counter.SENSOR_GAPS)).isEqualTo(1);
        assertThat(counters.get(Counter.CUES_PLAYED)).isGreaterThan(15);
        long lostMs = 20_000 - counters.get(Counter.SAMPLES) * 5 / 2;
        // Two seconds to be picked up again, from the moment it is back; the agent starts a little after the insoles.
        assertThat(lostMs).isLessThan(2 * 2_000 + 1_500);
    }

    @Test
    @Timeout(90)
    void shouldSayOnceThatAnInsolesBatteryIsLow() throws Exception {
        Counters counters = run(walk("stand 4", 4), options -> options.withBattery(12));

        assertThat(counters.get(Counter.PROMPTS)).isEqualTo(1);
        float[] words = SpokenWords.of(Language.EN, Prompt.BATTERY_LOW, 48_000);
        assertThat(SpokenWords.find(left(), words).correlation()).isGreaterThan(0.99);
    }

    /** The left channel of what was heard. */
    private float[] left() throws IOException {
        ByteBuffer frames = ByteBuffer.wrap(Files.readAllBytes(dir.resolve("live.wav")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(WAV_HEADER_BYTES);
        float[] left = new float[frames.remaining() / 4];
        for (int i = 0; i < left.length; i++) {
            left[i] = frames.getShort() / (float) Short.MAX_VALUE;
            frames.getShort();
        }
        return left;
    }
}
