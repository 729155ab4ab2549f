package dev.entrain.gait.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrain.gait.ContactPrediction;
import dev.entrain.gait.FootAlignment;
import dev.entrain.gait.FootPhase;
import dev.entrain.gait.GaitEvent;
import dev.entrain.gait.GaitEvent.Kind;
import dev.entrain.gait.GaitSink;
import dev.entrain.gait.StrideEstimate;
import dev.entrain.gait.Turn;
import dev.entrain.gait.WalkingBout;
import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.ArrayList;
import java.util.List;

/** Holds a tracker to what it promises whatever it is fed, and keeps all that it tells as text. */
final class ToldInOrder implements GaitSink {
    private static final long NEVER = Long.MIN_VALUE;
    private static final long CLOCK_JUMP_NS = 1_000_000_000L;

    /** Everything told, in order, to the last bit. */
    final List<String> lines = new ArrayList<>();

    /** Initial contacts of each foot, ns. */
    final List<List<Long>> contacts = List.of(new ArrayList<>(), new ArrayList<>());

    int revised;
    int freezes;
    int turns;
    int bouts;
    int alignments;
    int predictions;

    private final Kind[] last = new Kind[Foot.COUNT];
    private final long[] lastContactNs = {NEVER, NEVER};
    private final double[] phase = {Double.NaN, Double.NaN};
    private final int[] rounds = {1, 1};
    private final long[] newest = {NEVER, NEVER};
    private long newestNs = NEVER;
    private boolean frozen;
    private boolean inBout;

    /** Feeds one reading. */
    void feed(PairTracker tracker, ImuSample sample) {
        int f = sample.foot.ordinal();
        // A clock that is set anew takes the foot's newest reading back with it.
        boolean anew = newest[f] != NEVER && sample.timeNs < newest[f] - CLOCK_JUMP_NS;
        newest[f] = anew ? sample.timeNs : Math.max(newest[f], sample.timeNs);
        if (anew) {
            last[f] = Kind.MID_SWING;
            lastContactNs[f] = NEVER;
            rounds[f] = 1;
        }
        newestNs = Math.max(newest[0], newest[1]);
        tracker.onSample(sample, this);
    }

    @Override
    public void onGaitEvent(GaitEvent e) {
        String line = "event " + e.kind + ' ' + e.foot + ' ' + e.timeNs + ' ' + e.formerNs + ' ' + e.decidedNs + ' '
                + e.confidence;
        lines.add(line);
        int f = e.foot.ordinal();
        assertThat(e.decidedNs).as(line).isBetween(e.timeNs, newestNs);
        assertThat(e.confidence).as(line).isBetween(0.0, 1.0);
        switch (e.kind) {
            case INITIAL_CONTACT -> {
                assertThat(e.timeNs).as(line).isGreaterThan(lastContactNs[f]);
                assertThat(last[f]).as("before %s", line).isNotEqualTo(Kind.INITIAL_CONTACT);
                last[f] = e.kind;
                lastContactNs[f] = e.timeNs;
                contacts.get(f).add(e.timeNs);
                rounds[f] = Math.min(2, rounds[f] + 1);
            }
            case FINAL_CONTACT -> {
                assertThat(e.timeNs).as(line).isGreaterThanOrEqualTo(lastContactNs[f]);
                last[f] = e.kind;
            }
            case CONTACT_REVISED -> {
                assertThat(last[f]).as("before %s", line).isEqualTo(Kind.INITIAL_CONTACT);
                assertThat(e.formerNs).as(line).isEqualTo(lastContactNs[f]);
                assertThat(e.decidedNs - e.timeNs)
                        .as(line)
                        .isLessThanOrEqualTo(Kind.LONGEST_SECOND_LOOK_MS * 1_000_000L);
                lastContactNs[f] = e.timeNs;
                revised++;
            }
            case FREEZE_ON, FREEZE_OFF -> {
                assertThat(frozen).as(line).isEqualTo(e.kind == Kind.FREEZE_OFF);
                frozen = e.kind == Kind.FREEZE_ON;
                freezes++;
            }
            case FOOT_FLAT, MID_SWING, NEAR_FALL ->
                assertThat(e.formerNs).as(line).isEqualTo(e.timeNs);
        }
    }

    @Override
    public void onContactPrediction(ContactPrediction p) {
        String line = "prediction " + p.foot + ' ' + p.contactNs + ' ' + p.halfWidth80Ns + ' ' + p.decidedNs + ' '
                + p.strideNs;
        lines.add(line);
        assertThat(p.contactNs).as(line).isGreaterThan(p.decidedNs);
        assertThat(p.decidedNs).as(line).isLessThanOrEqualTo(newestNs);
        assertThat(p.halfWidth80Ns).as(line).isPositive();
        assertThat(p.strideNs).as(line).isNotNegative();
        predictions++;
    }

    @Override
    public void onFootPhase(FootPhase p) {
        String line = "phase " + p.foot + ' ' + p.timeNs + ' ' + p.phase + ' ' + p.spread;
        lines.add(line);
        int f = p.foot.ordinal();
        if (Double.isNaN(p.phase)) {
            assertThat(p.spread).as(line).isNaN();
            rounds[f] = 1;
        } else {
            assertThat(p.phase).as(line).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(p.spread).as(line).isNotNegative().isFinite();
            if (p.phase < phase[f]) {
                // At a contact, or once before it when it is expected at once.
                assertThat(rounds[f]--).as("%s after %s", line, phase[f]).isPositive();
            }
        }
        phase[f] = p.phase;
    }

    @Override
    public void onStride(StrideEstimate s) {
        String line = "stride " + s.foot + ' ' + s.startNs + ' ' + s.endNs + ' ' + s.decidedNs + ' ' + s.lengthM + ' '
                + s.lengthSdM + ' ' + s.speedMps + ' ' + s.clearanceM + ' ' + s.turnRad + ' ' + s.strideTimeS + ' '
                + s.stanceFraction + ' ' + s.doubleSupportFraction + ' ' + s.stepTimeS;
        lines.add(line);
        assertThat(s.startNs).as(line).isLessThan(s.endNs);
        assertThat(s.endNs).as(line).isLessThanOrEqualTo(s.decidedNs);
        assertThat(s.decidedNs).as(line).isLessThanOrEqualTo(newestNs);
        assertIsNaNOrBetween(line, s.stanceFraction, 0, 1);
        assertIsNaNOrBetween(line, s.doubleSupportFraction, 0, 1);
        assertIsNaNOrBetween(line, s.strideTimeS, 0, 10);
        assertIsNaNOrBetween(line, s.stepTimeS, 0, 10);
        assertIsNaNOrBetween(line, s.lengthM, 0, Double.MAX_VALUE);
        assertIsNaNOrBetween(line, s.lengthSdM, 0, Double.MAX_VALUE);
    }

    @Override
    public void onWalkingBout(WalkingBout b) {
        String line = "bout " + b.over + ' ' + b.startNs + ' ' + b.endNs + ' ' + b.decidedNs + ' ' + b.strides + ' '
                + b.strideTimeS + ' ' + b.strideTimeCv + ' ' + b.strideLengthM + ' ' + b.speedMps;
        lines.add(line);
        assertThat(inBout).as(line).isEqualTo(b.over);
        inBout = !b.over;
        assertThat(b.startNs).as(line).isLessThan(b.endNs);
        assertThat(b.endNs).as(line).isLessThanOrEqualTo(b.decidedNs);
        assertThat(b.strides).as(line).isGreaterThanOrEqualTo(4);
        bouts++;
    }

    @Override
    public void onTurn(Turn t) {
        String line = "turn " + t.startNs + ' ' + t.endNs + ' ' + t.decidedNs + ' ' + t.angleRad + ' ' + t.strides;
        lines.add(line);
        assertThat(t.startNs).as(line).isLessThan(t.endNs);
        assertThat(t.endNs).as(line).isLessThanOrEqualTo(t.decidedNs);
        assertThat(t.decidedNs).as(line).isLessThanOrEqualTo(newestNs);
        assertThat(Math.abs(t.angleRad)).as(line).isGreaterThanOrEqualTo(Math.toRadians(45) - 1e-9);
        turns++;
    }

    @Override
    public void onAlignment(FootAlignment a) {
        String line = "alignment " + a.foot + ' ' + a.timeNs + ' ' + a.state + ' ' + a.axisX + ' ' + a.axisY + ' '
                + a.axisZ + ' ' + a.upX + ' ' + a.upY + ' ' + a.upZ + ' ' + a.confidence + ' ' + a.swapped + ' '
                + a.clipped;
        lines.add(line);
        assertThat(a.confidence).as(line).isBetween(0.0, 1.0);
        assertIsNaNOrBetween(line, a.swapped, 0, 1);
        assertThat(a.timeNs).as(line).isLessThanOrEqualTo(newestNs);
        alignments++;
    }

    private static void assertIsNaNOrBetween(String line, double value, double from, double to) {
        if (!Double.isNaN(value)) {
            assertThat(value).as(line).isBetween(from, to);
        }
    }
}
