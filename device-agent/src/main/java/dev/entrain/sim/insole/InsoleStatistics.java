package dev.entrain.sim.insole;

/**
 * What one emulated insole, or both together, did.
 *
 * @param samplesSent samples the line took whole
 * @param samplesLost samples of frames lost on purpose
 * @param samplesOverrun samples of frames that the host did not read in time
 * @param samplesUnheard samples made while nobody listened: no START, line closed or unplugged
 * @param commands commands received
 * @param plugIns times plugged in, the first included
 */
public record InsoleStatistics(
        long samplesSent, long samplesLost, long samplesOverrun, long samplesUnheard, long commands, long plugIns) {
    /** Returns the sum of two. */
    public InsoleStatistics plus(InsoleStatistics other) {
        return new InsoleStatistics(
                samplesSent + other.samplesSent,
                samplesLost + other.samplesLost,
                samplesOverrun + other.samplesOverrun,
                samplesUnheard + other.samplesUnheard,
                commands + other.commands,
                plugIns + other.plugIns);
    }
}
