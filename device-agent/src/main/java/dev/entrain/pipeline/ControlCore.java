package dev.entrain.pipeline;

import dev.entrain.cue.AsynchronyMeter;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueConfig;
import dev.entrain.cue.CueLimits;
import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CuePolicy;
import dev.entrain.cue.CueSink;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.GaitTracker;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.session.PlainWalk;
import dev.entrain.session.Press;
import dev.entrain.session.Programme;
import dev.entrain.session.SessionEngine;
import dev.entrain.session.SessionState;
import dev.entrain.session.WalkGuide;
import org.jspecify.annotations.Nullable;

/**
 * The control core: sample to gait event to cue plan, one deterministic step function without threads, clocks or files.
 * The same calls give the same output, live or replayed.
 *
 * <p>Time passes on a fixed grid of {@link #CYCLE_NS}: before a sample is consumed every grid point up to it is stepped
 * through, so plans do not depend on how samples were batched. Not thread-safe; realtime-safe (0 bytes per sample).
 */
public final class ControlCore {
    /** The grid on which plans are made, ns. */
    public static final long CYCLE_NS = 10_000_000L;

    /** Longer silence of a foot is a gap, ns. */
    public static final long GAP_NS = 200_000_000L;

    /** After this much time without any sample the planner is silent for sure, so further cycles change nothing. */
    private static final long IDLE_NS = CuePlanner.HOLD_NS + CuePlanner.FADE_NS + 5_000_000_000L;

    private static final long LONGEST_STEP_NS = 3_000_000_000L;

    private final GaitTracker tracker;
    private final CuePlanner planner;
    private final CoreSink sink;
    private final Relay relay = new Relay();
    private final StepReport step = new StepReport();
    private final long[] lastSampleNs = new long[Foot.COUNT];
    private final boolean[] seen = new boolean[Foot.COUNT];
    private final long[] lastContactNs = new long[Foot.COUNT];
    private final boolean[] stepped = new boolean[Foot.COUNT];
    private final WalkGuide guide;
    private boolean started;
    private long nowNs;
    private long cycleNs;

    /**
     * Makes a core.
     *
     * @param tracker knows the feet
     * @param policy proposes beats
     * @param outputDelayNs how much later than written a sound is heard, ns, at least 0
     * @param sink hears everything
     */
    public ControlCore(GaitTracker tracker, CuePolicy policy, long outputDelayNs, CoreSink sink) {
        this.tracker = tracker;
        this.sink = sink;
        planner = new CuePlanner(policy, new CueLimits(), outputDelayNs, relay);
        guide = new PlainWalk(planner, relay, sink);
    }

    /**
     * Makes a core that gives a programme. It waits for {@link #press}.
     *
     * @param tracker knows the feet
     * @param programme what to give
     * @param resume where an interrupted session was and how long ago, or null for a new one
     * @param outputDelayNs how much later than written a sound is heard, ns, at least 0
     * @param sink hears everything
     */
    public ControlCore(
            GaitTracker tracker,
            Programme programme,
            @Nullable SessionState resume,
            long outputDelayNs,
            CoreSink sink) {
        this.tracker = tracker;
        this.sink = sink;
        planner = new CuePlanner(CueConfig.DEFAULT.newPolicy(), new CueLimits(), outputDelayNs, relay);
        guide = new SessionEngine(programme, resume, planner, relay, sink);
    }

    /** Consumes one sample: time passes up to it, then the tracker sees it. */
    public void onSample(ImuSample sample) {
        int foot = sample.foot.ordinal();
        advanceTo(sample.timeNs);
        if (seen[foot] && sample.timeNs - lastSampleNs[foot] > GAP_NS) {
            sink.onSensorGap(sample.foot, lastSampleNs[foot], sample.timeNs);
        }
        seen[foot] = true;
        lastSampleNs[foot] = sample.timeNs;
        tracker.onSample(sample, relay);
    }

    /** Lets time pass without a sample, as when every sensor is silent. Times before the present are ignored. */
    public void advanceTo(long timeNs) {
        if (!started) {
            started = true;
            nowNs = timeNs;
            cycleNs = Math.floorDiv(timeNs, CYCLE_NS) * CYCLE_NS;
            guide.advance(nowNs);
            return;
        }
        if (timeNs - nowNs <= 0) {
            return;
        }
        nowNs = timeNs;
        long busyUntilNs = Math.max(lastSampleNs[0], lastSampleNs[1]) + IDLE_NS;
        while (nowNs - cycleNs >= CYCLE_NS) {
            if (cycleNs - busyUntilNs > 0 && guide.idle()) {
                cycleNs = Math.floorDiv(nowNs, CYCLE_NS) * CYCLE_NS;
                return;
            }
            cycleNs += CYCLE_NS;
            guide.advance(cycleNs);
            planner.advance(cycleNs, sensorsSilent(cycleNs));
        }
    }

    /** Allows cues again after {@link #stop}; a session is gone on with by {@link #press}. */
    public void start() {
        if (guide instanceof PlainWalk plain) {
            plain.start();
        }
    }

    /** Silences the cues at once and keeps them silent; a session is paused. */
    public void stop() {
        guide.stop(nowNs);
    }

    /** Silences the cues of a walk without a programme at once, until the walker has walked steadily. */
    public void hold() {
        if (guide instanceof PlainWalk plain) {
            plain.hold(nowNs);
        }
    }

    /** Returns whether a rule holds the cues of a walk without a programme silent. */
    public boolean held() {
        return guide instanceof PlainWalk plain && plain.held();
    }

    /**
     * The patient pressed the button. Without a programme a short press stops the cues or allows them again, and any other
     * stops them. Nothing happens before the first sample or call of {@link #advanceTo}.
     */
    public void press(Press press) {
        if (started) {
            guide.press(press, nowNs);
        }
    }

    /** Tells the charge of the unit's own battery, %, 0 to 100. */
    public void unitBattery(int percent) {
        guide.unitBattery(percent);
    }

    /** Returns the session, to be read only; null in a walk without a programme. */
    public @Nullable SessionEngine session() {
        return guide instanceof SessionEngine session ? session : null;
    }

    /** Returns the time of the newest sample or call of {@link #advanceTo}, ns. */
    public long nowNs() {
        return nowNs;
    }

    /** Returns the cue planner, to be read only. */
    public CuePlanner planner() {
        return planner;
    }

    private boolean silent(int foot, long timeNs) {
        return !seen[foot] || timeNs - lastSampleNs[foot] > GAP_NS;
    }

    private boolean sensorsSilent(long timeNs) {
        return silent(0, timeNs) && silent(1, timeNs);
    }

    /** Passes what the tracker and the planner say to each other and to the sink. */
    private final class Relay implements GaitSink, CueSink {
        @Override
        public void onGaitEvent(GaitEvent event) {
            planner.onGaitEvent(event);
            guide.onGaitEvent(event);
            sink.onGaitEvent(event);
            if (event.kind == GaitEvent.Kind.INITIAL_CONTACT) {
                report(event);
            }
        }

        @Override
        public void onContactPrediction(ContactPrediction prediction) {
            planner.onContactPrediction(prediction);
            sink.onContactPrediction(prediction);
        }

        @Override
        public void onFootPhase(FootPhase phase) {
            sink.onFootPhase(phase);
        }

        @Override
        public void onStride(StrideEstimate stride) {
            sink.onStride(stride);
            guide.onStride(stride);
        }

        @Override
        public void onWalkingBout(WalkingBout bout) {
            sink.onWalkingBout(bout);
        }

        @Override
        public void onTurn(Turn turn) {
            sink.onTurn(turn);
            guide.onTurn(turn);
        }

        @Override
        public void onAlignment(FootAlignment alignment) {
            sink.onAlignment(alignment);
        }

        @Override
        public void onCue(CueCommand command) {
            sink.onCue(command);
        }

        private void report(GaitEvent contact) {
            int other = contact.foot.other().ordinal();
            long stepTimeNs = contact.timeNs - lastContactNs[other];
            AsynchronyMeter meter = planner.asynchrony();
            boolean matched = meter.match(contact.timeNs);
            step.foot = contact.foot;
            step.timeNs = contact.timeNs;
            step.decidedNs = contact.decidedNs;
            step.confidence = contact.confidence;
            step.stepTimeNs = stepped[other] && stepTimeNs > 0 && stepTimeNs < LONGEST_STEP_NS ? stepTimeNs : 0;
            step.cadenceSpm = planner.steps().cadenceSpm();
            step.cueId = matched ? meter.cueId() : 0;
            step.asynchronyNs = matched ? meter.asynchronyNs(contact.timeNs) : 0;
            stepped[contact.foot.ordinal()] = true;
            lastContactNs[contact.foot.ordinal()] = contact.timeNs;
            sink.onStep(step);
            guide.onStep(step.timeNs, matched, step.asynchronyNs);
        }
    }
}
