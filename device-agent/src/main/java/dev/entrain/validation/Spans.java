package dev.entrain.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Closed spans of time, in seconds. */
final class Spans {
    /** References further apart than this belong to different bouts of walking. */
    private static final double BOUT_GAP_S = 2.5;

    private static final double BOUT_PAD_S = 0.25;

    private final List<Span> spans = new ArrayList<>();

    /** One span; both ends belong to it. */
    record Span(double fromS, double toS) {
        boolean holds(double timeS) {
            return fromS <= timeS && timeS <= toS;
        }
    }

    /** Returns the stretches a reference covers; what is detected outside of them can be neither right nor wrong. */
    static Spans coveredBy(double[] referenceS) {
        Spans covered = new Spans();
        if (referenceS.length == 0) {
            return covered;
        }
        double[] sorted = referenceS.clone();
        Arrays.sort(sorted);
        double first = sorted[0];
        double last = sorted[0];
        for (double time : sorted) {
            if (time - last > BOUT_GAP_S) {
                covered.add(first - BOUT_PAD_S, last + BOUT_PAD_S);
                first = time;
            }
            last = time;
        }
        covered.add(first - BOUT_PAD_S, last + BOUT_PAD_S);
        return covered;
    }

    void add(double fromS, double toS) {
        spans.add(new Span(fromS, toS));
    }

    List<Span> all() {
        return spans;
    }

    boolean hold(double timeS) {
        for (Span span : spans) {
            if (span.holds(timeS)) {
                return true;
            }
        }
        return false;
    }
}
