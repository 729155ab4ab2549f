package dev.entrain.device;

/**
 * What the status light says, by rhythm alone: one light of any colour, told apart by who sees no colours. Each sign of the
 * rhythm is 0.1 s, '#' is lit; it repeats. No rhythm has more than three flashes in any second (WCAG 2.2, 2.3.1).
 */
public enum LightPattern {
    /** Dark: off, or safe to unplug. */
    OFF("."),
    /** A short flash now and then: ready, press the button. */
    READY("#............................."),
    /** Lit, with a short gap: a session runs, or somebody walks. */
    WALKING("###########################..."),
    /** Two short flashes: an insole is missing. */
    NO_SENSOR("##..##................"),
    /** Three short flashes: something else that the walk needs. */
    FAULT("##..##..##................"),
    /** One long flash now and then: charge the battery. */
    LOW_BATTERY("##########.............................."),
    /** Even and quick: the unit saves and switches itself off. */
    SHUTTING_DOWN("###..."),
    /** Even and slow: a technician has to set the unit up. */
    PROVISIONING_NEEDED("##########.........."),
    /** Long and short by turns: this is the unit somebody looks for. */
    IDENTIFY("#########...#....");

    /** Length of one sign of a rhythm, ns. */
    static final long STEP_NS = 100_000_000L;

    private final String rhythm;

    LightPattern(String rhythm) {
        this.rhythm = rhythm;
    }

    /** Returns the rhythm, one sign for each 0.1 s, '#' lit. */
    public String rhythm() {
        return rhythm;
    }

    /** Returns whether it is lit so long after its beginning, ns, at least 0. */
    boolean lit(long sinceNs) {
        return rhythm.charAt(step(sinceNs)) == '#';
    }

    /** Returns how long after that it changes next, ns; a whole round where it never does. */
    long changesInNs(long sinceNs) {
        int from = step(sinceNs);
        int steps = 1;
        while (steps < rhythm.length() && rhythm.charAt((from + steps) % rhythm.length()) == rhythm.charAt(from)) {
            steps++;
        }
        return steps * STEP_NS - sinceNs % STEP_NS;
    }

    private int step(long sinceNs) {
        return (int) (sinceNs / STEP_NS % rhythm.length());
    }
}
