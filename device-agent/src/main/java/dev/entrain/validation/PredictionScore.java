package dev.entrain.validation;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores predictions of the next initial contact: at a horizon before a contact, the newest prediction made by then is the
 * one an application would use. Contacts with fewer than four strides before them are not asked for.
 */
final class PredictionScore {
    private static final int STRIDES_BEFORE = 4;
    private static final double STRIDES_WITHIN_S = 10;
    private static final double OLDEST_S = 1.5;
    private static final double PAST_SLACK_S = 0.05;
    private static final double MS = 1e3;

    private final double horizonS;
    private final int wanted;
    private final double[] errorsS;
    private final double[] halfWidthsS;

    private PredictionScore(double horizonS, int wanted, double[] errorsS, double[] halfWidthsS) {
        this.horizonS = horizonS;
        this.wanted = wanted;
        this.errorsS = errorsS;
        this.halfWidthsS = halfWidthsS;
    }

    /**
     * Scores several horizons in one reading of the predictions.
     *
     * @param contacts the initial contacts
     * @param horizonsS times before the contact, s
     * @throws IOException if a file of predictions is damaged
     */
    static PredictionScore[] of(ContactScore contacts, double... horizonsS) throws IOException {
        Doubles[] errors = new Doubles[horizonsS.length];
        Doubles[] halfWidths = new Doubles[horizonsS.length];
        for (int h = 0; h < horizonsS.length; h++) {
            errors[h] = new Doubles();
            halfWidths[h] = new Doubles();
        }
        int wanted = 0;
        double bias = contacts.biasS();
        for (ContactScore.Item item : contacts.items()) {
            List<Trial.Prediction> predictions = item.trial().predictions(item.foot());
            double[] reference = item.referenceS();
            for (int n = STRIDES_BEFORE; n < reference.length; n++) {
                if (reference[n] - reference[n - STRIDES_BEFORE] > STRIDES_WITHIN_S) {
                    continue;
                }
                wanted++;
                for (int h = 0; h < horizonsS.length; h++) {
                    Trial.Prediction newest = newest(predictions, reference[n], bias, horizonsS[h]);
                    if (newest != null) {
                        errors[h].add(newest.contactS() - bias - reference[n]);
                        halfWidths[h].add(newest.halfWidthS());
                    }
                }
            }
        }
        PredictionScore[] scores = new PredictionScore[horizonsS.length];
        for (int h = 0; h < scores.length; h++) {
            scores[h] = new PredictionScore(horizonsS[h], wanted, errors[h].toArray(), halfWidths[h].toArray());
        }
        return scores;
    }

    private static Trial.@Nullable Prediction newest(
            List<Trial.Prediction> predictions, double contactS, double biasS, double horizonS) {
        Trial.Prediction newest = null;
        for (Trial.Prediction prediction : predictions) {
            double decided = prediction.decidedS();
            if (decided <= contactS + biasS - horizonS
                    && decided > contactS + biasS - OLDEST_S
                    && prediction.contactS() > contactS + biasS - horizonS - PAST_SLACK_S
                    && (newest == null || decided > newest.decidedS())) {
                newest = prediction;
            }
        }
        return newest;
    }

    double horizonS() {
        return horizonS;
    }

    /** Predicted minus true contact, less the bias, s. */
    double[] errorsS() {
        return errorsS;
    }

    /** Share of contacts for which there was a prediction. */
    double answered() {
        return Statistics.share(errorsS.length, wanted);
    }

    Figures figures() {
        Figures figures = new Figures("next").count("n", wanted);
        if (errorsS.length == 0) {
            return figures.number("answered", 0);
        }
        return figures.number("answered", answered())
                .number("mae_ms", Statistics.mean(Statistics.distances(errorsS, 0)) * MS)
                .number("bias_ms", Statistics.mean(errorsS) * MS)
                .number("within50", Statistics.shareWithin(errorsS, 0.05));
    }

    /** Share of contacts inside the interval stated for 80 %; NaN where no prediction states one. */
    double coverage() {
        int stated = 0;
        int inside = 0;
        for (int i = 0; i < errorsS.length; i++) {
            if (!Double.isNaN(halfWidthsS[i])) {
                stated++;
                inside += Math.abs(errorsS[i]) <= halfWidthsS[i] ? 1 : 0;
            }
        }
        return stated == 0 ? Double.NaN : (double) inside / stated;
    }

    /** How honest the stated 80 % intervals are; null where no prediction states one. */
    @Nullable
    Figures interval() {
        Doubles stated = new Doubles();
        for (double halfWidth : halfWidthsS) {
            if (!Double.isNaN(halfWidth)) {
                stated.add(halfWidth);
            }
        }
        if (stated.size() == 0) {
            return null;
        }
        double[] widths = stated.toArray();
        return new Figures("interval")
                .count("n", widths.length)
                .number("inside", coverage())
                .number("half_width_ms", Statistics.median(widths) * MS)
                .number("p95_half_width_ms", Statistics.percentile(widths, 95) * MS);
    }
}
