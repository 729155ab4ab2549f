package dev.entrain.replay;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioConfig;
import dev.entrain.audio.wav.WavReplay;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitTracker;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import dev.entrain.session.Press;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the control core over a recording as fast as the machine can and writes down all it says: events.csv,
 * predictions.csv, phase.csv, strides.csv, bouts.csv, turns.csv, cues.csv, with a programme session.csv and, if asked, the
 * sound. The same recording gives the same bytes.
 */
public final class Replay {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PRESS_AGAIN_S = 10;
    private static final long WARM_UP_NS = 60_000_000_000L;

    private final Supplier<GaitTracker> tracker;
    private final CueConfig cue;
    private final @Nullable Programme programme;
    private final AudioConfig audio;

    /**
     * What a replay counted.
     *
     * @param samples readings replayed
     * @param steps initial contacts
     * @param cues final cues
     * @param walkS length of the recording, s
     * @param truncation what is missing at the end of the file, or null
     * @param allocatedBytes what the replaying thread allocated after the recording's first minute, core, reading and
     *     logs together; 0 for a shorter one
     */
    public record Summary(
            long samples,
            long steps,
            long cues,
            double walkS,
            @Nullable String truncation,
            long allocatedBytes) {}

    /**
     * Makes a replay for any number of recordings.
     *
     * @param tracker makes a fresh tracker for each recording
     * @param cue which cues to plan
     * @param audio level of the sound, and how early a cue must be final
     */
    public Replay(Supplier<GaitTracker> tracker, CueConfig cue, AudioConfig audio) {
        this.tracker = tracker;
        this.cue = cue;
        this.audio = audio;
        programme = null;
    }

    /**
     * Makes a replay that gives a programme to the walker of each recording, open loop: he does not hear it. The button is
     * pressed with the first sample, and {@value #PRESS_AGAIN_S} s after each pause.
     *
     * @param tracker makes a fresh tracker for each recording
     * @param programme what to give
     * @param audio level of the sound, and how early a cue must be final
     */
    public Replay(Supplier<GaitTracker> tracker, Programme programme, AudioConfig audio) {
        this.tracker = tracker;
        this.programme = programme;
        this.audio = audio;
        cue = CueConfig.DEFAULT;
    }

    /**
     * Replays one recording.
     *
     * @param recording the file to read
     * @param folder receives the logs; made if missing
     * @param wav receives the sound, or null for none
     * @throws IOException if the recording is malformed or the disk fails
     */
    public Summary run(Path recording, Path folder, @Nullable Path wav) throws IOException {
        Files.createDirectories(folder);
        Path wavFolder = wav == null ? null : wav.toAbsolutePath().getParent();
        if (wavFolder != null) {
            Files.createDirectories(wavFolder);
        }
        Counters counters = new Counters();
        try (RecordingReader reader = new RecordingReader(recording);
                GaitLog gait = new GaitLog(folder, reader.originNs());
                CueLog cues = new CueLog(folder.resolve("cues.csv"), reader.originNs());
                SessionLog session = programme == null ? null : new SessionLog(folder, reader.originNs())) {
            try (WavReplay sound = wav == null ? null : new WavReplay(wav, audio, reader.originNs(), counters)) {
                return feed(reader, new Logs(gait, cues, session, sound, counters), sound, counters);
            }
        }
    }

    private Summary feed(RecordingReader reader, Logs logs, @Nullable WavReplay sound, Counters counters)
            throws IOException {
        ControlCore core = programme == null
                ? new ControlCore(tracker.get(), cue.newPolicy(), audio.delayNs(), logs)
                : new ControlCore(tracker.get(), programme, null, audio.delayNs(), logs);
        PatientFinger finger = new PatientFinger(core);
        ImuSample sample = new ImuSample();
        long firstNs = 0;
        long samples = 0;
        long allocatedBefore = -1;
        while (reader.next(sample)) {
            firstNs = samples == 0 ? sample.timeNs : firstNs;
            samples++;
            core.onSample(sample);
            finger.press();
            if (allocatedBefore < 0 && core.nowNs() - firstNs >= WARM_UP_NS) {
                allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            }
            if (sound != null) {
                sound.renderTo(core.nowNs());
            }
        }
        long allocated = allocatedBefore < 0 ? 0 : THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        if (sound != null) {
            sound.finish(core.nowNs());
        }
        return new Summary(
                samples,
                counters.get(Counter.STEPS),
                counters.get(Counter.CUES),
                samples == 0 ? 0 : (core.nowNs() - firstNs) * 1e-9,
                reader.truncation(),
                allocated);
    }

    /** Writes what the core says. */
    private record Logs(
            GaitLog gait,
            CueLog cues,
            @Nullable SessionLog session,
            @Nullable WavReplay sound,
            Counters counters) implements CoreSink {
        @Override
        public void onGaitEvent(GaitEvent event) {
            gait.onGaitEvent(event);
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {
            gait.onContactPrediction(prediction);
        }

        @Override
        public void onFootPhase(FootPhase phase) {
            gait.onFootPhase(phase);
        }

        @Override
        public void onStride(StrideEstimate stride) {
            gait.onStride(stride);
        }

        @Override
        public void onWalkingBout(WalkingBout bout) {
            gait.onWalkingBout(bout);
        }

        @Override
        public void onTurn(Turn turn) {
            gait.onTurn(turn);
        }

        @Override
        public void onAlignment(FootAlignment alignment) {
            gait.onAlignment(alignment);
        }

        @Override
        public void onCue(CueCommand command) {
            if (command.kind == CueCommand.Kind.COMMIT) {
                counters.increment(Counter.CUES);
            }
            cues.onCue(command);
            if (sound != null) {
                sound.onCue(command);
            }
        }

        @Override
        public void onSessionEvent(SessionEvent event) {
            if (session != null) {
                session.onSessionEvent(event);
            }
        }

        @Override
        public void onStep(StepReport step) {
            counters.increment(Counter.STEPS);
        }

        @Override
        public void onSensorGap(Foot foot, long fromNs, long toNs) {
            counters.increment(Counter.SENSOR_GAPS);
        }
    }

    /** Presses the button where a patient would who wants to go on. */
    private static final class PatientFinger {
        private final ControlCore core;
        private long silentSinceNs;
        private SessionEngine.Mode seen = SessionEngine.Mode.RUNNING;

        PatientFinger(ControlCore core) {
            this.core = core;
        }

        void press() {
            SessionEngine session = core.session();
            if (session == null) {
                return;
            }
            if (session.mode() != seen) {
                seen = session.mode();
                silentSinceNs = core.nowNs();
            }
            if (seen == SessionEngine.Mode.WAITING
                    || (seen == SessionEngine.Mode.PAUSED
                            && core.nowNs() - silentSinceNs >= PRESS_AGAIN_S * 1_000_000_000L)) {
                core.press(Press.SHORT);
            }
        }
    }
}
