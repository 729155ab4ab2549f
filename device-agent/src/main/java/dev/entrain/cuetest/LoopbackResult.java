package dev.entrain.cuetest;

import java.util.List;

/**
 * What a recording of the run showed: when each beat was heard against when it was planned.
 *
 * @param input the input as granted, or what is wrong with it
 * @param refusal why no offset is told, and what to do; empty if one is
 * @param searched beats played and looked for
 * @param heard beats whose onset was found beyond doubt
 * @param missing numbers of the beats that were not found
 * @param doubtful numbers of the beats that were found, but not surely on this swing of the sound or not surely at all
 * @param offsetNs median of heard minus planned, ns
 * @param spreadNs 1.4826 times the median distance from it, ns
 * @param p50Ns half of the beats were no farther from the median, ns
 * @param p99Ns of a hundred, 99 were no farther, ns
 * @param maxNs the farthest, ns
 * @param driftNsPerMinute how the difference grew over the run (Theil and Sen's slope), ns per minute
 * @param likeness median likeness of what was heard to what was played, 0 to 1
 * @param turned whether the polarity came back turned
 * @param overruns times the recording broke off
 * @param inputPpm how much faster than nominal the input runs, parts per million
 */
public record LoopbackResult(
        String input,
        String refusal,
        int searched,
        int heard,
        List<Long> missing,
        List<Long> doubtful,
        double offsetNs,
        double spreadNs,
        double p50Ns,
        double p99Ns,
        double maxNs,
        double driftNsPerMinute,
        double likeness,
        boolean turned,
        long overruns,
        double inputPpm) {
    /** Copies the lists. */
    public LoopbackResult {
        missing = List.copyOf(missing);
        doubtful = List.copyOf(doubtful);
    }

    /** Returns whether an offset was measured. */
    public boolean measured() {
        return refusal.isEmpty();
    }

    static LoopbackResult refused(String input, String refusal, int searched, long overruns, double inputPpm) {
        double none = Double.NaN;
        return new LoopbackResult(
                input, refusal, searched, 0, List.of(), List.of(), none, none, none, none, none, none, none, false,
                overruns, inputPpm);
    }
}
