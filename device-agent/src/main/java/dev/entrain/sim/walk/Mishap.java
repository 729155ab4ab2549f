package dev.entrain.sim.walk;

import dev.entrain.gait.GaitEvent;
import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;

/** A stumble or a fall, stage by stage: the caught step, the moment it catches, what follows. Not thread-safe. */
final class Mishap {
    private static final double NS_PER_S = 1e9;

    /** Jolt of a stumble of severity 1, m/s2: as hard as a landing. */
    private static final double TRIP_MPS2 = 45;

    private static final int CAUGHT = 1;
    private static final int KNOWN = 2;
    private static final int RECOVERED = 3;
    private static final int RISEN = 4;

    private final Footwork feet;
    private final SeededNoise noise;
    private final TruthSink truth;
    private int stage;
    private Foot caughtFoot = Foot.LEFT;
    private long afterTripNs;
    private long standsNs;

    Mishap(Footwork feet, SeededNoise noise, TruthSink truth) {
        this.feet = feet;
        this.noise = noise;
        this.truth = truth;
    }

    /** None has happened yet. */
    void reset() {
        stage = 0;
    }

    /** Returns whether a stumble is over. */
    boolean recovered() {
        return stage == RECOVERED;
    }

    /** Returns whether a fall is over. */
    boolean risen() {
        return stage == RISEN;
    }

    void stumble(long nowNs, WalkSegment.Stumble stumble, Move move) {
        switch (stage) {
            case 0 -> catchFoot(nowNs, stumble, move);
            case CAUGHT -> {
                truth.onEvent(GaitEvent.Kind.NEAR_FALL, caughtFoot, nowNs);
                Footwork.rest(afterTripNs, move);
            }
            default -> hurriedStep(nowNs, move);
        }
        stage++;
    }

    void fall(long nowNs, WalkSegment.Fall fall, Move move) {
        switch (stage) {
            case 0 -> catchFoot(nowNs, fall.stumble(), move);
            case CAUGHT -> {
                truth.onEvent(GaitEvent.Kind.NEAR_FALL, caughtFoot, nowNs);
                Footwork.rest(feet.stillNs(), move);
            }
            default -> tipOver(nowNs, fall, move);
        }
        stage++;
    }

    private void catchFoot(long nowNs, WalkSegment.Stumble stumble, Move move) {
        feet.stepAgain(nowNs, stumble.lifted() ? 1 : 0.8 * stumble.swingShare() + 0.1, move);
        long swingNs = move.initialContactNs - move.finalContactNs;
        move.tripNs = move.finalContactNs + Math.round(stumble.swingShare() * swingNs);
        move.tripMps2 = TRIP_MPS2 * stumble.severity() * noise.uniform(0.8, 1.2);
        if (stumble.lifted()) {
            move.initialContactNs += Math.round(0.35 * swingNs);
            move.clearanceM *= 2;
        } else {
            // The toes are down when the foot is put down.
            move.initialContactNs = move.tripNs + nanos(0.1);
            move.strikePitchRad = -Math.toRadians(8);
            move.impactMps2 = Math.max(TRIP_MPS2, 1.5 * move.impactMps2);
        }
        feet.settle(move);
        caughtFoot = move.foot;
        afterTripNs = Math.max(move.nextDecisionNs, move.tripNs + 1);
        move.nextDecisionNs = move.tripNs;
    }

    private void hurriedStep(long nowNs, Move move) {
        feet.stepAgain(nowNs, 1.3, move);
        long swingNs = move.initialContactNs - move.finalContactNs;
        move.finalContactNs = nowNs + Math.max(nanos(0.08), Math.round(0.6 * (move.finalContactNs - nowNs)));
        move.initialContactNs = move.finalContactNs + Math.max(nanos(0.12), Math.round(0.7 * swingNs));
        move.swingPeakRadps *= 1.4;
        move.impactMps2 *= 1.5;
        feet.settle(move);
    }

    /** The caught foot goes first, the other a moment later; both stand at the same time. */
    private void tipOver(long nowNs, WalkSegment.Fall fall, Move move) {
        boolean first = stage == KNOWN;
        move.kind = Move.Kind.FALL;
        move.foot = first ? caughtFoot : caughtFoot.other();
        move.startNs = nowNs;
        if (first) {
            standsNs = nowNs + nanos(WalkSegment.Fall.TIP_S + fall.lieS() + WalkSegment.Fall.RISE_S + 0.1);
        }
        move.flatNs = standsNs;
        move.liftRad = Math.toRadians(fall.pitchDeg() * noise.uniform(0.9, 1.1));
        move.tipRad = Math.toRadians(fall.rollDeg() * noise.uniform(0.9, 1.1));
        move.impactMps2 = TRIP_MPS2 * noise.uniform(0.7, 1.5);
        feet.lies(move.foot, move.flatNs);
        move.nextDecisionNs = first ? nowNs + nanos(noise.uniform(0.02, 0.1)) : move.flatNs;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NS_PER_S);
    }
}
