package dev.entrain.outcome;

import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of one part of a session that count, with their strides and their beats.
 *
 * <p>Contacts of a block with at most {@value #LONGEST_BREAK_S} s and no freezing episode between them are a bout; those within
 * an episode do not count. A bout counts if it holds at least {@value #FEWEST_STRIDES} strides (bounds of Mobilise-D; times of stride as in its plausibility ranges).
 */
final class Walk {
    static final double LONGEST_BREAK_S = 3;
    static final int FEWEST_STRIDES = 4;
    static final double SHORTEST_STRIDE_S = 0.2;
    static final double LONGEST_STRIDE_S = 3;
    private static final double SHORTEST_STEP_S = SHORTEST_STRIDE_S / 2;
    private static final double LONGEST_STEP_S = LONGEST_STRIDE_S / 2;
    private static final double SLOWEST_SPM = 40;
    private static final double FASTEST_SPM = 173;

    /**
     * A contact that counts.
     *
     * @param span which block of the part
     * @param bout running number in the part
     * @param stepS time since the other foot's contact before it; NaN where there is none, or it is not plausible
     * @param strideS time since this foot's contact before it, with at most one contact of the other between; NaN likewise
     * @param cue place of its beat in {@link SessionData#cues}; -1 if none lies within half an interval
     */
    record Contact(double timeS, Foot foot, int span, int bout, double stepS, double strideS, int cue) {
        boolean paired() {
            return cue >= 0;
        }
    }

    private final List<Contact> contacts = new ArrayList<>();
    private final SessionData data;
    private final List<SessionData.Cue> cues;
    private int bouts;

    Walk(SessionData data, List<SessionData.BlockSpan> spans) {
        this.data = data;
        cues = data.cues();
        for (int span = 0; span < spans.size(); span++) {
            addSpan(spans.get(span), span);
        }
    }

    List<Contact> contacts() {
        return contacts;
    }

    /** Step minus beat of a paired contact, s. */
    double asynchronyS(Contact contact) {
        return contact.timeS - cues.get(contact.cue).onsetS();
    }

    /** Interval of a paired contact's beat, s. */
    double periodS(Contact contact) {
        return cues.get(contact.cue).periodS();
    }

    /** When a paired contact's beat sounded, s. */
    double onsetS(Contact contact) {
        return cues.get(contact.cue).onsetS();
    }

    /** Times of the steps that end with this foot. */
    Series steps(Foot foot) {
        Series series = new Series();
        for (Contact contact : contacts) {
            if (contact.foot == foot && !Double.isNaN(contact.stepS)) {
                series.add(contact.stepS);
            }
        }
        return series;
    }

    /** Times of this foot's strides. */
    Series strides(Foot foot) {
        Series series = new Series();
        for (Contact contact : contacts) {
            if (contact.foot == foot && !Double.isNaN(contact.strideS)) {
                series.add(contact.strideS);
            }
        }
        return series;
    }

    /** 60 over the mean of both feet's median step times; NaN if a foot has none or the cadence is not plausible. */
    double cadenceSpm() {
        double spm = 60 / ((steps(Foot.LEFT).median() + steps(Foot.RIGHT).median()) / 2);
        return spm >= SLOWEST_SPM && spm <= FASTEST_SPM ? spm : Double.NaN;
    }

    int stepCount() {
        return steps(Foot.LEFT).size() + steps(Foot.RIGHT).size();
    }

    private void addSpan(SessionData.BlockSpan span, int number) {
        List<SessionData.Step> bout = new ArrayList<>();
        for (SessionData.Step step : data.steps()) {
            if (step.timeS() < span.startS() || step.timeS() >= span.endS() || frozen(step.timeS(), step.timeS())) {
                continue;
            }
            if (!bout.isEmpty() && broken(bout.getLast().timeS(), step.timeS())) {
                addBout(bout, number);
                bout.clear();
            }
            bout.add(step);
        }
        addBout(bout, number);
    }

    private boolean broken(double fromS, double toS) {
        return toS - fromS > LONGEST_BREAK_S || frozen(fromS, toS);
    }

    /** Whether a freezing episode touches the time from..to. */
    private boolean frozen(double fromS, double toS) {
        for (SessionData.Freeze freeze : data.freezes()) {
            if (freeze.startS() <= toS && data.endS(freeze) >= fromS) {
                return true;
            }
        }
        return false;
    }

    private void addBout(List<SessionData.Step> bout, int span) {
        List<Contact> found = new ArrayList<>();
        int[] last = {-1, -1};
        int strides = 0;
        for (int i = 0; i < bout.size(); i++) {
            SessionData.Step step = bout.get(i);
            int own = step.foot().ordinal();
            double stepS = Double.NaN;
            if (i > 0 && bout.get(i - 1).foot() != step.foot()) {
                stepS = plausible(step.timeS() - bout.get(i - 1).timeS(), SHORTEST_STEP_S, LONGEST_STEP_S);
            }
            double strideS = Double.NaN;
            if (last[own] >= 0 && i - last[own] <= 2) {
                strideS = plausible(step.timeS() - bout.get(last[own]).timeS(), SHORTEST_STRIDE_S, LONGEST_STRIDE_S);
            }
            strides += Double.isNaN(strideS) ? 0 : 1;
            last[own] = i;
            found.add(new Contact(step.timeS(), step.foot(), span, bouts, stepS, strideS, beatOf(step.timeS())));
        }
        if (strides >= FEWEST_STRIDES) {
            contacts.addAll(found);
            bouts++;
        }
    }

    /** The nearest beat, of two equally near the earlier, if it lies within half its interval. */
    private int beatOf(double timeS) {
        int low = 0;
        int high = cues.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cues.get(middle).onsetS() < timeS) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int nearest = low < cues.size() ? low : low - 1;
        if (low > 0
                && low < cues.size()
                && timeS - cues.get(low - 1).onsetS() <= cues.get(low).onsetS() - timeS) {
            nearest = low - 1;
        }
        return nearest >= 0
                        && 2 * Math.abs(timeS - cues.get(nearest).onsetS())
                                <= cues.get(nearest).periodS()
                ? nearest
                : -1;
    }

    private static double plausible(double value, double least, double most) {
        return value >= least && value <= most ? value : Double.NaN;
    }
}
