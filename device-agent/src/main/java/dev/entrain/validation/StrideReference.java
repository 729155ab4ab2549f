package dev.entrain.validation;

import dev.entrain.plot.Panel;
import dev.entrain.sample.Foot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the reference says of a stretch, in the form it is drawn in. */
final class StrideReference {
    private static final double LONGEST_STRIDE_S = 2.5;

    private StrideReference() {}

    /** Returns a foot's reference contacts where the detector should see them, or none. */
    static double[] contacts(DatasetScore score, Trial trial, Foot foot) {
        return contacts(score, trial, foot, "IC");
    }

    private static double[] contacts(DatasetScore score, Trial trial, Foot foot, String event) {
        for (ContactScore contacts : score.contacts()) {
            if (contacts.event().equals(event)) {
                for (ContactScore.Item item : contacts.items()) {
                    if (item.trial() == trial && item.foot() == foot) {
                        return ContactScore.Item.shifted(item.referenceS(), -contacts.biasS());
                    }
                }
            }
        }
        return new double[0];
    }

    /** Returns times and phases of the reference's strides. */
    static double[][] phase(double[] contactsS) {
        return strides(contactsS, 0, 1);
    }

    /** Returns times and what is left to the next contact. */
    static double[][] countdown(double[] contactsS) {
        double[][] lines = strides(contactsS, 1, 0);
        for (int i = 0; i + 2 < lines[1].length; i += 3) {
            lines[1][i] = lines[0][i + 1] - lines[0][i];
        }
        return lines;
    }

    /** One straight line per stride, and a break. */
    private static double[][] strides(double[] contactsS, double first, double last) {
        Doubles times = new Doubles();
        Doubles values = new Doubles();
        for (int i = 0; i + 1 < contactsS.length; i++) {
            if (contactsS[i + 1] - contactsS[i] <= LONGEST_STRIDE_S) {
                times.add(contactsS[i]);
                values.add(first);
                times.add(contactsS[i + 1]);
                values.add(last);
                times.add(contactsS[i + 1]);
                values.add(Double.NaN);
            }
        }
        return new double[][] {times.toArray(), values.toArray()};
    }

    /** Draws each prediction, with its interval, as long as it was the newest. */
    static void predictions(Panel panel, List<Trial.Prediction> predictions, double fromS, double toS) {
        for (int i = 0; i < predictions.size(); i++) {
            Trial.Prediction now = predictions.get(i);
            double until = i + 1 < predictions.size() ? predictions.get(i + 1).decidedS() : toS;
            double begin = Math.max(now.decidedS(), fromS);
            // From its predicted contact on, a prediction says nothing any more.
            double end = Math.min(Math.min(until, toS), now.contactS());
            if (!(end > begin)) {
                continue;
            }
            double[] times = {begin, end};
            double[] left = {now.contactS() - begin, now.contactS() - end};
            if (!Double.isNaN(now.halfWidthS())) {
                double half = now.halfWidthS();
                panel.band(
                        times,
                        new double[] {left[0] - half, left[1] - half},
                        new double[] {left[0] + half, left[1] + half},
                        "fgreen");
            }
            panel.curve(times, left, "green");
        }
    }

    /** Draws a foot's contacts through a panel, the reference's dashed and the told ones drawn through. */
    static void verticals(DatasetScore score, Trial trial, Foot foot, Panel panel) {
        for (double timeS : contacts(score, trial, foot, "IC")) {
            panel.vertical(timeS, "curve thin black dash");
        }
        for (double timeS : contacts(score, trial, foot, "FC")) {
            panel.vertical(timeS, "curve thin black dash faint");
        }
        for (double timeS : trial.detected().times(foot, "IC")) {
            panel.vertical(timeS, "curve thin red");
        }
        for (double timeS : trial.detected().times(foot, "FC")) {
            panel.vertical(timeS, "curve thin blue faint");
        }
    }

    /** Marks a foot's reference events, contacts moved to where the detector should see them. */
    static void events(DatasetScore score, Trial trial, Foot foot, EventLane lane) {
        double[] off = trial.truth().times(foot, "HEEL_OFF");
        double[] flat = trial.truth().times(foot, "FOOT_FLAT");
        for (int i = 0; i < Math.min(off.length, flat.length); i++) {
            lane.movement(off[i], flat[i]);
        }
        Map<Double, String> marks = new TreeMap<>();
        for (EventList.Event event : trial.truth().all()) {
            if (event.foot() == foot.letter()) {
                marks.put(event.timeS(), event.name());
            }
        }
        for (String contact : new String[] {"IC", "FC"}) {
            for (double timeS : trial.truth().times(foot, contact)) {
                marks.remove(timeS);
            }
            for (double timeS : contacts(score, trial, foot, contact)) {
                marks.put(timeS, contact);
            }
        }
        marks.forEach((timeS, name) -> lane.show(timeS, name, Double.NaN));
    }
}
