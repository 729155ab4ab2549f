package dev.entrain.sim.patient;

import dev.entrain.gait.GaitEvent;
import dev.entrain.noise.SeededNoise;
import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.Footwork;
import dev.entrain.sim.walk.Gait;
import dev.entrain.sim.walk.Move;
import dev.entrain.sim.walk.TruthSink;
import dev.entrain.sim.walk.WalkSegment;
import dev.entrain.sim.walk.Walker;

/**
 * A patient who walks up and down a corridor, does what he is told, follows the beat he hears as {@link Timekeeper} says and
 * freezes as {@link FreezeCourse} decides. Whoever simulates him tells what he hears when it sounds, in order of time and
 * before a later decision is asked for. He stands until told to walk. Not thread-safe.
 */
public final class Patient implements Walker {
    /** Length of the corridor, m; at its end he turns by himself. */
    public static final double CORRIDOR_M = 60;

    private static final double TURN_DEG = 180;
    private static final double TURN_PER_STEP_DEG = 45;
    /** While nothing moves he is asked again this soon, so that he can react, ns. */
    private static final long IDLE_NS = 50_000_000L;
    /** A freeze shows a moment after the last foot has come to rest. */
    private static final long FREEZE_DELAY_NS = 100_000_000L;
    /** Steps after standing or freezing until walking is as usual; freezing is likelier in them. */
    private static final int STARTING_STEPS = 3;

    private static final double[] FESTINATION_LENGTH = {0.75, 0.55, 0.4, 0.3};
    private static final double FESTINATION_HURRY_PER_STEP = 0.05;

    private final PatientProfile profile;
    private final TruthSink truth;
    private final Ears ears = new Ears();
    private final Timekeeper timekeeper;
    private final FreezeCourse freezing;
    private final Footwork feet;

    private boolean walking;
    private boolean wantsToWalk;
    private boolean wantsToTurn;
    private long wantsFromNs;
    private boolean toldSomething;
    private boolean turnTold;
    private long stoodFromNs;
    private double lapM;
    private int turnStepsLeft;
    private long turnStartNs;
    private double turnSign = 1;
    private int stepsSinceStart;
    private boolean startsWithShuffle;
    private boolean freezeComing;
    private int festinationStep = -1;

    /**
     * @param profile how he walks and listens
     * @param seed of everything random
     * @param truth hears of his turns and freezing
     */
    public Patient(PatientProfile profile, long seed, TruthSink truth) {
        this.profile = profile;
        this.truth = truth;
        timekeeper = new Timekeeper(profile, ears, seed);
        freezing = new FreezeCourse(profile.freezing(), seed);
        feet = new Footwork(timekeeper, new SeededNoise(seed, 2));
    }

    /**
     * A beat sounds.
     *
     * @param onsetNs when; the present
     * @param periodNs the interval of the tempo that led to it, ns
     * @param foot the foot it is meant for; he does not tell them apart
     */
    public void hear(long onsetNs, long periodNs, Foot foot) {
        ears.hear(onsetNs, periodNs);
        freezing.hear(onsetNs);
    }

    /** Words are heard; he does it after his reaction time. */
    public void hear(Spoken word, long nowNs) {
        switch (word) {
            case TURN -> turnTold = true;
            case WALK -> wantsToWalk = true;
            case STOP -> wantsToWalk = false;
        }
        toldSomething = true;
        wantsFromNs = nowNs + Math.round(profile.stamina().reactionS() * 1e9);
    }

    /** Returns whether he is in a freeze. */
    public boolean frozen() {
        return freezing.frozen();
    }

    /** Returns whether a beat ended his newest freeze. */
    public boolean relieved() {
        return freezing.relieved();
    }

    /** Returns whether his newest freeze trembles; one that does not looks like standing. */
    public boolean trembling() {
        return freezing.liftDeg() > 0;
    }

    /** Returns whether he follows a beat at present. */
    public boolean following() {
        return timekeeper.following();
    }

    /** Returns whether he hears a beat that he has given up to follow. */
    public boolean givenUp() {
        return timekeeper.givenUp();
    }

    @Override
    public void decide(long nowNs, Move move) {
        act(nowNs);
        if (freezing.frozen()) {
            frozen(nowNs, move);
        } else if (freezeComing && festinationStep < 0) {
            freeze(nowNs, move);
        } else if (!walking && feet.striding()) {
            feet.closeUp(nowNs, move);
            stoodFromNs = move.nextDecisionNs;
        } else if (!walking) {
            stand(nowNs, move);
        } else if (!feet.striding() && nowNs < feet.stillNs()) {
            Footwork.rest(feet.stillNs(), move);
        } else {
            step(nowNs, move);
        }
    }

    private void act(long nowNs) {
        if (!toldSomething || nowNs < wantsFromNs) {
            return;
        }
        toldSomething = false;
        wantsToTurn |= turnTold;
        turnTold = false;
        if (wantsToWalk != walking) {
            walking = wantsToWalk;
            begin(false);
        }
    }

    private void begin(boolean shuffling) {
        stepsSinceStart = 0;
        startsWithShuffle = shuffling;
    }

    private void stand(long nowNs, Move move) {
        timekeeper.rested((nowNs - stoodFromNs) * 1e-9);
        stoodFromNs = nowNs;
        Footwork.rest(nowNs + IDLE_NS, move);
    }

    private void step(long nowNs, Move move) {
        if (!feet.striding()) {
            timekeeper.begin();
        }
        if (turnStepsLeft == 0 && (wantsToTurn || lapM > CORRIDOR_M)) {
            wantsToTurn = false;
            lapM = 0;
            turnStepsLeft = (int) (TURN_DEG / TURN_PER_STEP_DEG);
            turnStartNs = nowNs;
            turnSign = -turnSign;
        }
        boolean turning = turnStepsLeft > 0;
        Gait gait = gaitNow(turning);
        double turnRad = turning ? turnSign * Math.toRadians(TURN_PER_STEP_DEG) : 0;
        timekeeper.hurry(festinationStep >= 0 ? 1 - FESTINATION_HURRY_PER_STEP * (festinationStep + 1) : 1);
        feet.step(nowNs, gait, turnRad, move);
        lapM += gait.strideLengthM() / 2;
        stepsSinceStart++;
        if (turning && --turnStepsLeft == 0) {
            truth.onTurn(turnStartNs, move.initialContactNs, turnSign * TURN_DEG);
        }
        boolean hard = turning || stepsSinceStart <= STARTING_STEPS;
        if (festinationStep >= 0) {
            festinationStep = festinationStep + 1 < FESTINATION_LENGTH.length ? festinationStep + 1 : -1;
        } else if (freezing.comes(nowNs, timekeeper.periodS(), ears.rhythm(nowNs), hard)) {
            freezeComing = true;
            festinationStep = freezing.festinates() ? 0 : -1;
        }
    }

    private Gait gaitNow(boolean turning) {
        Gait gait = profile.gait().withCadence(Math.clamp(60 / timekeeper.periodS(), 20, 220));
        if (festinationStep >= 0) {
            Gait little = WalkSegment.shuffling(gait);
            double share = (festinationStep + 1.0) / FESTINATION_LENGTH.length;
            return gait.towards(little, share)
                    .withStrideLength(Math.max(0.05, gait.strideLengthM() * FESTINATION_LENGTH[festinationStep]));
        }
        if (startsWithShuffle && stepsSinceStart < STARTING_STEPS) {
            return gait.towards(WalkSegment.shuffling(gait), 1 - stepsSinceStart / (double) STARTING_STEPS);
        }
        // In a turn steps are shorter and gentler, while the rhythm goes on.
        return turning ? WalkSegment.turning(gait).withCadence(gait.cadenceSpm()) : gait;
    }

    private void freeze(long nowNs, Move move) {
        long stillNs = feet.stillNs() + FREEZE_DELAY_NS;
        if (nowNs < stillNs) {
            Footwork.rest(stillNs, move);
            return;
        }
        freezeComing = false;
        feet.halt();
        freezing.begin(nowNs);
        truth.onEvent(GaitEvent.Kind.FREEZE_ON, feet.nextFoot(), nowNs);
        frozen(nowNs, move);
    }

    private void frozen(long nowNs, Move move) {
        if (freezing.over(nowNs)) {
            truth.onEvent(GaitEvent.Kind.FREEZE_OFF, feet.nextFoot(), nowNs);
            begin(true);
            stoodFromNs = nowNs;
            Footwork.rest(Math.max(nowNs + IDLE_NS, feet.stillNs()), move);
        } else if (freezing.liftDeg() == 0) {
            Footwork.rest(Math.min(freezing.endNs(), nowNs + IDLE_NS), move);
        } else {
            feet.tremble(nowNs, freezing.tremorHz(), freezing.liftDeg(), freezing.endNs(), move);
        }
    }
}
