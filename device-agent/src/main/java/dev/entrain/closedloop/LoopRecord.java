package dev.entrain.closedloop;

import dev.entrain.cue.CueCommand;
import dev.entrain.cue.CueSink;
import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.outcome.SessionRecorder;
import dev.entrain.pipeline.CoreSink;
import dev.entrain.pipeline.StepReport;
import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import dev.entrain.session.Programme;
import dev.entrain.session.SafetyRule;
import dev.entrain.session.SessionEvent;
import dev.entrain.sim.patient.Patient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears all the core says: passes it to the patient's ears, the recorder and the audit. Not thread-safe. */
final class LoopRecord implements CoreSink {
    /** Simulated sessions have no date; this one is as good as any, and the same for the same seed. */
    private static final Instant DATE = Instant.parse("2026-01-05T09:00:00Z");

    /** As long as the id of a session may be. */
    private static final int LONGEST_ID = 64;

    /** The patient's true cadence is taken over so long before a rule stops him, ns. */
    private static final long BEFORE_RULE_NS = 6_000_000_000L;

    /** Less than this share of the cue's tempo is no hurry, whatever the rule says: 115 % and a margin for measuring. */
    private static final double HURRY = 1.12;

    private final String kind;
    private final long seed;
    private final long originNs;
    private final LoopTruth truth;
    private final Earshot earshot;
    private final SafetyAudit audit;
    private final SessionRecorder recorder;
    private final List<Long> heardNs = new ArrayList<>();
    private final List<String> trips = new ArrayList<>();
    private Consumer<StepReport> alsoSteps = step -> {};
    private CueSink alsoHears = command -> {};
    private boolean started;
    private long silentSinceNs;
    private long lastPeriodNs;

    LoopRecord(String kind, @Nullable Programme programme, long seed, long originNs, Patient patient, LoopTruth truth) {
        this.kind = kind;
        this.seed = seed;
        this.originNs = originNs;
        this.truth = truth;
        audit = new SafetyAudit(truth);
        earshot = new Earshot(patient, this::heard);
        String given = programme == null ? "walk" : programme.name();
        recorder = new SessionRecorder(
                id(kind, given, seed),
                given,
                programme == null ? "" : programme.condition().name().toLowerCase(Locale.ROOT),
                DATE,
                true,
                originNs);
    }

    /** One name for each session there can be: a long programme's name is cut, but never the seed. */
    static String id(String kind, String programme, long seed) {
        String before = "sim-" + kind + "-";
        String after = "-" + seed;
        int room = Math.clamp(LONGEST_ID - before.length() - after.length(), 0, programme.length());
        return before + programme.substring(0, room) + after;
    }

    /** Tells another of every change of the plan. */
    void alsoTell(CueSink other) {
        alsoHears = other;
    }

    Earshot earshot() {
        return earshot;
    }

    /** Returns since when nothing may sound, ns. */
    long silentSinceNs() {
        return silentSinceNs;
    }

    /** Tells another of every step. */
    void alsoStep(Consumer<StepReport> other) {
        alsoSteps = other;
    }

    /** A walk without a programme is one block of free cueing. */
    void beginWalk(long nowNs) {
        SessionEvent event = new SessionEvent();
        event.kind = SessionEvent.Kind.BLOCK_STARTED;
        event.timeNs = nowNs;
        event.blockIndex = 0;
        event.block = Block.Kind.FREE;
        event.targetSpm = Double.NaN;
        event.levelPct = Double.NaN;
        event.baselineSpm = Double.NaN;
        recorder.session(event);
        started = true;
        audit.started();
    }

    /** The unit went off. */
    void silence(long nowNs) {
        earshot.silence(nowNs);
        recorder.silence(nowNs);
        silentSinceNs = nowNs;
        audit.stopped(nowNs);
    }

    private void heard(Earshot.Sound sound) {
        heardNs.add(sound.onsetNs());
        lastPeriodNs = sound.periodNs();
        audit.heard(sound);
    }

    @Override
    public void onGaitEvent(GaitEvent event) {
        if (!started) {
            return;
        }
        switch (event.kind) {
            case INITIAL_CONTACT -> recorder.step(event.timeNs, event.foot, event.confidence);
            case CONTACT_REVISED -> recorder.revised(event.foot, event.formerNs, event.timeNs);
            case FREEZE_ON -> {
                recorder.freezeOn(event.timeNs, event.decidedNs);
                audit.froze(event.decidedNs);
            }
            case FREEZE_OFF -> recorder.freezeOff(event.timeNs);
            default -> {}
        }
    }

    @Override
    public void onContactPrediction(ContactPrediction prediction) {}

    @Override
    public void onFootPhase(FootPhase phase) {}

    @Override
    public void onStride(StrideEstimate stride) {
        if (started) {
            recorder.stride(
                    stride.foot,
                    stride.startNs,
                    stride.endNs,
                    stride.strideTimeS,
                    stride.stanceFraction,
                    stride.doubleSupportFraction,
                    stride.lengthM,
                    stride.speedMps);
        }
    }

    @Override
    public void onCue(CueCommand command) {
        alsoHears.onCue(command);
        earshot.onCue(command);
        if (command.kind == CueCommand.Kind.COMMIT) {
            recorder.cue(command.cueId, command.onsetNs, command.periodNs, command.foot);
        } else if (command.kind == CueCommand.Kind.SILENCE) {
            recorder.silence(command.decidedNs);
        }
    }

    @Override
    public void onStep(StepReport step) {
        alsoSteps.accept(step);
    }

    @Override
    public void onSensorGap(Foot foot, long fromNs, long toNs) {}

    @Override
    public void onSessionEvent(SessionEvent event) {
        recorder.session(event);
        switch (event.kind) {
            case STARTED, RESUMED -> {
                started = true;
                audit.started();
            }
            case PAUSED, ENDED -> {
                silentSinceNs = event.timeNs;
                audit.stopped(event.timeNs);
            }
            case RULE -> rule(event);
            default -> {}
        }
    }

    /** Whether the patient really gave the rule its reason. */
    private void rule(SessionEvent event) {
        boolean wrong = event.rule == SafetyRule.NEAR_FALL;
        if (event.rule == SafetyRule.CADENCE_OVER_CUE && lastPeriodNs > 0) {
            double cadence = truth.cadenceSpm(event.timeNs - BEFORE_RULE_NS, event.timeNs);
            wrong = !(cadence > HURRY * 60e9 / lastPeriodNs);
        }
        if (wrong) {
            trips.add(String.format(Locale.ROOT, "%.3f s: %s without a reason", event.timeNs * 1e-9, event.rule));
        }
    }

    LoopResult result(double lengthS) {
        List<String> all = new ArrayList<>();
        for (SafetyAudit.Violation violation : audit.violations()) {
            all.add(String.format(Locale.ROOT, "%.3f s: %s", violation.timeS(), violation.what()));
        }
        all.addAll(trips);
        LoopChecks checks = new LoopChecks(
                kind,
                seed,
                lengthS,
                audit.heard(),
                audit.mostSlewPct(),
                audit.afterStop(),
                audit.outOfRange(),
                audit.tooFast(),
                trips.size(),
                all);
        return new LoopResult(recorder.data(), truth, originNs, heardNs, checks);
    }
}
