package dev.entrain.agent;

import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.Backing;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.audio.music.NowPlaying;
import dev.entrain.bus.I2cBuses;
import dev.entrain.config.AgentConfig;
import dev.entrain.config.Prescription;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.Prompt;
import dev.entrain.device.BatteryState;
import dev.entrain.exposure.ExposureState;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.health.Counters;
import dev.entrain.journal.BootId;
import dev.entrain.journal.LiveState;
import dev.entrain.journal.SongSource;
import dev.entrain.journal.WalkRecord;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.realtime.RealTime;
import dev.entrain.remote.ClinicOrders;
import dev.entrain.remote.InForce;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.SensorState;
import dev.entrain.sensor.recording.RecordingWriter;
import dev.entrain.session.SessionState;
import dev.entrain.telemetry.OutboundLoop;
import dev.entrain.time.NanoClock;
import dev.entrain.time.WallClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The agent on a walk: builds threads and rings from a configuration, starts them in the order of the data, ends them in
 * the order that silences first. {@code ARCHITECTURE.md} lists the threads.
 */
public final class LiveAgent implements AutoCloseable {
    private static final int CUE_SLOTS = 256;
    /** Some minutes of walking: far more than a disk stands still. */
    private static final int FACT_SLOTS = 2048;

    private static final int STATE_SLOTS = 8;
    private static final int RECORDING_SLOTS = 8192;
    private static final Duration CONTROL_END = Duration.ofSeconds(1);
    private static final Duration JOURNAL_END = Duration.ofSeconds(5);
    private static final Duration OUTBOUND_END = Duration.ofSeconds(6);

    private final Counters counters = new Counters();
    private final LiveStatus status = new LiveStatus();
    private final WornSensors sensors;
    private final @Nullable WalkMusic music;
    private final RealTime realTime;
    private final WalkSound sound;
    private final ControlLoop control;
    private final OutboundLoop outbound;
    private final @Nullable RecorderLoop recorder;
    private final JournalDesk journal;
    private final Button button;
    private final ClinicHand clinic;
    private final Thread controlThread;
    private final Thread outboundThread;
    private final @Nullable Thread recorderThread;
    private final StatusReport report;
    private volatile boolean failed;

    /**
     * Builds an agent; {@link #start} sets it walking.
     *
     * @param inForce what a technician chose and the clinic ordered, and the programme to give
     * @param orders takes what the clinic sends from now on
     * @param version of this build, for the clinic
     * @param recordTo receives the walk's samples as recording.csv, or null; made if missing
     * @param clock host clock
     * @param wall civil time, for the recording's header
     * @param realTime lifts the sound thread as far as it was granted
     * @param buses where chips on I2C are reached
     * @throws IOException if the recording can't be created
     */
    public LiveAgent(
            InForce inForce,
            ClinicOrders orders,
            String version,
            @Nullable Path recordTo,
            NanoClock clock,
            WallClock wall,
            RealTime realTime,
            I2cBuses buses)
            throws IOException {
        AgentConfig config = inForce.config();
        Prescription prescription = inForce.prescription();
        long originNs = clock.nowNs();
        SlotRing<CueCommand> cues = new SlotRing<>(CUE_SLOTS, CueCommand::new);
        SlotRing<WalkRecord> facts = new SlotRing<>(FACT_SLOTS, WalkRecord::new);
        SlotRing<LiveState> states = new SlotRing<>(STATE_SLOTS, LiveState::new);
        SlotRing<ImuSample> recording = null;
        RawWalk raw = RawWalk.of(config, status.session(), originNs);
        if (recordTo == null && raw == null) {
            recorder = null;
            recorderThread = null;
        } else {
            recording = new SlotRing<>(RECORDING_SLOTS, ImuSample::new);
            RecordingWriter writer = recordTo == null
                    ? null
                    : RecordingWriter.start(recordTo, config.telemetry().unit(), originNs, wall);
            recorder = new RecorderLoop(recording, writer, raw, counters);
            recorderThread = Thread.ofPlatform().name("entrain-recorder").unstarted(recorder);
        }
        this.realTime = realTime;
        sensors = new WornSensors(config.sensors(), buses, counters, clock);
        music = WalkMusic.of(config, counters, clock, wall, () -> say(Prompt.SONG_LIKED));
        Backing backing = music == null ? Backing.NONE : music.backing();
        sound = new WalkSound(config, cues, counters, clock, realTime, backing);
        String bootId = BootId.read(BootId.KERNEL_FILE);
        journal = new JournalDesk(inForce, counters, clock, wall, bootId);
        try {
            MusicSteps steps = new MusicSteps(music, config.music().reward(), config.goal());
            LiveSink sink = new LiveSink(cues, new FactFeed(facts, counters), counters, status, steps);
            CueConfig cue = music == null ? config.cue() : config.music().leading(config.cue());
            ControlCore core = core(cue, prescription, journal.resume(), sound.delayNs(), sink);
            button = new Button(core);
            clinic = new ClinicHand(core, sink, config.sensors().size());
            orders.attach(clinic, counters);
            control = new ControlLoop(
                    sensors.merge(),
                    core,
                    sink,
                    sound.played(),
                    states,
                    recording,
                    counters,
                    status,
                    new BatteryWatch(sensors.ports(), status),
                    button,
                    clinic,
                    clock,
                    originNs);
            controlThread = Thread.ofPlatform().name("entrain-control").unstarted(control);
            sound.expose(clock, wall, bootId, () -> control.say(Prompt.LEVEL_LOWERED));
            WalkTiming timing = new WalkTiming(
                    sound.device(),
                    sound.calibration(),
                    sound.statistics(),
                    sound.threadId(),
                    counters,
                    realTime.report(),
                    sound::exposed,
                    originNs);
            journal.connect(
                    facts,
                    sensors,
                    sound.statistics(),
                    timing,
                    config.telemetry().timingS(),
                    status.session(),
                    music == null ? SongSource.NONE : music,
                    this::uplinkTrouble);
            outbound = ClinicLine.loop(
                    config, version, bootId, clock, wall, states, timing, journal.log(), orders, counters);
            outboundThread = Thread.ofPlatform().name("entrain-outbound").unstarted(outbound);
            report = new StatusReport(
                    version,
                    config,
                    sensors,
                    sound.level(),
                    sound.calibration(),
                    sound.statistics(),
                    timing.realTime(),
                    status,
                    journal.log(),
                    outbound,
                    counters);
        } catch (RuntimeException e) {
            journal.close(); // Who comes next in this process shall find it free.
            throw e;
        }
    }

    private static ControlCore core(
            CueConfig cue,
            @Nullable Prescription prescription,
            @Nullable SessionState resume,
            long outputDelayNs,
            LiveSink sink) {
        return prescription == null
                ? new ControlCore(new PairTracker(), cue.newPolicy(), outputDelayNs, sink)
                : new ControlCore(new PairTracker(), prescription.programme(), resume, outputDelayNs, sink);
    }

    private String uplinkTrouble() {
        return outbound.trouble();
    }

    /** Before {@link #start}: the agent before was silent, and so is this one until the same lets it sound. */
    void keep(Silence before) {
        control.keep(before);
    }

    /** Starts every thread: what consumes before what produces. */
    public void start() {
        Thread.setDefaultUncaughtExceptionHandler(this::onUncaught);
        // This one, the recorder's or the journal's may linger on a stalled disk: what befalls it then is not the next
        // agent's.
        outboundThread.setUncaughtExceptionHandler(this::onUncaught);
        sound.tell();
        outboundThread.start();
        if (recorderThread != null) {
            recorderThread.setUncaughtExceptionHandler(this::onUncaught);
            recorderThread.start();
        }
        journal.start(this::onUncaught);
        if (music != null) {
            music.start(this::onUncaught, realTime);
        }
        sound.start();
        controlThread.start();
        sound.startExposure();
        sensors.start();
    }

    /** Returns what the agent counts. Thread-safe. */
    public Counters counters() {
        return counters;
    }

    /** Returns what the walk looks like now. Thread-safe. */
    public LiveStatus status() {
        return status;
    }

    /** Returns what other processes may know of the agent now. Thread-safe. */
    StatusReport report() {
        return report;
    }

    /** Returns the patient's button. */
    public Button button() {
        return button;
    }

    /** Tells what is believed of the unit's own battery. Thread-safe. */
    public void battery(BatteryState battery) {
        status.battery(battery);
        if (battery.known()) {
            control.unitBattery(Math.max(1, battery.percent()));
        }
    }

    /** Ends the session with words, and a walk without a programme in silence: the battery is empty. Thread-safe. */
    public void endForBattery() {
        control.unitBattery(0);
    }

    /** Returns the song that plays; null while clicks are alone. Thread-safe. */
    public @Nullable NowPlaying song() {
        return music == null ? null : music.now();
    }

    /** Has another song played; nothing without music. Thread-safe. */
    public void anotherSong() {
        if (music != null) {
            music.another();
        }
    }

    /** Keeps that the patient likes the song that plays; nothing where none does. Thread-safe. */
    public void likeSong() {
        if (music != null) {
            music.like();
        }
    }

    /** Has words spoken within a few ms. Thread-safe. */
    public void say(Prompt prompt) {
        control.say(prompt);
    }

    /** Something of the unit fails, or works again: told to the clinic once per change. Thread-safe. */
    public void fault(String code, boolean failing, String text) {
        journal.fault(code, failing, text);
    }

    /** Returns the codes of what the clinic was told that fails. Thread-safe. */
    public Set<String> failing() {
        return journal.failing();
    }

    /** Returns whether readings come from every insole that is configured. Thread-safe. */
    public boolean sensorsFlow() {
        return sensors.ports().stream().allMatch(port -> port.state() == SensorState.FLOWING);
    }

    /** Returns the name of the session that goes on or went on last; null before the first. Thread-safe. */
    public @Nullable String sessionId() {
        return journal.sessionId();
    }

    /** Returns whether the session ended and is on the disk, or the disk refused for 30 s. Thread-safe. */
    public boolean sessionOver() {
        return journal.over();
    }

    /** Returns what the audio thread tells. Thread-safe. */
    public AudioStatistics audio() {
        return sound.statistics();
    }

    /** Returns how many rounds each loop has made that a walk can't be without: the sound's, the control's, each sensor's. */
    public long[] rounds() {
        long[] rounds = new long[2 + sensors.ports().size()];
        rounds[0] = sound.statistics().rounds();
        rounds[1] = control.rounds();
        for (int i = 2; i < rounds.length; i++) {
            rounds[i] = sensors.ports().get(i - 2).rounds();
        }
        return rounds;
    }

    /** Returns what the ears were given; null where sound goes to a file, which nobody hears. Thread-safe. */
    public @Nullable ExposureState exposure() {
        return sound.exposure();
    }

    /** Returns the offset that is subtracted from every cue, and how it came about. Thread-safe. */
    public OutputCalibration outputCalibration() {
        return sound.calibration();
    }

    /** Returns whether sound goes to a sound card. */
    public boolean soundCard() {
        return sound.card();
    }

    /** Returns whether a thread of the agent died of an error; the cues are silenced then. Thread-safe. */
    public boolean failed() {
        return failed;
    }

    /** Silences the cues, then ends every thread within their bounds. */
    @Override
    public void close() {
        control.stop();
        ThreadEnd.await(controlThread, CONTROL_END);
        sound.end();
        if (music != null) {
            music.stop();
        }
        sensors.close();
        if (recorder != null && recorderThread != null) {
            recorder.stop();
            ThreadEnd.await(recorderThread, CONTROL_END);
        }
        journal.stop(JOURNAL_END);
        outbound.stop();
        ThreadEnd.await(outboundThread, OUTBOUND_END);
        // A card that stalls must not hold up the end of the process.
        Thread closing = Thread.ofPlatform().daemon().name("journal-close").start(journal::close);
        ThreadEnd.await(closing, JOURNAL_END);
    }

    /**
     * An error nobody expected in a thread of ours is a bug: silence, end, and let the service manager start afresh. A
     * library's thread is another matter: whatever befalls the broker's client may never touch a cue.
     */
    private void onUncaught(Thread thread, Throwable error) {
        String name = thread.getName();
        if (name.startsWith("entrain-") || name.startsWith("sensor ")) {
            failed = true;
            journal.threadDied(name);
            control.stop();
            sound.silence();
            Logger.error(error, "Thread {} died of a bug; the cues are silenced and the agent ends", name);
        } else {
            Logger.error(error, "Thread {} of a library died; the walk goes on", name);
        }
    }
}
