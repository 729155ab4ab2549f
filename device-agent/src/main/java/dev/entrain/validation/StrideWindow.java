package dev.entrain.validation;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import dev.entrain.sensor.recording.RecordingReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What one foot's sensor and tracker said during a few seconds of a recording. */
final class StrideWindow {
    private final Doubles sampleS = new Doubles();
    private final Doubles rateDps = new Doubles();
    private final Doubles accMps2 = new Doubles();
    private final Doubles phaseS = new Doubles();
    private final Doubles phase = new Doubles();
    private final List<Trial.Prediction> predictions = new ArrayList<>();

    /** One window for each foot by its ordinal; feet without a sensor stay empty. */
    static StrideWindow[] read(Trial trial, double fromS, double toS) throws IOException {
        StrideWindow[] windows = new StrideWindow[Foot.COUNT];
        for (Foot foot : Foot.values()) {
            windows[foot.ordinal()] = new StrideWindow();
        }
        try (RecordingReader reader = new RecordingReader(trial.scan().file())) {
            ImuSample sample = new ImuSample();
            while (reader.next(sample)) {
                double timeS = (sample.timeNs - reader.originNs()) * 1e-9;
                if (timeS >= fromS && timeS <= toS) {
                    windows[sample.foot.ordinal()].add(timeS, sample, trial.scan());
                }
            }
        }
        for (Foot foot : trial.feet()) {
            windows[foot.ordinal()].addTold(trial, foot, fromS, toS);
        }
        return windows;
    }

    private void add(double timeS, ImuSample sample, RecordingScan scan) {
        sampleS.add(timeS);
        rateDps.add(Math.toDegrees(scan.mainRateRadps(sample)));
        accMps2.add(Math.sqrt(
                sample.axMps2 * sample.axMps2 + sample.ayMps2 * sample.ayMps2 + sample.azMps2 * sample.azMps2));
    }

    private void addTold(Trial trial, Foot foot, double fromS, double toS) throws IOException {
        trial.phases(foot, (timeS, value) -> {
            if (timeS >= fromS && timeS <= toS) {
                phaseS.add(timeS);
                phase.add(value);
            }
        });
        for (Trial.Prediction prediction : trial.predictions(foot)) {
            // One made before the window may still be the newest at its start.
            if (prediction.decidedS() >= fromS - 2 && prediction.decidedS() <= toS) {
                predictions.add(prediction);
            }
        }
    }

    double[] sampleS() {
        return sampleS.toArray();
    }

    /** Rates about the main axis in deg/s, turned so that swings, as far as they were told, are positive. */
    double[] rateDps(EventList told, Foot foot) {
        double[] rates = rateDps.toArray();
        double swings = 0;
        for (int i = 0; i < rates.length; i++) {
            swings += isSwing(told, foot, sampleS.get(i)) ? rates[i] : 0;
        }
        for (int i = 0; swings < 0 && i < rates.length; i++) {
            rates[i] = -rates[i];
        }
        return rates;
    }

    private static boolean isSwing(EventList told, Foot foot, double timeS) {
        double latestS = Double.NEGATIVE_INFINITY;
        boolean swing = false;
        for (EventList.Event event : told.all()) {
            boolean contact = event.name().equals("IC") || event.name().equals("FC");
            if (contact && event.foot() == foot.letter() && event.timeS() <= timeS && event.timeS() > latestS) {
                latestS = event.timeS();
                swing = event.name().equals("FC");
            }
        }
        return swing;
    }

    /** Magnitudes of the acceleration. */
    double[] accMps2() {
        return accMps2.toArray();
    }

    double[] phaseS() {
        return phaseS.toArray();
    }

    /** Phases; NaN where one falls, so that a curve breaks there. */
    double[] phase() {
        double[] broken = phase.toArray();
        for (int i = broken.length - 1; i > 0; i--) {
            broken[i] = broken[i] < broken[i - 1] - 0.5 ? Double.NaN : broken[i];
        }
        return broken;
    }

    List<Trial.Prediction> predictions() {
        return predictions;
    }
}
