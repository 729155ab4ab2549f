package dev.entrain.closedloop;

import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueSink;
import dev.entrain.gait.track.PairTracker;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.session.Press;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionState;
import dev.entrain.sim.patient.Patient;
import dev.entrain.sim.patient.PatientProfile;
import dev.entrain.sim.patient.Spoken;
import dev.entrain.sim.walk.Mounting;
import dev.entrain.sim.walk.Move;
import dev.entrain.sim.walk.SensorOptions;
import dev.entrain.sim.walk.WalkModel;
import dev.entrain.sim.walk.WalkOptions;
import dev.entrain.sim.walk.Walker;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One session of one simulated patient with the whole control core, as fast as the machine can. The patient walks, his feet's
 * readings go to the core, what it says is recorded, its beats and words reach him when they sound. He presses the button
 * at the start, and 20 s after each stop while he has the patience. The same arguments give the same session. To be run
 * once.
 */
public final class ClosedLoop {
    /** The patient stands so long before he presses, ns. A cycle of the core ends then, so the session starts at its zero. */
    private static final long PRESSED_NS = 3_000_000_000L;

    /** After a stop he goes on after this, ns. */
    private static final long PAUSE_NS = 20_000_000_000L;

    /** So often he goes on after a stop; then he ends the session. */
    private static final int PATIENCE = 6;

    /** How long the unit is off when it restarts, ns. */
    private static final long OFF_NS = 15_000_000_000L;

    /** What is simulated after the session's end, to hear whether it is silent, ns. */
    private static final long AFTERMATH_NS = 20_000_000_000L;

    /** A session pauses no longer than this in sum, s. */
    private static final double MOST_PAUSES_S = 900;

    private final PatientProfile profile;
    private final LoopOptions options;
    private final @Nullable Programme programme;
    private final @Nullable CueConfig policy;
    private final double lengthS;
    private final LoopTruth truth = new LoopTruth();
    private final Patient patient;
    private final LoopRecord record;

    private ControlCore core;
    private boolean pressed;
    private boolean pressedAgain;
    private int presses;
    private boolean cut;
    private long offUntilNs;
    private @Nullable SessionState kept;
    private long endNs = Long.MAX_VALUE;

    private ClosedLoop(
            PatientProfile profile,
            @Nullable Programme programme,
            @Nullable CueConfig policy,
            double lengthS,
            LoopOptions options) {
        this.profile = profile;
        this.programme = programme;
        this.policy = policy;
        this.options = options;
        this.lengthS = lengthS;
        patient = new Patient(profile, options.seed(), truth);
        truth.ask(patient::relieved, patient::trembling);
        record = new LoopRecord(profile.name(), programme, options.seed(), PRESSED_NS, patient, truth);
        core = newCore(null);
    }

    /** A programme, to its end. */
    public static LoopResult session(PatientProfile profile, Programme programme, LoopOptions options) {
        double mostS = Math.min(programme.sessionS() + MOST_PAUSES_S, 10_000);
        return new ClosedLoop(profile, programme, null, mostS, options).run();
    }

    /**
     * A programme, to its end, of which somebody else hears too.
     *
     * @param alsoHears every step, and every change of the plan as it is told
     */
    public static LoopResult session(
            PatientProfile profile, Programme programme, LoopOptions options, CoreSink alsoHears) {
        double mostS = Math.min(programme.sessionS() + MOST_PAUSES_S, 10_000);
        ClosedLoop loop = new ClosedLoop(profile, programme, null, mostS, options);
        loop.record.alsoTell(alsoHears);
        loop.record.alsoStep(alsoHears::onStep);
        return loop.run();
    }

    /**
     * A plain walk with one policy.
     *
     * @param seconds its length, s, 10 to 80 000
     */
    public static LoopResult walk(PatientProfile profile, CueConfig policy, double seconds, LoopOptions options) {
        return new ClosedLoop(profile, null, policy, seconds, options).run();
    }

    /**
     * A plain walk with one policy, of which somebody else hears too.
     *
     * @param alsoHears every change of the plan as it is told
     */
    public static LoopResult walk(
            PatientProfile profile, CueConfig policy, double seconds, LoopOptions options, CueSink alsoHears) {
        ClosedLoop loop = new ClosedLoop(profile, null, policy, seconds, options);
        loop.record.alsoTell(alsoHears);
        return loop.run();
    }

    private LoopResult run() {
        SensorOptions sensors = SensorOptions.typical()
                .withMounting(Mounting.any(2 * options.seed()), Mounting.any(2 * options.seed() + 1));
        Walker hearing = (long nowNs, Move move) -> {
            record.earshot().deliver(nowNs);
            patient.decide(nowNs, move);
        };
        WalkModel model =
                new WalkModel(hearing, new WalkOptions(options.rateHz(), lengthS, options.seed(), sensors), truth);
        ImuSample sample = new ImuSample();
        while (model.next(sample) && sample.timeNs < endNs) {
            record.earshot().deliver(sample.timeNs);
            if (sample.foot == Foot.LEFT) {
                happen(sample.timeNs);
            }
            if (offUntilNs == 0 && !inGap(sample.timeNs)) {
                sample.roundToGrid(0);
                core.onSample(sample);
            } else if (offUntilNs == 0) {
                core.advanceTo(sample.timeNs);
            }
        }
        return record.result(Math.min(lengthS, core.nowNs() * 1e-9));
    }

    private boolean inGap(long timeNs) {
        double intoS = (timeNs - PRESSED_NS) * 1e-9 - options.gapS();
        return intoS >= 0 && intoS < options.gapLengthS();
    }

    /** What people and circumstances do at a time. */
    private void happen(long nowNs) {
        if (!pressed && nowNs >= PRESSED_NS) {
            pressed = true;
            core.advanceTo(nowNs);
            start(nowNs);
        }
        double sessionS = (nowNs - PRESSED_NS) * 1e-9;
        if (sessionS >= options.cutS() && !cut) {
            cut = true;
            switchOff(nowNs);
        }
        if (offUntilNs != 0 && nowNs >= offUntilNs) {
            switchOn(nowNs);
        }
        SessionEngine session = core.session();
        if (session == null || offUntilNs != 0) {
            return;
        }
        if (sessionS >= options.pressS() && !pressedAgain && session.mode() == SessionEngine.Mode.RUNNING) {
            pressedAgain = true;
            core.press(Press.SHORT);
        }
        if (session.mode() == SessionEngine.Mode.PAUSED && nowNs - record.silentSinceNs() >= PAUSE_NS) {
            presses++;
            core.press(presses > PATIENCE ? Press.LONG : Press.SHORT);
            record.earshot().tell(presses > PATIENCE ? Spoken.STOP : Spoken.WALK, nowNs);
        } else if (session.mode() == SessionEngine.Mode.ENDED && endNs == Long.MAX_VALUE) {
            endNs = nowNs + AFTERMATH_NS;
        }
    }

    private void start(long nowNs) {
        if (programme == null) {
            record.beginWalk(nowNs);
            record.earshot().tell(Spoken.WALK, nowNs);
        } else {
            core.press(Press.SHORT);
        }
    }

    private void switchOff(long nowNs) {
        SessionEngine session = core.session();
        kept = session == null ? null : session.state();
        record.silence(nowNs);
        offUntilNs = nowNs + OFF_NS;
    }

    private void switchOn(long nowNs) {
        offUntilNs = 0;
        core = newCore(kept == null ? null : kept.away(OFF_NS * 1e-9));
        core.advanceTo(nowNs);
    }

    private ControlCore newCore(@Nullable SessionState resume) {
        return programme == null
                ? new ControlCore(
                        new PairTracker(), Objects.requireNonNull(policy).newPolicy(), 0, record)
                : new ControlCore(new PairTracker(), programme, resume, 0, record);
    }

    /** Returns a name for messages. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, seed %d", profile.name(), options.seed());
    }
}
