package dev.entrain.session;

import dev.entrain.cue.AsynchronyMeter;
import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CuePlanner;
import dev.entrain.cue.CuePolicy;
import dev.entrain.cue.Prompt;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.GaitTracker;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.pipeline.ControlCore;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A walker made by hand, in moved time, through the control core: his steps are told, not detected. He steps with the beat
 * where he hears one and {@link #follows}, else at his own pace.
 */
final class HandWalker implements CoreSink, GaitTracker {
    private static final long TICK_NS = 10_000_000L;
    private static final long DETECTED_NS = 30_000_000L;
    private static final long EARLY_NS = 30_000_000L;

    /** A beat that sounded, or did not for its loudness is 0. */
    record Beat(long onsetNs, long decidedNs, long periodNs, float gain) {}

    record Word(Prompt prompt, long timeNs) {}

    record Told(
            SessionEvent.Kind kind,
            long timeNs,
            int block,
            Block.@Nullable Kind blockKind,
            double targetSpm,
            double levelPct,
            double baselineSpm,
            @Nullable SafetyRule rule,
            SessionEvent.@Nullable End end) {}

    final List<Beat> beats = new ArrayList<>();
    final List<Word> words = new ArrayList<>();
    final List<Told> told = new ArrayList<>();
    final List<Long> silencesNs = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final ControlCore core;
    long stepNs = 550_000_000L;
    boolean follows = true;
    double speedMps = Double.NaN;
    long nowNs;
    private final ImuSample sample = new ImuSample();
    private final GaitEvent event = new GaitEvent();
    private final ContactPrediction prediction = new ContactPrediction();
    private final StrideEstimate stride = new StrideEstimate();
    private GaitEvent.@Nullable Kind due;
    private boolean walking;
    private Foot foot = Foot.LEFT;
    private long nextStepNs;
    private int strides;

    HandWalker(Programme programme) {
        this(programme, null);
    }

    HandWalker(Programme programme, @Nullable SessionState resume) {
        core = new ControlCore(this, programme, resume, 0, this);
        core.advanceTo(0);
    }

    /** A walk without a programme. */
    HandWalker(CuePolicy policy) {
        core = new ControlCore(this, policy, 0, this);
        core.advanceTo(0);
    }

    SessionEngine session() {
        SessionEngine session = core.session();
        if (session == null) {
            throw new AssertionError("no session");
        }
        return session;
    }

    HandWalker press(Press press) {
        core.press(press);
        return this;
    }

    HandWalker walk(double seconds) {
        if (!walking) {
            nextStepNs = nowNs + stepNs;
        }
        walking = true;
        return pass(seconds);
    }

    HandWalker stand(double seconds) {
        walking = false;
        return pass(seconds);
    }

    /** Time without any sample. */
    HandWalker blind(double seconds) {
        walking = false;
        nowNs += Math.round(seconds * 1e9);
        core.advanceTo(nowNs);
        return this;
    }

    /** Walks until a block of a kind begins or the session ends; at most an hour. */
    HandWalker walkTo(Block.Kind kind) {
        for (int i = 0; i < 36_000 && session().mode() != SessionEngine.Mode.ENDED; i++) {
            if (told.stream().anyMatch(t -> t.kind() == SessionEvent.Kind.BLOCK_STARTED && t.blockKind() == kind)) {
                return this;
            }
            walk(0.1);
        }
        throw new AssertionError("no " + kind + " in " + told);
    }

    HandWalker gait(GaitEvent.Kind kind) {
        due = kind;
        return pass(0.01);
    }

    /** A contact of the foot that has just stepped, as a double detection makes one. */
    HandWalker doubleContact() {
        foot = foot.other();
        core.onSample(at(sample, foot));
        emit(this, GaitEvent.Kind.INITIAL_CONTACT, nowNs);
        foot = foot.other();
        return this;
    }

    List<Told> told(SessionEvent.Kind kind) {
        return told.stream().filter(t -> t.kind() == kind).toList();
    }

    List<SafetyRule> rules() {
        List<SafetyRule> rules = new ArrayList<>();
        told(SessionEvent.Kind.RULE).forEach(t -> rules.add(t.rule()));
        return rules;
    }

    List<Prompt> prompts() {
        return words.stream().map(Word::prompt).toList();
    }

    List<Double> levels() {
        return told(SessionEvent.Kind.LEVEL).stream()
                .map(Told::levelPct)
                .distinct()
                .toList();
    }

    long beatsAfter(long timeNs) {
        return beats.stream().filter(b -> b.gain() > 0 && b.onsetNs() > timeNs).count();
    }

    private HandWalker pass(double seconds) {
        long endNs = nowNs + Math.round(seconds * 1e9);
        while (nowNs < endNs) {
            nowNs += TICK_NS;
            core.onSample(at(sample, Foot.LEFT));
            core.onSample(at(sample, Foot.RIGHT));
        }
        return this;
    }

    private ImuSample at(ImuSample view, Foot side) {
        view.foot = side;
        view.timeNs = nowNs;
        return view;
    }

    @Override
    public void onSample(ImuSample reading, GaitSink sink) {
        GaitEvent.Kind kind = due;
        if (kind != null) {
            due = null;
            sink.onGaitEvent(event.set(kind, reading.foot, reading.timeNs, reading.timeNs, 1));
        }
        while (walking && nextStepNs + DETECTED_NS <= reading.timeNs) {
            step(sink);
        }
    }

    private void step(GaitSink sink) {
        long timeNs = nextStepNs;
        emit(sink, GaitEvent.Kind.INITIAL_CONTACT, timeNs);
        CuePlanner planner = core.planner();
        AsynchronyMeter meter = planner.asynchrony();
        long periodNs = stepNs;
        if (follows && planner.periodNs() > 0 && planner.mode() == CuePlanner.Mode.CUEING) {
            periodNs = planner.periodNs();
            if (meter.match(timeNs)) {
                periodNs -= (meter.asynchronyNs(timeNs) + EARLY_NS) / 2;
            }
        }
        nextStepNs = timeNs + periodNs;
        sink.onContactPrediction(prediction.set(foot, timeNs + 2 * periodNs, 20_000_000L, nowNs, 2 * periodNs));
        foot = foot.other();
        sink.onContactPrediction(prediction.set(foot, nextStepNs, 20_000_000L, nowNs, 2 * periodNs));
        if (!Double.isNaN(speedMps) && strides++ > 0) {
            stride.set(
                    foot, timeNs - 2 * periodNs, timeNs, nowNs, speedMps * 2 * periodNs * 1e-9, periodNs * 2e-9, 0.6);
            sink.onStride(stride);
        }
    }

    private void emit(GaitSink sink, GaitEvent.Kind kind, long timeNs) {
        sink.onGaitEvent(event.set(kind, foot, timeNs, nowNs, 1));
    }

    @Override
    public void onGaitEvent(GaitEvent gait) {
        lines.add(gait.decidedNs + " " + gait.kind + " " + gait.timeNs);
    }

    @Override
    public void onContactPrediction(ContactPrediction belief) {}

    @Override
    public void onFootPhase(FootPhase phase) {}

    @Override
    public void onStride(StrideEstimate done) {}

    @Override
    public void onStep(StepReport step) {}

    @Override
    public void onSensorGap(Foot side, long fromNs, long toNs) {}

    @Override
    public void onCue(CueCommand c) {
        lines.add(c.decidedNs + " " + c.kind + " " + c.cueId + " " + c.onsetNs + " " + c.prompt);
        switch (c.kind) {
            case COMMIT -> beats.add(new Beat(c.onsetNs, c.decidedNs, c.periodNs, c.gain));
            case SILENCE -> silencesNs.add(c.onsetNs);
            case SAY -> words.add(new Word(c.prompt, c.onsetNs));
            default -> {}
        }
    }

    @Override
    public void onSessionEvent(SessionEvent e) {
        Told one = new Told(
                e.kind, e.timeNs, e.blockIndex, e.block, e.targetSpm, e.levelPct, e.baselineSpm, e.rule, e.end);
        told.add(one);
        lines.add(one.toString());
    }
}
