package dev.entrain.validation;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scores the phase told at each sample against the share of the reference's stride that had passed. The first four strides
 * of a foot, and strides under 0.4 s or over 2.5 s, are left out.
 */
final class PhaseScore {
    private static final int STRIDES_BEFORE = 4;
    private static final double SHORTEST_S = 0.4;
    private static final double LONGEST_S = 2.5;

    private final double[] errors;

    private PhaseScore(double[] errors) {
        this.errors = errors;
    }

    /**
     * Reads and compares all phases.
     *
     * @param contacts the initial contacts
     * @param sink receives each stride's error
     * @throws IOException if a file of phases is damaged
     */
    static PhaseScore of(ContactScore contacts, Mishap.Sink sink) throws IOException {
        Doubles errors = new Doubles();
        for (ContactScore.Item item : contacts.items()) {
            Strides strides = new Strides(item.referenceS(), contacts.biasS(), errors);
            item.trial().phases(item.foot(), strides);
            strides.tell(item, sink);
        }
        return new PhaseScore(errors.toArray());
    }

    /** Returns the line; null where no phase was told. */
    @Nullable
    Figures figures() {
        if (errors.length == 0) {
            return null;
        }
        return new Figures("phase")
                .count("n", errors.length)
                .number("rmse_pct", Statistics.rootMeanSquare(errors) * 100)
                .number("p95_pct", Statistics.percentile(Statistics.distances(errors, 0), 95) * 100);
    }

    /** The strides of one foot, and what the phases told in each were off by. */
    private static final class Strides implements Trial.PhaseSink {
        private final double[] contactsS;
        private final double biasS;
        private final Doubles errors;
        private final double[] squares;
        private final int[] counts;

        Strides(double[] contactsS, double biasS, Doubles errors) {
            this.contactsS = contactsS;
            this.biasS = biasS;
            this.errors = errors;
            squares = new double[contactsS.length];
            counts = new int[contactsS.length];
        }

        @Override
        public void at(double timeS, double phase) {
            double time = timeS - biasS;
            int stride = strideAt(time);
            if (stride < STRIDES_BEFORE || stride >= contactsS.length - 1) {
                return;
            }
            double lengthS = contactsS[stride + 1] - contactsS[stride];
            if (lengthS > LONGEST_S || lengthS < SHORTEST_S) {
                return;
            }
            double difference = phase - (time - contactsS[stride]) / lengthS;
            double error = Statistics.floorMod(difference + 0.5, 1) - 0.5;
            errors.add(error);
            squares[stride] += error * error;
            counts[stride]++;
        }

        void tell(ContactScore.Item item, Mishap.Sink sink) {
            for (int n = 0; n < counts.length; n++) {
                if (counts[n] > 0) {
                    double rms = Math.sqrt(squares[n] / counts[n]);
                    double lengthS = contactsS[n + 1] - contactsS[n];
                    String what = String.format(Locale.ROOT, "phase off by %.0f %%", rms * 100);
                    double middleS = contactsS[n] + biasS + lengthS / 2;
                    sink.found(new Mishap(item.trial(), item.foot(), middleS, rms * lengthS, what));
                }
            }
        }

        /** Returns the last contact at or before a time, or -1. */
        private int strideAt(double timeS) {
            int low = 0;
            int high = contactsS.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (contactsS[middle] <= timeS) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }
    }
}
