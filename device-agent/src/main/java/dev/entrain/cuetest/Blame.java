package dev.entrain.cuetest;

import dev.entrain.health.Counter;
import dev.entrain.health.Counters;

/**
 * Tells which underruns, and which cues lost with them, were the machine's: those during which it stood still for longer than
 * the card's buffer lasts, as measured beside the sound.
 */
final class Blame {
    /** An underrun is noticed within this time, ns. */
    private static final long NOTICED_NS = 250_000_000L;

    /** Cues planned before it and lost by it are all past by then, ns. */
    private static final long LOST_NS = 500_000_000L;

    private final Counters counters;
    private final HostStalls stalls;
    private long underruns;
    private long late;
    private long machineUnderruns;
    private long machineLate;
    private long sinceNs;
    private boolean ever;

    Blame(Counters counters, HostStalls stalls) {
        this.counters = counters;
        this.stalls = stalls;
    }

    /** Looks what is new; call it every few milliseconds. */
    void look(long nowNs, long slackNs) {
        long newUnderruns = counters.get(Counter.UNDERRUNS) - underruns;
        underruns += newUnderruns;
        if (newUnderruns > 0 && stalls.stalled(nowNs - NOTICED_NS, nowNs, slackNs)) {
            machineUnderruns += newUnderruns;
            sinceNs = nowNs;
            ever = true;
        }
        long newLate = counters.get(Counter.CUES_LATE) - late;
        late += newLate;
        if (ever && nowNs - sinceNs <= LOST_NS) {
            machineLate += newLate;
        }
    }

    long machineUnderruns() {
        return machineUnderruns;
    }

    long machineLate() {
        return machineLate;
    }
}
