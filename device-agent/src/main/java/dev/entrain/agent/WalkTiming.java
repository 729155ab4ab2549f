package dev.entrain.agent;

import com.sun.management.ThreadMXBean;
import dev.entrain.audio.AudioStatistics;
import dev.entrain.audio.AudioStatistics.State;
import dev.entrain.audio.OutputCalibration;
import dev.entrain.health.Counter;
import dev.entrain.health.Counters;
import dev.entrain.journal.GrantedRealTime;
import dev.entrain.journal.TimingReport;
import dev.entrain.realtime.RealTime;
import dev.entrain.realtime.RealTimeReport;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the sound thread measures of itself and makes reports of it. Works on the journal's thread, so that the threads
 * of sensors, control and sound neither wait nor allocate for a report.
 */
final class WalkTiming {
    private final @Nullable String device;
    private final OutputCalibration calibration;
    private final AudioStatistics statistics;
    private final long audioThreadId;
    private final Counters counters;
    private final @Nullable GrantedRealTime realTime;
    private final Supplier<TimingReport.@Nullable Exposure> exposure;
    private final long sinceNs;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private State reportedState = State.OPENING;

    /**
     * Makes a source of reports.
     *
     * @param device name of the ALSA device; null if sound goes to a file
     * @param calibration output offset in use and how it came about
     * @param statistics what the sound thread tells
     * @param audioThreadId the sound thread, for what it allocates
     * @param counters cues and breaks
     * @param granted what the system granted; null if nothing was asked for
     * @param exposure what the ears were given; null where that is not kept
     * @param sinceNs when all of these began to count, ns of CLOCK_MONOTONIC
     */
    WalkTiming(
            @Nullable String device,
            OutputCalibration calibration,
            AudioStatistics statistics,
            long audioThreadId,
            Counters counters,
            @Nullable RealTimeReport granted,
            Supplier<TimingReport.@Nullable Exposure> exposure,
            long sinceNs) {
        this.device = device;
        this.calibration = calibration;
        this.statistics = statistics;
        this.audioThreadId = audioThreadId;
        this.counters = counters;
        this.exposure = exposure;
        this.sinceNs = sinceNs;
        realTime = granted == null
                ? null
                : new GrantedRealTime(
                        granted.processPriority(),
                        granted.renderAllowed() ? RealTime.RENDER_PRIORITY : 0,
                        granted.memoryLocked(),
                        granted.missing());
    }

    /** Returns what the system granted; null if nothing was asked for. */
    @Nullable
    GrantedRealTime realTime() {
        return realTime;
    }

    public boolean news() {
        return statistics.state() != reportedState;
    }

    public TimingReport report(long nowNs, boolean last) {
        reportedState = statistics.state();
        return new TimingReport(
                nowNs,
                sinceNs,
                last,
                new TimingReport.Cues(
                        counters.get(Counter.CUES),
                        counters.get(Counter.CUES_PLAYED),
                        counters.get(Counter.CUES_UNHEARD),
                        counters.get(Counter.CUES_LATE),
                        counters.get(Counter.CUES_REFUSED),
                        statistics.worstErrorFrames()),
                statistics.onsets().snapshot(),
                statistics.stalls().snapshot(),
                new TimingReport.Breaks(
                        counters.get(Counter.UNDERRUNS),
                        counters.get(Counter.AUDIO_STALLS),
                        counters.get(Counter.AUDIO_REANCHORS),
                        counters.get(Counter.AUDIO_REOPENED)),
                output(reportedState),
                // -1 once the thread has ended.
                threads.getThreadAllocatedBytes(audioThreadId),
                realTime,
                exposure.get());
    }

    private TimingReport.Output output(State state) {
        AudioStatistics.Grant granted = statistics.grant();
        return new TimingReport.Output(
                stateOf(state),
                statistics.stateSinceNs() == 0 ? sinceNs : statistics.stateSinceNs(),
                statistics.description(),
                device,
                granted == null
                        ? null
                        : new TimingReport.Grant(
                                granted.rateHz(), granted.bits(), granted.periodFrames(), granted.bufferFrames()),
                statistics.ratePpm(),
                Double.isNaN(calibration.offsetMs()) ? 0 : calibration.offsetMs(),
                switch (calibration.offsetSource()) {
                    case UNKNOWN -> TimingReport.OffsetSource.UNKNOWN;
                    case LOOPBACK -> TimingReport.OffsetSource.LOOPBACK;
                    case BY_EAR -> TimingReport.OffsetSource.BY_EAR;
                    case CONFIGURED -> TimingReport.OffsetSource.CONFIGURED;
                });
    }

    private static TimingReport.OutputState stateOf(State state) {
        return switch (state) {
            case OPENING -> TimingReport.OutputState.OPENING;
            case PLAYING -> TimingReport.OutputState.PLAYING;
            case WAITING -> TimingReport.OutputState.WAITING;
            case STOPPED -> TimingReport.OutputState.STOPPED;
        };
    }
}
