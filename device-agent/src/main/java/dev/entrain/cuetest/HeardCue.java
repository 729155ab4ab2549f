package dev.entrain.cuetest;

import java.util.List;

/**
 * A beat that was looked for in the recording.
 *
 * @param cueId its number
 * @param onsetNs when it was planned, ns
 * @param places where it may be, strongest first; each lag is ns after the planned moment
 */
record HeardCue(long cueId, long onsetNs, List<Place> places) {
    HeardCue {
        places = List.copyOf(places);
    }

    /**
     * One of them.
     *
     * @param lagNs heard minus planned, ns
     * @param arrival what was found there
     */
    record Place(double lagNs, Arrival arrival) {
        double size() {
            return Math.abs(arrival.amplitude());
        }
    }
}
