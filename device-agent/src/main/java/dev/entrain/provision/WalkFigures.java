package dev.entrain.provision;

import dev.entrain.check.Finding;
import dev.entrain.sample.Foot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a test walk measured.
 *
 * @param seconds how long it was
 * @param feet of each foot that has a sensor
 * @param cues beats the core decided on
 * @param cuesPlayed beats that were given to the card
 * @param cuesLate beats too late for the card
 * @param underruns times the card ran out of sound
 * @param output the card as granted, or what is wrong with it and what to do, for a person
 * @param sounds whether the card played at the end
 * @param realTime what the kernel granted, for a person
 * @param reports whether the unit reports to a broker at all
 * @param brokerLost times the line to the broker was found down; -1 if it never was up
 * @param onTheBeat share of the steps with a beat that came within 15 % of its interval, 0 to 1; NaN if there was none
 */
record WalkFigures(
        double seconds,
        Map<Foot, FootFigures> feet,
        long cues,
        long cuesPlayed,
        long cuesLate,
        long underruns,
        String output,
        boolean sounds,
        String realTime,
        boolean reports,
        int brokerLost,
        double onTheBeat) {
    private static final String AREA = "walk";
    private static final int LEAST_STEPS_PER_30_S = 8;
    private static final double LEAST_RATE_HZ = 80;
    private static final double MOST_LOSS = 0.01;
    private static final double MOST_GAP_S = 0.2;

    /**
     * What one foot's sensor gave.
     *
     * @param rateHz readings a second
     * @param readings how many came
     * @param lost how many were numbered and never came
     * @param longestGapS longest time between two readings
     * @param steps initial contacts
     */
    record FootFigures(double rateHz, long readings, long lost, double longestGapS, int steps) {}

    WalkFigures {
        feet = new EnumMap<>(feet);
    }

    /** Judges each figure. */
    List<Finding> findings(List<Foot> worn) {
        List<Finding> list = new ArrayList<>();
        for (Foot foot : worn) {
            foot(foot, feet.get(foot), list);
        }
        sound(list);
        String line = brokerLost < 0
                ? "never connected"
                : brokerLost == 0 ? "connected throughout" : "lost " + brokerLost + " times";
        if (!reports) {
            list.add(Finding.skipped(AREA, "broker", "this unit reports to nobody"));
        } else if (brokerLost == 0) {
            list.add(Finding.ok(AREA, "broker", line));
        } else {
            list.add(Finding.warn(
                    AREA, "broker", line, "Look at the network. Nothing is lost: records wait in the unit's journal."));
        }
        return list;
    }

    private void foot(Foot foot, @Nullable FootFigures figures, List<Finding> list) {
        String area = AREA + " " + foot.word();
        if (figures == null || figures.readings() == 0) {
            list.add(Finding.fail(
                    area, "rate", "no readings", "Is the sensor on? entrain provision --step sensors --step side"));
            return;
        }
        String rate = String.format(
                Locale.ROOT,
                "%.1f Hz, %d of %d lost, longest gap %.0f ms",
                figures.rateHz(),
                figures.lost(),
                figures.readings() + figures.lost(),
                figures.longestGapS() * 1000);
        double loss = (double) figures.lost() / (figures.readings() + figures.lost());
        if (figures.rateHz() < LEAST_RATE_HZ) {
            list.add(Finding.warn(area, "rate", rate, "Steps need 100 Hz or more: set the sensor's rate higher."));
        } else if (loss > MOST_LOSS || figures.longestGapS() > MOST_GAP_S) {
            list.add(Finding.warn(
                    area, "rate", rate, "Check cable and plug of this foot; then walk again: --step walk"));
        } else {
            list.add(Finding.ok(area, "rate", rate));
        }
        long least = Math.round(LEAST_STEPS_PER_30_S * seconds / 30);
        String steps = figures.steps() + " steps in " + Math.round(seconds) + " s";
        list.add(
                figures.steps() >= least
                        ? Finding.ok(area, "steps", steps)
                        : Finding.fail(
                                area,
                                "steps",
                                steps,
                                "Did this foot walk for the whole time? Is the sensor tight on shoe or sole? Then: --step walk"));
    }

    private void sound(List<Finding> list) {
        String played = String.format(
                Locale.ROOT,
                "%d beats played, %d late%s",
                cuesPlayed,
                cuesLate,
                Double.isNaN(onTheBeat)
                        ? ""
                        : String.format(Locale.ROOT, ", %.0f %% of steps on the beat", onTheBeat * 100));
        if (!sounds) {
            list.add(Finding.fail(
                    AREA, "sound", output, "Then: entrain provision --step sound --step config --step walk"));
            return;
        }
        if (cuesPlayed == 0) {
            list.add(Finding.fail(
                    AREA, "sound", "no beat was played", "Walk steadily for the whole time, then: --step walk"));
        } else if (cuesLate > 0) {
            list.add(Finding.warn(
                    AREA, "sound", played, "The computer was too busy: see real time, and end other programs."));
        } else {
            list.add(Finding.ok(AREA, "sound", played));
        }
        String breaks = underruns + " underruns, " + output;
        list.add(
                underruns == 0
                        ? Finding.ok(AREA, "card", breaks)
                        : Finding.warn(
                                AREA,
                                "card",
                                breaks,
                                "See entrain cue-test --stress; another power supply, another card."));
        list.add(Finding.ok(AREA, "real time", realTime));
    }
}
