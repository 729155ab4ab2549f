package dev.entrain.sim.chip;

import dev.entrain.sample.Foot;
import dev.entrain.sample.ImuSample;
import java.util.List;

/** The movement of one foot in a recording, straight lines between its readings; before and after it the foot rests. */
public final class RecordedMotion implements Motion {
    private final ImuSample[] samples;
    private final long startNs;
    private int at;

    /**
     * Takes one foot out of a walk.
     *
     * @param walk both feet, each in order of time, not empty for this foot
     * @param startNs host time at which the walk's first reading of either foot is felt
     */
    public RecordedMotion(List<ImuSample> walk, Foot foot, long startNs) {
        samples = walk.stream().filter(sample -> sample.foot == foot).toArray(ImuSample[]::new);
        this.startNs = startNs - walk.getFirst().timeNs;
    }

    /** Asked in order of time, so that the next reading is near the last. */
    @Override
    public void at(long timeNs, ImuSample into) {
        long ns = timeNs - startNs;
        while (at > 0 && samples[at].timeNs > ns) {
            at--;
        }
        while (at < samples.length - 2 && samples[at + 1].timeNs <= ns) {
            at++;
        }
        ImuSample a = samples[at];
        ImuSample b = samples[Math.min(at + 1, samples.length - 1)];
        double span = b.timeNs - a.timeNs;
        double f = span > 0 ? Math.clamp((ns - a.timeNs) / span, 0, 1) : 0;
        into.axMps2 = a.axMps2 + f * (b.axMps2 - a.axMps2);
        into.ayMps2 = a.ayMps2 + f * (b.ayMps2 - a.ayMps2);
        into.azMps2 = a.azMps2 + f * (b.azMps2 - a.azMps2);
        into.gxRadps = a.gxRadps + f * (b.gxRadps - a.gxRadps);
        into.gyRadps = a.gyRadps + f * (b.gyRadps - a.gyRadps);
        into.gzRadps = a.gzRadps + f * (b.gzRadps - a.gzRadps);
    }
}
