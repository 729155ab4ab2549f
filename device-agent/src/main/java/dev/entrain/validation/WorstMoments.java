package dev.entrain.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the stretches of a few seconds in which a replay and its reference disagree most: the sum of the severities
 * inside, so that a stride gone wrong in every respect comes before a single late event. In the middle is the worst of all.
 */
final class WorstMoments {
    /** Disagreements below this are what two good instruments differ by; they choose no stretch by their number. */
    private static final double NOTABLE_S = 0.03;

    /** Of the worst moments, only so many can begin a stretch; a bound for recordings where everything is wrong. */
    private static final int MOST_CONSIDERED = 2000;

    private WorstMoments() {}

    /** One stretch: the mishap in its middle, all inside, and their sum. */
    record Stretch(Mishap worst, List<Mishap> all, double sumS) {
        Stretch {
            all = List.copyOf(all);
        }

        double fromS() {
            return worst.timeS() - worst.halfS();
        }

        double toS() {
            return worst.timeS() + worst.halfS();
        }
    }

    /** Returns the worst stretches, worst first; two of one recording do not overlap. */
    static List<Stretch> of(List<Mishap> mishaps, int count) {
        Map<Trial, List<Mishap>> byTrial = new HashMap<>();
        mishaps.forEach(mishap -> byTrial.computeIfAbsent(mishap.trial(), trial -> new ArrayList<>())
                .add(mishap));
        List<Stretch> stretches = mishaps.stream()
                .sorted(Comparator.comparingDouble(Mishap::severityS).reversed())
                .limit(MOST_CONSIDERED)
                .map(mishap -> around(mishap, byTrial.getOrDefault(mishap.trial(), List.of())))
                .filter(stretch -> stretch.all().isEmpty()
                        || stretch.all().getFirst().severityS()
                                <= stretch.worst().severityS())
                .sorted(Comparator.comparingDouble(Stretch::sumS).reversed())
                .toList();
        List<Stretch> chosen = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (chosen.size() == count) {
                break;
            }
            boolean overlaps = chosen.stream()
                    .anyMatch(other -> other.worst.trial() == stretch.worst.trial()
                            && Math.abs(other.worst.timeS() - stretch.worst.timeS())
                                    < other.worst.halfS() + stretch.worst.halfS());
            if (!overlaps) {
                chosen.add(stretch);
            }
        }
        return chosen;
    }

    private static Stretch around(Mishap worst, List<Mishap> ofTrial) {
        List<Mishap> inside = new ArrayList<>();
        double sum = worst.severityS();
        for (Mishap mishap : ofTrial) {
            if (!mishap.equals(worst)
                    && mishap.severityS() >= NOTABLE_S
                    && Math.abs(mishap.timeS() - worst.timeS()) <= worst.halfS() / 2) {
                inside.add(mishap);
                sum += mishap.severityS();
            }
        }
        inside.sort(Comparator.comparingDouble(Mishap::severityS).reversed());
        return new Stretch(worst, inside, sum);
    }
}
