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
    private BooleanSupplier trembling = () -> true;
    private long frozenSinceNs = OPEN;

    /**
     * A freeze as it was.
     *
     * @param relieved whether a beat ended it
     * @param trembling whether the heels jerked; one without looks like standing
     */
    public record Freeze(long startNs, long endNs, boolean relieved, boolean trembling) {
        /** Returns its length, s. */
        public double durationS() {
            return (endNs - startNs) * 1e-9;
        }
    }

    /** Asks the patient, when a freeze is over, whether a beat ended it and whether he trembled. */
    void ask(BooleanSupplier wasRelieved, BooleanSupplier trembled) {
        relieved = wasRelieved;
        trembling = trembled;
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
     * Returns the cadence of the median stride within a half open interval, so that a pause or freeze does not move it,
     * steps/min; NaN with fewer than three strides.
     */
    public double cadenceSpm(long fromNs, long toNs) {
        List<Double> strides = new ArrayList<>();
        for (int i = index(fromNs); i + 2 < index(toNs); i++) {
            strides.add((contactsNs.get(i + 2) - contactsNs.get(i)) * 1e-9);
        }
        return strides.size() < 3 ? Double.NaN : 120 / Quantile.of(strides, 0.5);
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
                freezes.add(new Freeze(frozenSinceNs, timeNs, relieved.getAsBoolean(), trembling.getAsBoolean()));
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
