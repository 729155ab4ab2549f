package dev.entrain.cuetest;

import dev.entrain.audio.TimingHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run showed.
 *
 * @param output the output as granted, or what is wrong with it
 * @param opened whether it could be opened at all
 * @param seconds how long the run took, s
 * @param planned cues given to the audio thread
 * @param played cues whose first frame was written
 * @param late cues that came too late to be written
 * @param offFrame cues written on another frame than the clock model asked for
 * @param worstFrames the largest such distance, frames
 * @param onsets distance of each onset from its planned moment by the card's own clock
 * @param stalls how much later than the card was ready the audio thread woke
 * @param underruns times the card ran dry
 * @param reanchors times the clock model had to be anchored anew
 * @param reopened times the output was opened or started again
 * @param ratePpm how much faster than nominal the card runs, parts per million
 * @param bytesPerCycle bytes the audio thread allocated for each period after the first 5 s; not a number in a short run
 * @param skipped beats this test itself planned too late, which say nothing about the sound
 * @param residuals by how much each report of the card's position differed from its clock model
 * @param machineUnderruns those of the underruns during which the machine itself stood still for longer than the buffer
 * @param machineLate those of the late cues that were lost by them
 * @param offsetMs the output offset that was subtracted from each onset, ms
 * @param conditions what the run took place under
 * @param loopback what a recording of it showed; null if none was asked for
 */
public record CueTestResult(
        String output,
        boolean opened,
        double seconds,
        long planned,
        long played,
        long late,
        long offFrame,
        int worstFrames,
        Spread onsets,
        Spread stalls,
        long underruns,
        long reanchors,
        long reopened,
        double ratePpm,
        double bytesPerCycle,
        long skipped,
        Spread residuals,
        long machineUnderruns,
        long machineLate,
        double offsetMs,
        RunConditions conditions,
        @Nullable LoopbackResult loopback) {

    /**
     * Returns whether every planned cue sounded on its frame without a break, as far as it was not the machine that stood still
     * for longer than the card's buffer lasts: no program could have kept the card in sound then.
     */
    public boolean kept() {
        return opened
                && planned > 0
                && played + machineLate == planned
                && late == machineLate
                && worstFrames <= 1
                && underruns == machineUnderruns
                && reopened == 0;
    }

    /**
     * A histogram as it was at one moment.
     *
     * @param count entries
     * @param p50Ns half of them were no larger, ns
     * @param p99Ns of a hundred, 99 were no larger, ns
     * @param maxNs the largest, ns
     * @param classes the classes that hold any, smallest first
     */
    public record Spread(long count, long p50Ns, long p99Ns, long maxNs, List<Step> classes) {
        /** Copies the list. */
        public Spread {
            classes = List.copyOf(classes);
        }

        /**
         * One class of the histogram.
         *
         * @param upperNs its upper edge, ns
         * @param count entries in it
         */
        public record Step(long upperNs, long count) {}

        static Spread of(TimingHistogram histogram) {
            List<Step> classes = new ArrayList<>();
            for (int i = 0; i < TimingHistogram.CLASSES; i++) {
                if (histogram.countOf(i) > 0) {
                    classes.add(new Step(histogram.upperNs(i), histogram.countOf(i)));
                }
            }
            return new Spread(
                    histogram.count(),
                    histogram.quantileNs(0.5),
                    histogram.quantileNs(0.99),
                    histogram.maxNs(),
                    classes);
        }
    }
}
