package dev.entrain.telemetry;

import dev.entrain.health.TimingCounts;
import dev.entrain.journal.GrantedRealTime;
import dev.entrain.journal.TimingReport;
import java.util.List;

/** Reports of timing as a test wants them. */
final class MadeUpTiming {
    private MadeUpTiming() {}

    /** Returns a report in which everything is known. */
    static TimingReport full(long nowNs, boolean last) {
        return with(
                nowNs,
                last,
                new TimingCounts(1_000, 4, new long[] {3, 0, 90, 7}, 2_100),
                new TimingCounts(1_000, 4, new long[] {9, 1, 0, 0}, 1_100));
    }

    /** Returns a report with these figures. */
    static TimingReport with(long nowNs, boolean last, TimingCounts onsets, TimingCounts stalls) {
        return new TimingReport(
                nowNs,
                0,
                last,
                new TimingReport.Cues(104, 101, 1, 2, 1, 1),
                onsets,
                stalls,
                new TimingReport.Breaks(1, 0, 2, 3),
                new TimingReport.Output(
                        TimingReport.OutputState.PLAYING,
                        5,
                        "sound card 'hw:0' (48000 Hz, 32 bit, period 256, buffer 2048 frames)",
                        "hw:0",
                        new TimingReport.Grant(48_000, 32, 256, 2048),
                        37.456,
                        12.5,
                        TimingReport.OffsetSource.LOOPBACK),
                640,
                new GrantedRealTime(20, 60, false, List.of("Memory was not locked.")),
                new TimingReport.Exposure(41.255, 43, 68.04, 0));
    }
}
