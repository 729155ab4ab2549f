package dev.entrain.telemetry;

import dev.entrain.journal.TimingReport;

/** Knows how well the cues' moments are being kept. Called by the outbound thread only. */
public interface TimingSource {
    /** Tells whether something happened since the last report that a person should see before the next minute. */
    boolean news();

    /**
     * Returns a report of everything since the agent started.
     *
     * @param nowNs CLOCK_MONOTONIC
     * @param last whether the agent ends with it
     */
    TimingReport report(long nowNs, boolean last);
}
