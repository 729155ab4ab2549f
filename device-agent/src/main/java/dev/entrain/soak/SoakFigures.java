package dev.entrain.soak;

import dev.entrain.health.TimingCounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in one phase, from the first message made at or after its beginning to the first at or after its end.
 *
 * @param name of the phase
 * @param seconds between the two messages
 * @param planned cues planned
 * @param played cues played
 * @param late cues that came too late
 * @param worstFrames largest distance of a cue from its frame since the start of the unit
 * @param onsets onset errors
 * @param stalls wake-up stalls of the sound thread
 * @param underruns times the card ran dry
 * @param unexcused underruns and late cues in whose time the machine itself did not stall for as long as the buffer lasts
 * @param bytesPerCycle bytes the sound thread allocated for each of its cycles; not a number where not told
 * @param hostStallNs longest stall of the machine itself, ns
 * @param residentKb the most that was seen resident, kB
 */
public record SoakFigures(
        String name,
        double seconds,
        long planned,
        long played,
        long late,
        int worstFrames,
        TimingCounts onsets,
        TimingCounts stalls,
        long underruns,
        long unexcused,
        double bytesPerCycle,
        long hostStallNs,
        long residentKb) {
    /** The meter naps so long: it may miss that much of a stall. */
    private static final long NAP_NS = 1_000_000;

    /** Cues or underruns of this long before a message may have a stall noted after it: the meter tells every 100 ms. */
    private static final long TELL_NS = 200_000_000;

    /**
     * Sums up a phase.
     *
     * @param proofs messages in the order they were made
     * @throws IllegalStateException if the messages do not cover the phase
     */
    public static SoakFigures of(SoakPhase phase, List<Proof> proofs, HostStalls host) {
        int first = firstAtOrAfter(phase.fromNs(), phase.name(), proofs);
        int last = firstAtOrAfter(phase.toNs(), phase.name(), proofs);
        Proof from = proofs.get(first);
        Proof to = proofs.get(last);
        long unexcused = 0;
        for (int i = first + 1; i <= last; i++) {
            unexcused += unexcused(proofs.get(i - 1), proofs.get(i), host);
        }
        TimingCounts stalls = to.stalls().since(from.stalls());
        boolean told = from.audioThreadBytes() >= 0 && to.audioThreadBytes() >= 0 && stalls.count() > 0;
        return new SoakFigures(
                phase.name(),
                (to.timeNs() - from.timeNs()) * 1e-9,
                to.planned() - from.planned(),
                to.played() - from.played(),
                to.late() - from.late(),
                to.worstFrames(),
                to.onsets().since(from.onsets()),
                stalls,
                to.underruns() - from.underruns(),
                unexcused,
                told ? (double) (to.audioThreadBytes() - from.audioThreadBytes()) / stalls.count() : Double.NaN,
                host.longestNs(from.timeNs(), to.timeNs()),
                phase.residentKb());
    }

    /**
     * Judges phases.
     *
     * @param mostResidentKb memory the unit may keep resident, kB
     * @return a line for each thing that is not as promised; empty if all is
     */
    public static List<String> faults(List<SoakFigures> phases, long mostResidentKb) {
        List<String> faults = new ArrayList<>();
        for (SoakFigures phase : phases) {
            if (phase.worstFrames > 1) {
                faults.add(phase.name + ": a cue was written " + phase.worstFrames + " frames off its moment");
            }
            if (phase.played == 0) {
                faults.add(phase.name + ": no cue was played");
            }
            if (phase.unexcused > 0) {
                faults.add(
                        phase.name + ": " + phase.unexcused
                                + " underruns or late cues while the machine itself did not stall for as long as the buffer lasts");
            }
            if (phase.residentKb > mostResidentKb) {
                faults.add(phase.name + ": " + phase.residentKb / 1024 + " MB resident, more than "
                        + mostResidentKb / 1024);
            }
        }
        return faults;
    }

    private static long unexcused(Proof from, Proof to, HostStalls host) {
        long harm = to.underruns() - from.underruns() + to.late() - from.late();
        // Woken a period after it filled the buffer, the sound thread has the rest of it left.
        long needNs = to.bufferNs() - to.periodNs() - NAP_NS;
        boolean stalled = host.longestNs(from.timeNs() - TELL_NS, to.timeNs() + TELL_NS) >= needNs;
        return harm > 0 && !stalled ? harm : 0;
    }

    private static int firstAtOrAfter(long timeNs, String phase, List<Proof> proofs) {
        for (int i = 0; i < proofs.size(); i++) {
            if (proofs.get(i).timeNs() - timeNs >= 0) {
                return i;
            }
        }
        throw new IllegalStateException(phase + ": the unit's timing messages do not reach that far");
    }
}
