package dev.entrain.validation;

import dev.entrain.sample.Foot;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Scores stride lengths; strides are matched by the middle of their swings. */
final class LengthScore {
    private static final double SAME_STRIDE_S = 0.35;

    /** A stride from contact to contact has its mid-swing about this long before its end. */
    private static final double SWING_BEFORE_END_S = 0.2;

    private static final double CM = 100;

    private final double[] errorsM;

    LengthScore(List<Trial> trials, Mishap.Sink sink) {
        Doubles errors = new Doubles();
        for (Trial trial : trials) {
            for (Foot foot : trial.feet()) {
                compare(trial, foot, errors, sink);
            }
        }
        errorsM = errors.toArray();
    }

    private static void compare(Trial trial, Foot foot, Doubles errors, Mishap.Sink sink) {
        List<Trial.Stride> reference = trial.truthStrides(foot);
        List<Trial.Stride> strides = trial.strides(foot);
        boolean fromContact = trial.facts().strideFromContact();
        double[] referenceS = reference.stream()
                .mapToDouble(stride -> fromContact ? stride.endS() - SWING_BEFORE_END_S : stride.middleS())
                .toArray();
        double[] stridesS = strides.stream().mapToDouble(Trial.Stride::middleS).toArray();
        for (EventMatch.Pair pair :
                EventMatch.of(stridesS, referenceS, SAME_STRIDE_S).pairs()) {
            double lengthM = strides.get(pair.detected()).lengthM();
            if (Double.isFinite(lengthM)) {
                double errorM = lengthM - reference.get(pair.reference()).lengthM();
                errors.add(errorM);
                String what = String.format(
                        Locale.ROOT, "stride %.0f cm too %s", Math.abs(errorM) * CM, errorM > 0 ? "long" : "short");
                sink.found(new Mishap(trial, foot, stridesS[pair.detected()], Math.abs(errorM), what));
            }
        }
    }

    /** Estimated minus true lengths, m. */
    double[] errorsM() {
        return errorsM;
    }

    /** Returns the line; null where nothing could be compared. */
    @Nullable
    Figures figures() {
        if (errorsM.length == 0) {
            return null;
        }
        return new Figures("length")
                .count("n", errorsM.length)
                .number("bias_cm", Statistics.mean(errorsM) * CM)
                .number("sd_cm", Statistics.deviation(errorsM) * CM)
                .number("mae_cm", Statistics.mean(Statistics.distances(errorsM, 0)) * CM);
    }
}
