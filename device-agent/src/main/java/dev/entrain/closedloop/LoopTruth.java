package dev.entrain.closedloop;

import dev.entrain.gait.GaitEvent;
import dev.entrain.sample.Foot;
import dev.entrain.sim.walk.TruthSink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What the simulated patient really did. Times in ns of the simulation. Not thread-safe. */
public final class LoopTruth implements TruthSink {
    /** A freeze lasts until it is over or the simulation is. */
    private static final long OPEN = Long.MAX_VALUE;

    private final List<Long> contactsNs = new ArrayList<>();
    private final List<Freeze> freezes = new ArrayList<>();
    private BooleanSupplier relieved = () -> false;
    private long frozenSinceNs = OPEN;

    /**
     * A freeze as it was.
     *
     * @param relieved whether a beat ended it
     */
    public record Freeze(long startNs, long endNs, boolean relieved) {
        /** Returns its length, s. */
        public double durationS() {
            return (endNs - startNs) * 1e-9;
        }
    }

    /** Asks the patient, when a freeze is over, whether a beat ended it. */
    void relief(BooleanSupplier asked) {
        relieved = asked;
    }

    /** Returns the freezes that are over, in order. */
    public List<Freeze> freezes() {
        return Collections.unmodifiableList(freezes);
    }

    /** Returns how many contacts there were. */
    public int steps() {
        return contactsNs.size();
    }

    /**
     * Returns the cadence over the steps that ended in a half open interval, steps/min; NaN with fewer than three.
     */
    public double cadenceSpm(long fromNs, long toNs) {
        int from = index(fromNs);
        int to = index(toNs) - 1;
        return to - from < 2 ? Double.NaN : 60e9 * (to - from) / (contactsNs.get(to) - contactsNs.get(from));
    }

    private int index(long timeNs) {
        int at = Collections.binarySearch(contactsNs, timeNs);
        return at >= 0 ? at : -at - 1;
    }

    @Override
    public void onEvent(GaitEvent.Kind kind, Foot foot, long timeNs) {
        switch (kind) {
            case INITIAL_CONTACT -> contactsNs.add(timeNs);
            case FREEZE_ON -> frozenSinceNs = timeNs;
            case FREEZE_OFF -> {
                freezes.add(new Freeze(frozenSinceNs, timeNs, relieved.getAsBoolean()));
                frozenSinceNs = OPEN;
            }
            default -> {}
        }
    }

    @Override
    public void onStride(Foot foot, long startNs, long endNs, double lengthM) {}

    @Override
    public void onTurn(long startNs, long endNs, double angleDeg) {}
}
