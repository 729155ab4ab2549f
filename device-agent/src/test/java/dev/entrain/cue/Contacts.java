package dev.entrain.cue;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;

/** Feeds a walker's contacts, feet in turn, without a planner. */
final class Contacts {
    private final Walker walker;
    private final GaitEvent event = new GaitEvent();
    private double exactNs = 1e9;
    long timeNs;
    Foot foot = Foot.RIGHT;

    Contacts(Walker walker) {
        this.walker = walker;
    }

    void step(double intervalNs) {
        exactNs += intervalNs;
        timeNs = Math.round(exactNs);
        foot = foot.other();
        walker.onGaitEvent(event.set(GaitEvent.Kind.INITIAL_CONTACT, foot, timeNs, timeNs, 1));
    }
}
