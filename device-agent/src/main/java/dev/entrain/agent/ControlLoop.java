package dev.entrain.agent;

import dev.entrain.audio.PlayedCue;
import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.Prompt;
import dev.entrain.device.BatteryState;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.LiveState;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.SampleMerge;
import dev.entrain.ring.SlotRing;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.session.SessionEngine;
import dev.entrain.time.NanoClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The body of the control thread: takes samples in order of time, steps the core, hands its words on. Touches no file, no
 * socket and no lock; allocates nothing after the first strides.
 */
final class ControlLoop implements Runnable {
    /** The core's time while every sensor is silent: behind the present by more than a sample may be late. */
    private static final long LAG_NS = 60_000_000L;

    private static final long PAUSE_NS = 2_000_000L;
    private static final long STATE_NS = 1_000_000_000L;
    private static final int MAX_SAMPLES_PER_CYCLE = 1024;
    private static final int MAX_PLAYED_PER_CYCLE = 64;
    private static final int UNKNOWN_PERCENT = -1;
    private static final Prompt[] PROMPTS = Prompt.values();
    private static final Foot[] FEET = Foot.values();

    private final SampleMerge merge;
    private final ControlCore core;
    private final LiveSink sink;
    private final SlotRing<PlayedCue> played;
    private final SlotRing<LiveState> states;
    private final @Nullable SlotRing<ImuSample> recording;
    private final Counters counters;
    private final LiveStatus status;
    private final BatteryWatch batteries;
    private final Button button;
    private final ClinicHand clinic;
    private final NanoClock clock;
    private final long originNs;
    private final LossMeter loss = new LossMeter();
    private final long[] lastSampleNs = {LiveState.NONE, LiveState.NONE};
    private long nextStateNs;
    private Silence before = Silence.NONE;
    private final AtomicInteger asked = new AtomicInteger();
    private int unitPercent = UNKNOWN_PERCENT;
    private volatile int toldUnitPercent = UNKNOWN_PERCENT;
    private volatile boolean stopping;
    private volatile long rounds;

    /**
     * Makes the loop.
     *
     * @param merge the samples of both feet; this loop is the consumer
     * @param core the control core, whose sink is {@code sink}
     * @param played cues the audio thread has written; this loop is the consumer
     * @param states to the outbound thread, once a second; this loop is the producer
     * @param recording to the recorder; this loop is the producer; null if the walk is not recorded
     * @param batteries asked now and then whether to tell the walker
     * @param button of the same core
     * @param clinic the clinic's hand on the same core
     * @param originNs second zero of the recording
     */
    ControlLoop(
            SampleMerge merge,
            ControlCore core,
            LiveSink sink,
            SlotRing<PlayedCue> played,
            SlotRing<LiveState> states,
            @Nullable SlotRing<ImuSample> recording,
            Counters counters,
            LiveStatus status,
            BatteryWatch batteries,
            Button button,
            ClinicHand clinic,
            NanoClock clock,
            long originNs) {
        this.merge = merge;
        this.core = core;
        this.sink = sink;
        this.played = played;
        this.states = states;
        this.recording = recording;
        this.counters = counters;
        this.status = status;
        this.batteries = batteries;
        this.button = button;
        this.clinic = clinic;
        this.clock = clock;
        this.originNs = originNs;
        nextStateNs = originNs;
    }

    @Override
    public void run() {
        try {
            if (before != Silence.NONE) {
                begin(clock.nowNs());
            }
            long made = 0;
            while (!stopping) {
                rounds = ++made;
                cycle(clock.nowNs());
                LockSupport.parkNanos(this, PAUSE_NS);
            }
        } finally {
            core.stop(); // Its last word is silence, whatever ended the loop.
            lookAtSession(clock.nowNs());
        }
    }

    /** Before it runs: a walk without a programme begins as silent as the agent before left it. */
    void keep(Silence silence) {
        before = silence;
        status.silence(silence);
    }

    private void begin(long nowNs) {
        core.advanceTo(nowNs - LAG_NS);
        if (core.session() != null) {
            return; // It waits for the button anyway.
        }
        if (before == Silence.HELD) {
            core.hold();
        } else {
            core.stop();
        }
        clinic.stopped(nowNs);
    }

    private Silence silence() {
        if (core.held()) {
            return Silence.HELD;
        }
        return core.session() != null || core.planner().mode() == CuePlanner.Mode.STOPPED
                ? Silence.STOPPED
                : Silence.NONE;
    }

    /** Any thread: returns how many rounds the loop has made. */
    long rounds() {
        return rounds;
    }

    /** Any thread: asks the loop to silence the cues and end. */
    void stop() {
        stopping = true;
    }

    /**
     * Any thread: asks for words to be spoken within a cycle. This loop says them, because the cue ring has one producer. The
     * same words asked for twice before that are said once.
     */
    void say(Prompt prompt) {
        int bit = 1 << prompt.ordinal();
        int before = asked.get();
        // Ends, because somebody else's change goes through whenever ours does not, and there are few of them.
        while (!asked.compareAndSet(before, before | bit)) {
            before = asked.get();
        }
    }

    /** Any thread: tells the charge of the unit's own battery, %, 0 to 100; 0 is for a unit that is about to go. */
    void unitBattery(int percent) {
        toldUnitPercent = percent;
    }

    private void speak() {
        int words = asked.getAndSet(0);
        for (int i = 0; words != 0; i++, words >>>= 1) {
            if ((words & 1) != 0) {
                sink.say(PROMPTS[i]);
            }
        }
    }

    private void cycle(long nowNs) {
        speak();
        takeSamples(nowNs);
        button.take(nowNs);
        clinic.take(lastSampleNs, nowNs);
        takePlayed();
        lookAtSession(nowNs);
        CuePlanner planner = core.planner();
        double tempoSpm = planner.periodNs() == 0 ? Double.NaN : 60e9 / planner.periodNs();
        sink.answering(planner.answering());
        status.silence(silence());
        status.walking(planner.walking(core.nowNs()));
        status.tempo(planner.steps().cadenceSpm(), tempoSpm);
        if (nowNs - nextStateNs >= 0) {
            nextStateNs = nowNs + STATE_NS;
            publishState(nowNs, tempoSpm);
            if (batteries.look(nowNs)) {
                sink.say(Prompt.BATTERY_LOW);
            }
        }
    }

    private void lookAtSession(long nowNs) {
        int percent = toldUnitPercent;
        if (percent != unitPercent) {
            unitPercent = percent;
            core.unitBattery(percent);
        }
        SessionEngine session = core.session();
        if (session != null) {
            sink.look(session, nowNs);
        }
    }

    private void takeSamples(long nowNs) {
        for (int i = 0; i < MAX_SAMPLES_PER_CYCLE; i++) {
            ImuSample sample = merge.peek(nowNs);
            if (sample == null) {
                core.advanceTo(nowNs - LAG_NS);
                break;
            }
            sample.roundToGrid(originNs);
            record(sample);
            counters.increment(Counter.SAMPLES);
            if (sample.timeNs - core.nowNs() < 0) {
                counters.increment(Counter.SAMPLES_LATE);
            }
            lastSampleNs[sample.foot.ordinal()] = sample.timeNs;
            loss.onSample(sample);
            core.onSample(sample);
            merge.release(sample);
        }
    }

    private void record(ImuSample sample) {
        if (recording != null) {
            ImuSample slot = recording.claim();
            if (slot == null) {
                counters.increment(Counter.RECORDING_REFUSED);
            } else {
                slot.copyFrom(sample);
                recording.publish();
            }
        }
    }

    private void takePlayed() {
        for (int i = 0; i < MAX_PLAYED_PER_CYCLE; i++) {
            PlayedCue cue = played.peek();
            if (cue == null) {
                return;
            }
            sink.played(cue);
            played.release();
        }
    }

    private void publishState(long nowNs, double tempoSpm) {
        LiveState state = states.claim();
        if (state != null) { // Refused: the outbound thread is behind, and the next second has a newer one.
            CuePlanner planner = core.planner();
            CuePlanner.Mode mode = planner.mode();
            boolean cueingNow = mode == CuePlanner.Mode.CUEING || mode == CuePlanner.Mode.HOLDING;
            long stepNs = planner.steps().periodNs();
            state.begin(nowNs)
                    .walk(planner.walking(core.nowNs()), cueingNow)
                    .rhythm(
                            planner.steps().cadenceSpm(),
                            tempoSpm,
                            stepNs == 0 ? LiveState.NONE : 2 * stepNs,
                            Double.NaN);
            sink.describe(state);
            batteries.describe(state);
            BatteryState own = status.battery();
            if (own.known()) {
                state.unitBattery(own.percent(), own.volts(), own.charging());
            }
            for (int i = 0; i < Foot.COUNT; i++) {
                LiveState.FootState foot = state.foot(FEET[i]);
                foot.sensorGapNs = lastSampleNs[i] == LiveState.NONE ? LiveState.NONE : nowNs - lastSampleNs[i];
                foot.lossPct = loss.lossPct(FEET[i]);
            }
            states.publish();
        }
        for (Foot foot : FEET) {
            status.flow(foot, loss.rateHz(foot, nowNs), loss.lossPct(foot));
        }
        loss.nextSecond(nowNs);
    }
}
