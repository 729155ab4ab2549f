package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import dev.entrain.session.Block;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Every metric of one part of a session, as the clinic's handbook defines them. A second implementation
 * (src/test/python/session_metrics.py) is written from the handbook and agrees to the last printed digit.
 */
final class PartFigures {
    private static final double SHORTEST_LENGTH_M = 0.15;
    private static final double SLOWEST_MPS = 0.08;
    private static final double FASTEST_MPS = 2.22;

    private final SessionData data;
    private final List<SessionData.BlockSpan> spans;
    private final Walk walk;
    private final Map<MetricName, Metric> metrics = new EnumMap<>(MetricName.class);

    private PartFigures(SessionData data, List<SessionData.BlockSpan> spans) {
        this.data = data;
        this.spans = spans;
        walk = new Walk(data, spans);
    }

    /** Computes every metric in order. */
    static List<Metric> of(SessionData data, List<SessionData.BlockSpan> spans) {
        PartFigures figures = new PartFigures(data, spans);
        figures.rhythm();
        figures.feet();
        figures.way();
        figures.beat();
        figures.fractal();
        figures.freezing();
        figures.retention();
        return new ArrayList<>(figures.metrics.values());
    }

    private void put(MetricName name, double value, int n) {
        metrics.put(name, Metric.of(name, value, n));
    }

    private void rhythm() {
        put(MetricName.CADENCE, walk.cadenceSpm(), walk.stepCount());
        Series all = new Series();
        for (Walk.Contact contact : walk.contacts()) {
            if (!Double.isNaN(contact.strideS())) {
                all.add(contact.strideS());
            }
        }
        put(MetricName.STRIDE_DURATION, all.mean(), all.size());
        double squares = 0;
        int feet = 0;
        for (int foot = 0; foot < Foot.COUNT; foot++) {
            Series strides = walk.strides(Foot.of(foot));
            squares += strides.size() == 0 ? 0 : strides.squares();
            feet += strides.size() == 0 ? 0 : 1;
        }
        double sd = Math.sqrt(squares / (all.size() - feet));
        put(MetricName.STRIDE_DURATION_CV, 100 * sd / all.mean(), all.size());
    }

    private void feet() {
        asymmetry(MetricName.STEP_ASYMMETRY, walk.steps(Foot.LEFT), walk.steps(Foot.RIGHT));
        asymmetry(
                MetricName.STANCE_ASYMMETRY,
                phases(Foot.LEFT, SessionData.Stride::stanceFraction),
                phases(Foot.RIGHT, SessionData.Stride::stanceFraction));
        asymmetry(
                MetricName.SWING_ASYMMETRY,
                phases(Foot.LEFT, stride -> 1 - stride.stanceFraction()),
                phases(Foot.RIGHT, stride -> 1 - stride.stanceFraction()));
    }

    private void asymmetry(MetricName name, Series left, Series right) {
        double value = (left.mean() - right.mean()) / (left.mean() + right.mean());
        put(name, value, Math.min(left.size(), right.size()));
    }

    /** Times of a phase of this foot's strides, s: a fraction of the stride time. */
    private Series phases(Foot foot, ToDoubleFunction<SessionData.Stride> fraction) {
        Series times = new Series();
        for (SessionData.Stride stride : strides()) {
            double share = fraction.applyAsDouble(stride);
            boolean plausible = stride.durationS() >= Walk.SHORTEST_STRIDE_S
                    && stride.durationS() <= Walk.LONGEST_STRIDE_S
                    && share > 0
                    && share < 1;
            if (stride.foot() == foot && plausible) {
                times.add(share * stride.durationS());
            }
        }
        return times;
    }

    private void way() {
        Series support = new Series();
        Series length = new Series();
        Series speed = new Series();
        for (SessionData.Stride stride : strides()) {
            if (stride.doubleSupportFraction() >= 0 && stride.doubleSupportFraction() <= 1) {
                support.add(stride.doubleSupportFraction());
            }
            if (stride.lengthM() >= SHORTEST_LENGTH_M) {
                length.add(stride.lengthM());
            }
            if (stride.speedMps() >= SLOWEST_MPS && stride.speedMps() <= FASTEST_MPS) {
                speed.add(stride.speedMps());
            }
        }
        put(MetricName.DOUBLE_SUPPORT, 100 * support.mean(), support.size());
        put(MetricName.STRIDE_LENGTH, length.mean(), length.size());
        put(MetricName.WALKING_SPEED, speed.mean(), speed.size());
    }

    /** Strides that lie whole in a block of this part. */
    private List<SessionData.Stride> strides() {
        List<SessionData.Stride> inside = new ArrayList<>();
        for (SessionData.BlockSpan span : spans) {
            for (SessionData.Stride stride : data.strides()) {
                if (stride.startS() >= span.startS() && stride.endS() < span.endS()) {
                    inside.add(stride);
                }
            }
        }
        return inside;
    }

    private void beat() {
        Series asynchrony = new Series();
        double x = 0;
        double y = 0;
        Series left = new Series();
        Series right = new Series();
        for (Walk.Contact contact : walk.contacts()) {
            if (!contact.paired()) {
                continue;
            }
            double theta = 2 * Math.PI * walk.asynchronyS(contact) / walk.periodS(contact);
            x += Math.cos(theta);
            y += Math.sin(theta);
            asynchrony.add(walk.asynchronyS(contact));
            if (!Double.isNaN(contact.stepS())) {
                (contact.foot() == Foot.LEFT ? left : right).add(contact.stepS() / walk.periodS(contact));
            }
        }
        int pairs = asynchrony.size();
        put(MetricName.ASYNCHRONY, 1000 * asynchrony.mean(), pairs);
        put(MetricName.ASYNCHRONY_SD, 1000 * asynchrony.sd(), pairs);
        put(MetricName.RELATIVE_PHASE, Math.atan2(y, x), pairs);
        put(MetricName.RESULTANT_LENGTH, Math.sqrt(x * x + y * y) / pairs, pairs);
        LockedWindows windows = new LockedWindows(walk);
        put(MetricName.LOCKED_FRACTION, windows.share(), windows.count());
        double ratio = (left.median() + right.median()) / 2;
        put(MetricName.TEMPO_ACCURACY, 100 * (1 / ratio - 1), left.size() + right.size());
        PhaseCorrection correction = new PhaseCorrection(walk);
        put(MetricName.PHASE_CORRECTION, correction.count() == 0 ? Double.NaN : correction.gain(), correction.count());
    }

    private void fractal() {
        Series left = walk.strides(Foot.LEFT);
        Series right = walk.strides(Foot.RIGHT);
        Series longer = right.size() > left.size() ? right : left;
        boolean enough = longer.size() >= MetricName.DFA_ALPHA.fewest();
        put(MetricName.DFA_ALPHA, enough ? EvenDfa.alpha(longer) : Double.NaN, longer.size());
    }

    private void freezing() {
        double frozenS = 0;
        double allS = 0;
        int begun = 0;
        Series latency = new Series();
        for (SessionData.BlockSpan span : spans) {
            allS += span.endS() - span.startS();
            for (SessionData.Freeze freeze : data.freezes()) {
                double endS = data.endS(freeze);
                frozenS += Math.max(0, Math.min(endS, span.endS()) - Math.max(freeze.startS(), span.startS()));
                if (freeze.startS() >= span.startS() && freeze.startS() < span.endS()) {
                    begun++;
                    double cueS = firstCueFrom(freeze.startS());
                    if (cueS <= endS) {
                        latency.add(cueS - freeze.startS());
                    }
                }
            }
        }
        put(MetricName.FREEZING_TIME, allS > 0 ? 100 * frozenS / allS : Double.NaN, begun);
        put(MetricName.FREEZE_COUNT, begun, begun);
        put(MetricName.FREEZE_TO_CUE, latency.median(), latency.size());
    }

    /** When the first beat from this time on sounds, s; NaN if none does. */
    private double firstCueFrom(double timeS) {
        for (SessionData.Cue cue : data.cues()) {
            if (cue.onsetS() >= timeS) {
                return cue.onsetS();
            }
        }
        return Double.NaN;
    }

    /** Both cadences by the same measure: the unit's C0 leaves out turns, which would look like a change. */
    private void retention() {
        Walk before = new Walk(data, only(data.blocks(), Block.Kind.BASELINE));
        Walk after = new Walk(data, only(spans, Block.Kind.RETENTION));
        double change = 100 * (after.cadenceSpm() - before.cadenceSpm()) / before.cadenceSpm();
        put(MetricName.RETENTION, change, Math.min(before.stepCount(), after.stepCount()));
    }

    private static List<SessionData.BlockSpan> only(List<SessionData.BlockSpan> all, Block.Kind kind) {
        return all.stream().filter(span -> span.kind() == kind).toList();
    }
}
